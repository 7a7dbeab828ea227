"""Why a question is not answered, told apart as far as the evidence allows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.answer.confidence import Evidence
from index.answer.question import Question
from index.records import Abstention, Quote
from index.text.stop_words import content_words
from index.text.words import Stems, all_words

_BIAS, _COSINE, _SAID = -9.05, 13.04, 6.61
"""Log odds that the documents are about a question: a logistic fit on the five sets of `bench/fit_confidence.py`, of
questions about other documents against all others (AUC 0.975)."""

_RELATED = 0.05
"""Below, nothing is said to be about it: 60 % of questions about other documents, and 1.3 % of those about these. To
say so of documents that are about it is the worse mistake."""


_FEW, _CLOSEST = 3, 2
"""Words of a question that says little, and quotes whose headings are looked at."""


def why_not(
    question: Question, evidence: Evidence | None, *, common: bool, language: str | None, headed: bool = False
) -> Abstention:
    """Return why `question` is not answered.

    `common` tells whether its words, or its only one, stand in more passages than are looked at; `language` is its own,
    where no document is in it; `headed` is what `is_headed` tells.
    """
    if language is not None:
        return Abstention.LANGUAGE
    if is_vague(question, common=common):
        return Abstention.VAGUE
    if evidence is None or (_relatedness(evidence) < _RELATED and not headed):
        return Abstention.UNRELATED
    return Abstention.UNANSWERED


def is_headed(question: Question, closest: Sequence[Quote], stem: Stems) -> bool:
    """Tell whether one of few words of a question stands in the title or a heading of what is closest to it.

    "ignore node_modules" hardly resembles anything in documents that have a page "Ignoring files", and is about it.
    """
    if len(question.terms) > _FEW:
        return False
    headings = " ".join(part for quote in closest[:_CLOSEST] for part in (quote.title, *quote.section))
    return any(form in question.numbers for word in all_words(headings) for form in stem.forms(word))


def is_vague(question: Question, *, common: bool) -> bool:
    """Tell whether a question that follows no other has no content words, or one that is `common`."""
    content = len(content_words(question.text, question.language))
    return not question.before and (content == 0 or (content == 1 and common))


def _relatedness(evidence: Evidence) -> float:
    return 1 / (1 + math.exp(-_BIAS - _COSINE * evidence.cosine - _SAID * evidence.said))
