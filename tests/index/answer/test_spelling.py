"""Slips of the finger in questions."""

from __future__ import annotations

import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.scope import SearchScope
from index.answer.spelling import corrected
from index.encode.encoder import Encoder


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Which food is poisonuos to cats?", "Which food is poisonous to cats?"),
        ("Which food is poisnous to cats?", "Which food is poisonous to cats?"),
        ("what are the wheels made of, alumminium?", "what are the wheels made of, aluminium?"),
        ("When did Tenacitz land?", "When did tenacity land?"),
    ],
)
def test_a_word_that_no_document_has_becomes_the_one_that_was_meant(
    answerer: Answerer, encoder: Encoder, typed: str, meant: str
) -> None:
    assert corrected(typed, SearchScope(answerer.generation, None), encoder) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "How long do cats sleep?",
        "Who invented the telephone?",
        "What is `poisonuos`?",
        "poisonuos.example.org",
        "qqqqqqqqq zzzzzzzzz",
        "猫每天睡多久?",
        "",
    ],
)
def test_other_words_stay(answerer: Answerer, encoder: Encoder, typed: str) -> None:
    assert corrected(typed, SearchScope(answerer.generation, None), encoder) == typed


def test_a_word_of_a_document_that_may_not_be_seen_corrects_nothing(answerer: Answerer, encoder: Encoder) -> None:
    seen = SearchScope(answerer.generation, frozenset({"rover.txt"}))
    assert corrected("Which food is poisonuos?", seen, encoder) == "Which food is poisonuos?"


def test_a_question_with_a_slip_is_answered_as_without(answerer: Answerer) -> None:
    assert "Chocolate" in answerer.answer(Asked("Which food is poisonuos to cats?")).quotes[0].text
    assert answerer.answer(Asked("Which food is poisonuos to cats?")).question == "Which food is poisonuos to cats?"
