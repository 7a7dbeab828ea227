"""Whoever looks on while the bot works."""

from __future__ import annotations

from index.answer.answerer import Asked
from index.answer.trace import Reasoning
from index.build.builder import BuildReport


class Observer:
    """Is told what happens, on the event loop, and must keep nobody waiting; this one takes no notice."""

    def answered(self, asked: Asked, reasoning: Reasoning) -> None:
        """Take note of an answer, in the task of whoever asked."""

    def rebuilding(self, step: str, done: int, total: int) -> None:
        """Take note of how far a rebuild is."""

    def rebuilt(self, outcome: BuildReport | BaseException) -> None:
        """Take note of what a rebuild came to; of one that was broken off nothing is told."""


NO_OBSERVER = Observer()
