"""What is being answered, so that it can be finished before the bot stops."""

from __future__ import annotations

import asyncio
from typing import Any


class OpenTasks:
    """Tasks that should finish before the bot stops."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def add_current(self) -> None:
        """Add the current task, until it ends."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> int:
        """Wait at most `seconds` for all tasks to end; return how many have not."""
        if not self._tasks:
            return 0
        _, unfinished = await asyncio.wait(self._tasks, timeout=seconds)
        return len(unfinished)
