"""How probable it is that the lead quote holds the answer, and from which probability on it is called one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from index.records import Abstention, Answer, Level


class Strictness(StrEnum):
    """How sure an answer has to be: wrong ones are dearer than none, as dear as fits most, or cheaper than none."""

    STRICT = "strict"
    BALANCED = "balanced"
    EAGER = "eager"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the confidence is made of; none of it depends on how many passages there are.

    Of the best sentence of the lead quote: `cosine` with the question, and `covered`, the share of the question that it
    covers. Of its passage: `said`, the share of the question said anywhere in it, and `unnamed`, the share that are
    names and numbers which stand neither in it nor in its title. `read` is the reranker's log odds that the quote
    answers, where it was read by the one that the confidence was fitted with. Where blocks are quoted, `passage` is the
    cosine of the passage that is nearest to the question, and `ahead` is by how much the best sentence of the best
    section exceeds those of the next few sections (`candidates.ahead_of_next`). How sure a block is does not follow
    from that: `lead` is by how much the score of its section exceeds that of the next few (`sections.lead_of`), and
    `agreed` tells whether that section is called as the question, or is the best one by meaning, by words and by names
    alike. `unsaid` is how much of the question the one word is that its passage lacks most. `follows` tells whether the
    question leans on one before it: all of these are then means over both, and lower.
    """

    cosine: float
    covered: float
    said: float
    unnamed: float
    read: float | None = None
    passage: float | None = None
    ahead: float = 0.0
    lead: float = 0.0
    agreed: bool = False
    unsaid: float = 0.0
    follows: bool = False

    @property
    def terms(self) -> tuple[float, ...]:
        """What the log odds are a weighted sum of; the product, because `cosine` and `covered` partly say the same."""
        if self.passage is not None:
            return (self.passage, self.ahead)
        first = (self.cosine, self.covered, self.said, self.unnamed, self.cosine * self.covered)
        return first if self.read is None else (*first, self.read)


_SURE = 0.6
"""From here on a sentence is called sure: 0.80 of them hold the answer (`bench/levels.py`)."""

_SURE_LEAD = 0.15
"""The lead from which a block is called sure, if all ways of ranking agree on its section: 45 of 61 hold what is
needed, of 806 questions of eighteen communities that are answered with one (`bench/RESULTS.md`)."""

_UNSAID = 1 / 3
"""What one word may be of a question, at most, for a block without it to be called sure: of "which stop for the museum"
the museum is more, and what is said of the stop for the harbour does not answer that."""

_PROBABLE = 0.4
"""From here on a sentence is called probable: 0.54 of them hold the answer, and 0.18 of those below, which are called
guesses though they reach the threshold."""

_PROBABLE_BLOCK, _PROBABLE_LEAD = 0.2, 0.1
"""The confidence and the lead from which a block is called probable: 0.51 of 289 hold what is needed, and 0.33 of the
437 guesses. By the confidence alone it is 0.40 of both; by the lead alone, what stands out among documents that are
about something else is probable too.
"""

_THRESHOLDS = {Strictness.STRICT: 0.35, Strictness.BALANCED: 0.12, Strictness.EAGER: 0.05}
"""The confidence from which a question is answered; `bench/RESULTS.md` says what each gives, on five sets."""

_UNASKED = {Strictness.BALANCED: (0.5, 0.45), Strictness.EAGER: (0.4, 0.4)}
"""The confidence from which a sentence, and a block, that is called probable is shown where nobody asked.

Nobody waits for such an answer, so a wrong one is dearer than none: `strict` shows what is called sure alone. By the
confidence alone, of blocks 23 of 32 help from 0.5 on, 36 of 58 from 0.35, and not more often from 0.6 on: 13 of 20
(`bench/levels.py`). These are in even steps, down to what is still above `strict` of whoever asks.
"""

_MORE = 0.05
"""By how much an answer has to be surer, at least, where nobody asked for it: whatever threshold holds for who asks."""

# Log odds: the bias, then a weight for each of `Evidence.terms`. The first two were fitted by `bench/fit_confidence.py`
# on two sets whose unanswerable questions people asked or wrote, for people of whose questions on a topic of the
# documents every second one is answered in them.
_FIRST_LOOK = (-8.037, 10.946, 10.554, -4.512, -1.788, -6.881)
_SECOND_LOOK = (-6.071, 9.880, 7.112, -2.830, -1.116, -6.262, 0.418)
_BLOCKS = (-5.80, 6.51, 6.13)
"""For blocks: fitted by `bench/fit_blocks.py` on questions of six communities and on questions about other things. Of
communities that a fit has not seen it answers 0.94, and 0.05 of the questions about other things."""

_FOLLOWS = 0.45
"""What is added for a question that leans on one before it. Of those of a cloud provider's users 0.94 of those that the
documents answer are then answered, and 0.43 of the others; without it 0.82 and 0.20 (`bench/followups.py`)."""


def confidence(evidence: Evidence) -> float:
    """Return the probability (0 to 1) that the lead quote holds the answer: a logistic model."""
    bias, *weights = _fit_for(evidence)
    log_odds = bias + sum(weight * term for weight, term in zip(weights, evidence.terms, strict=True))
    log_odds += _FOLLOWS if evidence.follows else 0.0
    return 1 / (1 + math.exp(-log_odds))


def _fit_for(evidence: Evidence) -> tuple[float, ...]:
    if evidence.passage is not None:
        return _BLOCKS
    return _FIRST_LOOK if evidence.read is None else _SECOND_LOOK


def level(
    evidence: Evidence | None,
    *,
    answered: bool,
    abstention: Abstention | None,
    is_fitted: bool = True,
    incomplete: bool = False,
) -> Level:
    """Return how sure an answer is; `abstention` says why there is none.

    With a model or a reranker that the confidence is not fitted to (`is_fitted`), nothing is called sure: nobody has
    measured of how many that is true. What is `incomplete`, because a part of the words that answer was not read, is at
    most a guess.
    Of a block the confidence tells whether the documents are about the question, and not whether it helps: of those
    with 0.6 and more 0.58 hold what is needed, in eighteen communities. The lead tells more.
    """
    if evidence is None or not answered:
        return Level.NONE if abstention is Abstention.UNRELATED else Level.GUESS
    probability = confidence(evidence)
    if evidence.passage is None:
        probable, sure = probability >= _PROBABLE, probability >= _SURE
    else:
        agreed = evidence.agreed and evidence.unsaid <= _UNSAID
        probable = evidence.lead >= _PROBABLE_LEAD and probability >= _PROBABLE_BLOCK
        sure = agreed and evidence.lead >= _SURE_LEAD
    if incomplete or not probable:
        return Level.GUESS
    return Level.SURE if sure and is_fitted else Level.PROBABLE


def fitted_threshold(strictness: Strictness) -> float:
    """Return the confidence from which a question is answered."""
    return _THRESHOLDS[strictness]


def shown_unasked(answer: Answer, strictness: Strictness, asked: float) -> bool:
    """Tell whether an answer is sure enough to be shown to people who did not ask the bot.

    `asked` is the confidence from which who asks is answered there.
    """
    if not answer.answered or answer.confidence < asked + _MORE:
        return False
    if answer.level is Level.PROBABLE and strictness in _UNASKED:
        return answer.confidence >= _UNASKED[strictness][answer.is_block]
    return answer.level is Level.SURE
