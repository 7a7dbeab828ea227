"""An observer of the bot's work: a no-op by default; the playground has its own."""

from __future__ import annotations

from index.answer.asked import Asked
from index.answer.trace import AnswerTrace
from index.build.builder import BuildReport


class Observer:
    """Receives what happens, on the event loop, and must not block it; this one does nothing."""

    def answered(self, asked: Asked, reasoning: AnswerTrace) -> None:
        """Receive an answer with its trace, in the asker's task."""

    def rebuilding(self, step: str, done: int, total: int) -> None:
        """Receive the progress of a rebuild."""

    def rebuilt(self, outcome: BuildReport | BaseException) -> None:
        """Receive the outcome of a rebuild, unless it was cancelled."""


NO_OBSERVER = Observer()
