"""What is under way for the channels that are read, and when each was done last: begun anew with each start."""

from __future__ import annotations

import asyncio


class Activity:
    """Tasks that read, compare and write, and what they know of each other. For the event loop alone.

    Times are monotonic seconds; a session is one with Discord, by its number.
    """

    def __init__(self) -> None:
        """Begin with nothing under way."""
        self.reading: dict[int, asyncio.Task[None]] = {}
        """What reads a channel's history, by the channel's id."""

        self.began: dict[int, float] = {}
        """When that began last."""

        self.reading_threads: dict[tuple[int, int], asyncio.Task[None]] = {}
        """What reads a thread by itself, by the ids of its channel and its own."""

        self.looked_at_threads: dict[int, tuple[float, int]] = {}
        """When and in which session the threads of a channel that is no forum were last looked through, by its id."""

        self.ends: dict[int, tuple[int, int]] = {}
        """Threads whose last messages were deleted, by their ids: the last one that is there, and that was."""

        self.comparing: dict[int, asyncio.Task[None]] = {}
        """What compares what is kept of a channel with what it says, by the channel's id."""

        self.compared: dict[int, int] = {}
        """In which session that was done last, by the channel's id."""

        self.adding = asyncio.Lock()
        """Held while it is told that a channel is read: of two who add it at once, one is refused."""

        self.settling = asyncio.Lock()
        """Held while documents are written and taken into the index."""

        self.settled = 0.0
        """When that began last."""

        self.settler: asyncio.Task[None] | None = None
        """What does that while nobody waits for it."""

        self.roles: dict[tuple[int, int], tuple[float, str | None]] = {}
        """In which role those who manage the bot speak, by server and person, and when that was looked up."""

    def cancel(self) -> None:
        """Break reading off: it goes on at its checkpoints."""
        for task in (*self.reading.values(), *self.comparing.values(), *self.reading_threads.values(), self.settler):
            if task is not None:
                task.cancel()

    def cancel_threads(self, channel: int) -> None:
        """Break off what reads threads of a channel by themselves."""
        for which, task in list(self.reading_threads.items()):
            if which[0] == channel:
                del self.reading_threads[which]
                task.cancel()
