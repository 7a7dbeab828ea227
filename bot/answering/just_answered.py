"""What is left of the latest answers for a moment: vectors for the journal, and passages for the writer."""

from __future__ import annotations

from collections import OrderedDict

from bot.answering.recent_questions import key_of
from bot.privacy.journal import Encoded
from index.answer.asked import Asked
from index.answer.lessons import Stretch
from index.answer.trace import AnswerTrace
from index.records import Answer

_MOST_VECTORS = 256
"""Vectors of questions that are held until the questions are written down."""

_MOST_POOLS = 256
"""Questions whose passages are known for the writer, which is asked right after."""


class JustAnswered:
    """The vectors of questions that were just answered, and the passages that were found for them."""

    def __init__(self) -> None:
        """There are none."""
        self._vectors: OrderedDict[bytes, tuple[Encoded, Encoded]] = OrderedDict()
        self._pools: OrderedDict[tuple[bytes, str], tuple[list[int], tuple[Stretch, ...]]] = OrderedDict()

    def add(self, asked: Asked, trace: AnswerTrace, model: str) -> None:
        """Hold what was found for a question, whose vector is of a `model` (a fingerprint)."""
        if trace.choice_trace is None:
            return
        question = trace.choice_trace.question
        alone = question.alone or question
        self._vectors[key_of(asked)] = Encoded(model, question.vector), Encoded(model, alone.vector)
        if len(self._vectors) > _MOST_VECTORS:
            self._vectors.popitem(last=False)
        pool = (trace.choice_trace.pool.rows.tolist(), trace.blocked)
        self._pools[key_of(asked), trace.answer.generation] = pool
        if len(self._pools) > _MOST_POOLS:
            self._pools.popitem(last=False)

    def vector_alone(self, asked: Asked) -> Encoded | None:
        """Return the vector of a question without those before it; None where there is none."""
        vectors = self._vectors.get(key_of(asked))
        return None if vectors is None else vectors[1]

    def take_vector(self, asked: Asked) -> Encoded | None:
        """Return the vector of a question, and forget it; None where there is none."""
        vectors = self._vectors.pop(key_of(asked), None)
        return None if vectors is None else vectors[0]

    def pool(self, asked: Asked, answer: Answer) -> tuple[list[int], tuple[Stretch, ...]]:
        """Return the rows of the passages that were found for a question, and what is not to be quoted of them."""
        return self._pools.get((key_of(asked), answer.generation), ([], ()))
