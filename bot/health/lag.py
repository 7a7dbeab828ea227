"""The event loop's lag: how late it runs what is due."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_TICK = 0.25


async def sample(note: Callable[[float], None]) -> None:
    """Call `note` with the event loop's lag in seconds, four times a second, for ever."""
    while True:
        due = time.perf_counter() + _TICK
        await asyncio.sleep(_TICK)
        note(max(time.perf_counter() - due, 0.0))
