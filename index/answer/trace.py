"""What an answer is made from: kept for as long as somebody wants to see why it is as it is."""

from __future__ import annotations

from dataclasses import dataclass

from index.answer.candidates import Candidates
from index.answer.confidence import Evidence
from index.answer.question import Question
from index.answer.quotes import Run
from index.answer.search import Found
from index.arrays import Vectors
from index.records import Answer


@dataclass(frozen=True, slots=True)
class Considered:
    """All that a choice was made between.

    `read` is the second look's log odds of each candidate, None where there was no second look; `probability` is that
    of each candidate, and `runs` are those of them that were quoted, best first.
    """

    question: Question
    found: Found
    candidates: Candidates
    read: Vectors | None
    probability: Vectors
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Reasoning:
    """An answer with what it was made from; `considered` is None where nothing was found."""

    answer: Answer
    threshold: float
    evidence: Evidence | None
    considered: Considered | None
