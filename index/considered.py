"""What an answer is made from: kept for as long as somebody wants to see why it is as it is."""

from __future__ import annotations

from dataclasses import dataclass

from index.candidates import Candidates
from index.confidence import Evidence
from index.encoder import Vectors
from index.question import Question
from index.quote import Run
from index.records import Answer
from index.search import Found


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
