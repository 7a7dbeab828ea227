"""The intermediate values of an answer, which explain why it is as it is."""

from __future__ import annotations

from dataclasses import dataclass

from index.answer.candidates import Candidates
from index.answer.confidence import Evidence
from index.answer.lessons import Stretch
from index.answer.question import Question
from index.answer.quotes import Run
from index.answer.search import Hits
from index.arrays import Vectors
from index.records import Answer


@dataclass(frozen=True, slots=True)
class ChoiceTrace:
    """What the quotes were chosen from.

    `read` holds the reranker's log odds of each candidate, or None if they were not reranked; `probability` is that of
    each candidate, and `runs` are the candidates that were quoted, best first. `pool` are the passages that were found,
    best first, whether or not their sentences are candidates.
    """

    question: Question
    scored_hits: Hits
    candidates: Candidates
    read: Vectors | None
    probability: Vectors
    runs: tuple[Run, ...]
    pool: Hits


@dataclass(frozen=True, slots=True)
class AnswerTrace:
    """An answer with its intermediate values; `choice_trace` is None if nothing was found.

    `led` is how many of its quotes lead it because people have chosen them; `blocked` are the stretches that people
    have said are not to be quoted for its question.
    """

    answer: Answer
    threshold: float
    evidence: Evidence | None
    choice_trace: ChoiceTrace | None
    led: int = 0
    blocked: tuple[Stretch, ...] = ()
