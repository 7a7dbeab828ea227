"""Keeps the bot: starts its process, hears what it reports, and ends it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping

from bot.playground.botstate import BotState, Phase
from bot.playground.orders import Orders
from bot.rebuilding.processes import LONGEST
from bot.rebuilding.rebuilds import whole_lines
from bot.standin.payload import Json

_PATIENCE = 5.0
"""Seconds that the bot has to end by itself."""

_STARTING = BotState(Phase.STARTING, "starting", message="The bot is starting.")
_READY = BotState(Phase.READY, "ready", 1, 1, "The bot is ready.")

Tell = Callable[[Json], None]


class Keeper:
    """The bot's process, and how it is. Its standard input is what it lives by: it ends where that does."""

    def __init__(
        self, orders: Orders, variables: Mapping[str, str], changed: Callable[[BotState], None], tell: Tell
    ) -> None:
        """Start it with `orders` and, in its environment, `variables`.

        Each change of its state is handed to `changed`, and every other report to `tell`.
        """
        self.state = _STARTING
        self.orders = orders
        self._variables = variables
        self._changed = changed
        self._report = tell
        self.process: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None
        self._last_words = ""
        self._changing = asyncio.Lock()

    async def start(self) -> None:
        """Start the bot; where it is running, end it first."""
        async with self._changing:
            await self._stop()
            await self._start()

    async def stop(self) -> None:
        """End the bot, and whatever it has started."""
        async with self._changing:
            await self._stop()

    def tell(self, word: bytes) -> bool:
        """Tell the bot a word that `lifeline` knows; return whether it is there to hear it."""
        process = self.process
        if process is None or process.stdin is None or self.state.phase is not Phase.READY:
            return False
        process.stdin.write(word + b"\n")
        return True

    async def _start(self) -> None:
        self._last_words = ""
        self.become(_STARTING)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.playground.child"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **self._variables},
            limit=LONGEST,
            start_new_session=True,  # Ctrl-C is for this process, which ends the bot
        )
        assert process.stdin is not None  # noqa: S101 -- for the type checker
        process.stdin.write(self.orders.model_dump_json().encode() + b"\n")
        self.process = process
        self._watching = asyncio.create_task(self._watch(process))

    async def _stop(self) -> None:
        process, watching = self.process, self._watching
        if process is None or watching is None:
            return
        self.process = self._watching = None
        if process.stdin is not None:
            process.stdin.close()
        await asyncio.wait({watching}, timeout=_PATIENCE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await watching

    def become(self, state: BotState) -> None:
        """Take up a state, and tell whoever looks on where it is another."""
        if state != self.state:
            self.state = state
            self._changed(state)

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        await asyncio.gather(self._hear(process.stdout), self._relay(process.stderr))
        status = await process.wait()
        self.become(BotState(Phase.STOPPED, "stopped", message=self._last_words or _ended(status)))
        if not self._last_words and process is self.process:  # nobody asked for it, and nothing says so yet
            sys.stderr.write(f"quoth: {self.state.message}\n")

    async def _hear(self, reports: asyncio.StreamReader | None) -> None:
        if reports is None:
            return
        async for line in whole_lines(reports):
            report = json.loads(line)
            match report["report"]:
                case "step":
                    self.become(BotState(Phase(report["phase"]), report["step"], report["done"], report["total"]))
                case "ready":
                    self._last_words = ""  # what was said before does not tell why it ends
                    self.become(_READY)
                case _:
                    self._report(report)

    async def _relay(self, errors: asyncio.StreamReader | None) -> None:
        """Print what the bot prints; its last sentence may say why it ended."""
        while errors is not None and (line := await errors.readline()):
            text = line.decode("utf-8", "replace")
            sys.stderr.write(text)
            sys.stderr.flush()
            if text.startswith("quoth: "):
                self._last_words = text.removeprefix("quoth: ").strip()


def _ended(status: int) -> str:
    if status < 0:
        return f"The bot was ended by {signal.Signals(-status).name}."
    return f"The bot ended with status {status}." if status else "The bot has ended."
