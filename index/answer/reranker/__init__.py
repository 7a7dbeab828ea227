"""Rerankers: models that read a question and a passage together, which tells more than two vectors do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.arrays import Vectors
from index.records import PassageText


class Reranker(Protocol):
    """Reads a question together with passages. Not safe to be called from several threads at once."""

    @property
    def is_fitted(self) -> bool:
        """Whether the confidence was fitted with this one's log odds."""

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[Vectors]:
        """Return for each passage the log odds that each of its sentences answers the question; one array a passage."""
