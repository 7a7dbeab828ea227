"""`quoth`, talking to the stand-in, with its event loop watched: `watched.py LAGS API GATEWAY CDN ARGUMENT...`.

At exit LAGS holds JSON: a list of [when, lag], both in seconds, one for each tick of `TICK`. A loop that is held up for
long misses many ticks; each of them counts, with the time it was late by.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from functools import partial
from pathlib import Path

from bot import serve
from bot.cli.main import main
from bot.standin.redirect import Addresses, redirect

TICK = 0.01


class Watched(serve.QuothClient):
    """The bot, with a watch on the loop it runs on."""

    async def setup_hook(self) -> None:
        self.watch = asyncio.create_task(_watch(Path(sys.argv[0])))
        await super().setup_hook()

    async def close(self) -> None:
        self.watch.cancel()
        await super().close()


async def _watch(lags: Path) -> None:
    delays: list[tuple[float, float]] = []
    due = time.monotonic() + TICK
    try:
        while True:
            await asyncio.sleep(due - time.monotonic())
            now, clock = time.monotonic(), time.time()
            while due <= now:
                delays.append((clock, now - due))
                due += TICK
    finally:
        _write(lags, delays)


def _write(lags: Path, delays: list[tuple[float, float]]) -> None:
    lags.write_text(json.dumps(delays), "utf-8")


if __name__ == "__main__":
    lags, api, gateway, cdn, *arguments = sys.argv[1:]
    redirect(Addresses(api, gateway, cdn))
    sys.argv = [lags, *arguments]
    serve.serve = partial(serve.serve, make=Watched)
    main()
