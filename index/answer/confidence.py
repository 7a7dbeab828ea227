"""How probable it is that the lead quote holds the answer, and from which probability on it is called one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from index.records import Abstention, Level


class Strictness(StrEnum):
    """How sure an answer has to be: wrong ones are dearer than none, as dear as fits most, or cheaper than none."""

    STRICT = "strict"
    BALANCED = "balanced"
    EAGER = "eager"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the confidence is made of; none of it depends on how many passages there are.

    Of the best sentence of the lead quote: `cosine` with the question, and `covered`, the share of the question that
    it covers. Of its passage: `said`, the share of the question said anywhere in it, and `unnamed`, the share that are
    names and numbers which stand neither in it nor in its title. `read` is the reranker's log odds that the quote
    answers, where it was read by the one that the confidence was fitted with. `passage` is the cosine of the passage
    that is nearest to the question, where blocks are quoted.
    """

    cosine: float
    covered: float
    said: float
    unnamed: float
    read: float | None = None
    passage: float | None = None

    @property
    def terms(self) -> tuple[float, ...]:
        """What the log odds are a weighted sum of; the product, because `cosine` and `covered` partly say the same."""
        if self.passage is not None:
            return (self.passage, self.covered)
        first = (self.cosine, self.covered, self.said, self.unnamed, self.cosine * self.covered)
        return first if self.read is None else (*first, self.read)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Log odds: the bias, then a weight for each of `Evidence.terms`; and the thresholds that go with them."""

    weights: tuple[float, ...]
    thresholds: Mapping[Strictness, float]


_SURE = 0.6
"""From here on an answer is called sure."""

# Fitted by `bench/fit_confidence.py` on two sets whose unanswerable questions people asked or wrote, for people of
# whose questions on a topic of the documents every second one is answered in them. `bench/RESULTS.md` says what each
# threshold gives, there and on three more sets.
_FIRST_LOOK = _Fitted(
    (-8.037, 10.946, 10.554, -4.512, -1.788, -6.881),
    {Strictness.STRICT: 0.35, Strictness.BALANCED: 0.12, Strictness.EAGER: 0.05},
)
_SECOND_LOOK = _Fitted(
    (-6.071, 9.880, 7.112, -2.830, -1.116, -6.262, 0.418),
    {Strictness.STRICT: 0.35, Strictness.BALANCED: 0.12, Strictness.EAGER: 0.05},
)
_BLOCKS = _Fitted(
    (-5.362, 6.939, 1.295),
    {Strictness.STRICT: 0.35, Strictness.BALANCED: 0.12, Strictness.EAGER: 0.05},
)
"""Of blocks: fitted by `bench/fit_blocks.py` on questions of six communities and on questions about other things. Of
communities that a fit has not seen it answers 0.97, and 0.01 of the questions about other things."""


def confidence(evidence: Evidence) -> float:
    """Return the probability (0 to 1) that the lead quote holds the answer: a logistic model."""
    fitted = _fit_for(evidence)
    bias, *weights = fitted.weights
    log_odds = bias + sum(weight * term for weight, term in zip(weights, evidence.terms, strict=True))
    return 1 / (1 + math.exp(-log_odds))


def _fit_for(evidence: Evidence) -> _Fitted:
    if evidence.passage is not None:
        return _BLOCKS
    return _FIRST_LOOK if evidence.read is None else _SECOND_LOOK


def level(probability: float, *, answered: bool, abstention: Abstention | None) -> Level:
    """Return how sure an answer of this `probability` is; `abstention` says why there is none."""
    if not answered:
        return Level.NONE if abstention is Abstention.UNRELATED else Level.GUESS
    return Level.SURE if probability >= _SURE else Level.PROBABLE


def fitted_threshold(strictness: Strictness, *, second_look: bool) -> float:
    """Return the confidence from which a question is answered; `second_look` tells whether the passages are reread."""
    return (_SECOND_LOOK if second_look else _FIRST_LOOK).thresholds[strictness]
