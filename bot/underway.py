"""The tasks that answer somebody at this moment: a bot that stops waits for them."""

from __future__ import annotations

import asyncio
from typing import Any


class Underway:
    """Tasks that are not to be cut off."""

    def __init__(self) -> None:
        """There are none."""
        self._tasks: set[asyncio.Task[Any]] = set()

    def add_current(self) -> None:
        """Count in the task that this is called from, until it ends."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> int:
        """Wait until all have ended, `seconds` at most; return how many have not."""
        if not self._tasks:
            return 0
        _, unfinished = await asyncio.wait(self._tasks, timeout=seconds)
        return len(unfinished)
