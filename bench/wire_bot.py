"""The bot in a process of its own, talking to the stand-in over real sockets."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sets import questions

from bot.standin import StandIn

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_WATCHED = Path(__file__).resolve().with_name("watched.py")
_POLL = 0.05
_START = 600.0
"""Seconds that the build of the index may take, and that the bot has to log in."""


def material(folder: Path) -> tuple[Path, list[str]]:
    """Return the documents and the questions of a set; where there is no such set, seeds/ and what its lines mean."""
    if folder.is_dir():
        return folder / "docs", [question.question for question in questions(folder)]
    lines = [line.strip() for file in sorted(_SEEDS.rglob("*.md")) for line in file.read_text("utf-8").splitlines()]
    return _SEEDS, [f"What is meant by {line[:200]}?" for line in lines if any(map(str.isalnum, line))]  # no bare rule


@dataclass(frozen=True)
class BotProcess:
    """A bot that runs. Its log and, once it has ended, the lags of its event loop (if watched) lie in `folder`."""

    folder: Path
    pid: int

    def lags(self, since: float, until: float) -> list[float]:
        """Return how late each tick of its event loop was, in seconds, between two times (seconds since 1970)."""
        return [lag for when, lag in json.loads((self.folder / "lags.json").read_text()) if since <= when <= until]

    def complaints(self) -> Counter[str]:
        """Return what it logged as errors, and how often."""
        return Counter(line["message"] for line in self._log() if line["level"] in {"ERROR", "CRITICAL"})

    def times_logged(self, message: str) -> int:
        """Return how often it logged `message`."""
        return sum(line["message"] == message for line in self._log())

    def _log(self) -> list[dict[str, str]]:
        return [_parsed(line) for line in (self.folder / "log.jsonl").read_text().splitlines()]


@asynccontextmanager
async def bot_on(
    discord: StandIn, documents: Path, folder: Path, *, watched: bool = True, **more: str
) -> AsyncIterator[BotProcess]:
    """Have an index built, and the bot log in to `discord` and answer from it; it is stopped in the end.

    One that is `watched` keeps each lag of its event loop, and grows by that. `more` are further settings.
    """
    places = (discord.addresses.api, discord.addresses.gateway, discord.addresses.cdn)
    settings = {"QUOTH_DISCORD_TOKEN": discord.token, "QUOTH_COOLDOWN_SECONDS": "0"}
    where = ("--documents", str(documents), "--data", str(folder / "data"))
    program = (str(_WATCHED), str(folder / "lags.json")) if watched else ("-m", "bot.cli.on_standin")
    await _build(where, folder, more)
    with (folder / "log.jsonl").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *program, *places, "run", *where),
            cwd=folder,
            env=os.environ | settings | more,
            stderr=log,
        )
    try:
        await _ready(discord, process)
        yield BotProcess(folder, process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _build(where: tuple[str, ...], folder: Path, more: Mapping[str, str]) -> None:
    """Build the index beforehand: at a first start the bot logs in before it has one."""
    build = (sys.executable, "-m", "bot", "index", "build", *where)
    process = await asyncio.create_subprocess_exec(
        *build, cwd=folder, env=os.environ | more, stdout=asyncio.subprocess.DEVNULL
    )
    if await asyncio.wait_for(process.wait(), _START):
        raise RuntimeError("The index could not be built.")


async def _ready(discord: StandIn, process: asyncio.subprocess.Process) -> None:
    ended = asyncio.create_task(process.wait())
    identified = asyncio.create_task(turned(lambda: bool(discord.gateway.identified)))
    await asyncio.wait({ended, identified}, timeout=_START, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if not identified.done():
        identified.cancel()
        raise RuntimeError("The bot did not start.")


async def turned(so: Callable[[], bool]) -> None:
    """Wait until the stand-in is `so`."""
    while not so():  # noqa: ASYNC110 -- the stand-in tells of some changes alone
        await asyncio.sleep(_POLL)


def quantiles(seconds: list[float]) -> dict[str, float]:
    """Return the median, the 99th percentile and the largest."""
    return {
        "n": len(seconds),
        "p50": float(np.percentile(seconds, 50)),
        "p99": float(np.percentile(seconds, 99)),
        "max": max(seconds),
    }


def _parsed(line: str) -> dict[str, str]:
    try:
        return dict(json.loads(line))
    except ValueError:  # a progress bar, a traceback of the interpreter's
        return {"level": "", "message": line}
