"""The level of an answer: what its card says of how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from index.answer.confidence import Evidence, Strictness, confidence, fitted_threshold, level, shown_unasked
from index.records import Abstention, Answer, Level


def _of_sentence(cosine: float) -> Evidence:
    return Evidence(cosine=cosine, covered=0.6, said=0.8, unnamed=0.1, read=0.0)


def _of_block(cosine: float, *, lead: float = 0.12, agreed: bool = False) -> Evidence:
    return Evidence(cosine=cosine, covered=0.6, said=0.8, unnamed=0.1, passage=cosine, lead=lead, agreed=agreed)


def _answer(evidence: Evidence) -> Answer:
    """An answer with that evidence alone."""
    return Answer(
        question="",
        quotes=(),
        confidence=confidence(evidence),
        answered=True,
        closest=(),
        generation="",
        milliseconds=0.0,
        level=level(evidence, answered=True, abstention=None),
        is_block=evidence.passage is not None,
    )


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (_of_sentence(0.95), Level.SURE),
        (_of_sentence(0.70), Level.PROBABLE),
        (_of_sentence(0.55), Level.GUESS),
        (_of_block(0.70, lead=0.4), Level.PROBABLE),
        (_of_block(0.70, lead=0.12), Level.PROBABLE),
        (_of_block(0.99, lead=0.08), Level.GUESS),
        (_of_block(0.60, lead=0.4), Level.GUESS),
        (_of_block(0.70, lead=0.16, agreed=True), Level.SURE),
        (_of_block(0.99, lead=0.14, agreed=True), Level.PROBABLE),
        (_of_block(0.99, lead=0.08, agreed=True), Level.GUESS),
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


def test_a_block_on_which_all_agree_is_not_called_sure_with_a_model_that_nobody_has_measured() -> None:
    evidence = _of_block(0.80, lead=0.2, agreed=True)
    assert level(evidence, answered=True, abstention=None, is_fitted=False) is Level.PROBABLE
    assert level(evidence, answered=True, abstention=None, incomplete=True) is Level.GUESS


@pytest.mark.parametrize("of_kind", [_of_sentence, _of_block])
def test_unasked_an_answer_has_to_be_surer_than_asked_however_both_are_set(
    of_kind: Callable[[float], Evidence],
) -> None:
    answers = [_answer(of_kind(cosine)) for cosine in np.linspace(0.0, 1.0, 101)]
    shown = [[answer for answer in answers if shown_unasked(answer, kind, 0.0)] for kind in Strictness]
    assert len(shown[0]) < len(shown[1]) < len(shown[2])
    for asked in (*map(fitted_threshold, Strictness), 0.6, 0.95):
        assert all(answer.confidence > asked for answer in answers if shown_unasked(answer, Strictness.EAGER, asked))


def test_unasked_strict_shows_a_block_that_is_sure_and_no_other() -> None:
    sure, probable = _answer(_of_block(0.80, lead=0.2, agreed=True)), _answer(_of_block(0.99))
    assert probable.confidence > sure.confidence
    assert [shown_unasked(sure, kind, 0.12) for kind in Strictness] == [True, True, True]
    assert [shown_unasked(probable, kind, 0.12) for kind in Strictness] == [False, True, True]
    assert not shown_unasked(sure, Strictness.STRICT, asked=0.95)


@pytest.mark.parametrize("evidence", [_of_sentence(0.95), _of_block(0.80, lead=0.2, agreed=True)])
def test_unasked_strict_shows_nothing_that_may_be_cut_short_or_that_nobody_has_measured(evidence: Evidence) -> None:
    for doubt in ({"incomplete": True}, {"is_fitted": False}):
        doubtful = level(evidence, answered=True, abstention=None, **doubt)
        assert not shown_unasked(replace(_answer(evidence), level=doubtful), Strictness.STRICT, 0.12)
