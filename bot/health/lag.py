"""How late the event loop runs what is due: what keeps everybody waiting at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_TICK = 0.25


async def sample(note: Callable[[float], None]) -> None:
    """Tell `note`, four times a second and for ever, by how many seconds the event loop is late."""
    while True:
        due = time.perf_counter() + _TICK
        await asyncio.sleep(_TICK)
        note(max(time.perf_counter() - due, 0.0))
