"""What the playground's page adds to an answer's own time, over its real socket, with the real bot behind it.

    python bench/page.py [--documents seeds] [--times 40]

enter → made       from the page's `slash` to the interaction, as the gateway has it for the bot
made → deferred    from there to the bot's first response
edit → push        from the bot's edit, as the API has taken it, to the page
over the answer    from the page's `slash` to the answer on the page, less the time that the answer itself took
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
from tables import show

from bot import settings
from bot.playground.running import Running, opened
from bot.playground.server import listen
from bot.standin.state.event import Event, InteractionAnswered, InteractionMade, MessageEdited

_ROOT = Path(__file__).resolve().parents[1]
_QUESTIONS = (_ROOT / "seeds" / ".questions").read_text("utf-8").split("\n")


@dataclass
class Times:
    """When something happened last (seconds of `time.perf_counter`), and what was measured (ms)."""

    made: float = 0.0
    deferred: float = 0.0
    edited: float = 0.0
    rows: dict[str, list[float]] = field(default_factory=dict)

    def hear(self, event: Event) -> None:
        now = time.perf_counter()
        if isinstance(event, InteractionMade):
            self.made = now
        elif isinstance(event, InteractionAnswered):
            self.deferred = now
        elif isinstance(event, MessageEdited):
            self.edited = now

    def add(self, name: str, seconds: float) -> None:
        self.rows.setdefault(name, []).append(1000 * seconds)


class Page:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0

    async def do(self, act: str, **fields: Any) -> dict[str, Any]:
        self._number += 1
        await self._socket.send_json({"id": self._number, "do": act, **fields})
        return dict((await self.hear("re", self._number)).get("ok", {}))

    async def hear(self, key: str, value: object) -> dict[str, Any]:
        while (message := await self._socket.receive_json()).get(key) != value:
            pass
        return dict(message)


async def measured(running: Running, times: int) -> Times:
    timings = Times()
    running.game.discord.world.listen(timings.hear)
    while running.game.keeper.state.phase != "ready":  # noqa: ASYNC110 -- once, before anything is timed
        await asyncio.sleep(0.1)
    own = {"Origin": f"http://127.0.0.1:{running.address.port}"}
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{running.address.url}socket", headers=own) as socket:
        hello = await socket.receive_json()
        page = Page(socket)
        arrived = await page.do("become", person=hello["people"][0]["id"])
        channel = arrived["channels"][1]["id"]
        for number in range(times):
            await _ask(page, timings, channel, _QUESTIONS[number % 3])
    return timings


async def _ask(page: Page, timings: Times, channel: str, question: str) -> None:
    began = time.perf_counter()
    await page.do("slash", channel=channel, command="ask", options={"question": question})
    changed = await page.hear("event", "changed")
    ended = time.perf_counter()
    total = await _total(page, channel, changed["message"]["id"])
    timings.add("enter → made", timings.made - began)
    timings.add("made → deferred", timings.deferred - timings.made)
    timings.add("edit → push", ended - timings.edited)
    timings.add("over the answer", ended - began - total / 1000)


async def _total(page: Page, channel: str, message: str) -> float:
    """Return how long an answer itself took (ms), as its trace says."""
    while (trace := (await page.do("trace", channel=channel, message=message))["trace"]) is None:  # noqa: ASYNC110 -- another process makes it
        await asyncio.sleep(0.01)
    return float(trace["total"])


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=_ROOT / "seeds")
    parser.add_argument("--times", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, listen(0) as listening:
        chosen = settings.load(documents=given.documents, data=Path(data))
        async with opened(chosen, listening, Path(data)) as running:
            timings = await measured(running, given.times)
    show(
        ["ms", "p50", "p95", "max"],
        [[name, *(f"{np.percentile(row, at):.1f}" for at in (50, 95, 100))] for name, row in timings.rows.items()],
    )


if __name__ == "__main__":
    asyncio.run(main())
