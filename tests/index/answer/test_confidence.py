"""The level of an answer: what its card says of how sure it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.answer.confidence import Evidence, Strictness, confidence, fitted_threshold, level, unasked_threshold
from index.records import Abstention, Level


def _of_sentence(cosine: float) -> Evidence:
    return Evidence(cosine=cosine, covered=0.6, said=0.8, unnamed=0.1, read=0.0)


def _of_block(cosine: float) -> Evidence:
    return Evidence(cosine=cosine, covered=0.6, said=0.8, unnamed=0.1, passage=cosine, ahead=0.0)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (_of_sentence(0.95), Level.SURE),
        (_of_sentence(0.70), Level.PROBABLE),
        (_of_sentence(0.55), Level.GUESS),
        (_of_block(0.99), Level.PROBABLE),
        (_of_block(0.75), Level.PROBABLE),
        (_of_block(0.60), Level.GUESS),
    ],
)
def test_an_answer_below_what_probable_promises_is_a_guess(evidence: Evidence, expected: Level) -> None:
    assert level(evidence, answered=True, abstention=None) is expected, confidence(evidence)


@pytest.mark.parametrize(
    ("abstention", "expected"), [(Abstention.UNANSWERED, Level.GUESS), (Abstention.UNRELATED, Level.NONE)]
)
def test_what_is_not_answered_is_never_probable(abstention: Abstention, expected: Level) -> None:
    assert level(_of_sentence(0.95), answered=False, abstention=abstention) is expected
    assert level(None, answered=False, abstention=abstention) is expected


def test_less_is_asked_of_a_question_that_leans_on_another() -> None:
    alone = _of_block(0.55)
    assert confidence(alone) < confidence(replace(alone, follows=True)) < 1.6 * confidence(alone)


@pytest.mark.parametrize("is_block", [False, True])
def test_unasked_an_answer_has_to_be_surer_than_asked_however_both_are_set(*, is_block: bool) -> None:
    strict, balanced, eager = (unasked_threshold(kind, 0.0, is_block=is_block) for kind in Strictness)
    assert strict > balanced > eager > max(map(fitted_threshold, Strictness))
    for asked in (0.0, 0.35, 0.6, 0.95):
        assert unasked_threshold(Strictness.EAGER, asked, is_block=is_block) > asked
