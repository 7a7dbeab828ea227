"""What is said in passing is told from what is asked."""

from __future__ import annotations

import json

import pytest

from bot.manners.small_talk import Kind, read
from tests.bot.manners.sayings import OBJECTIONS, QUESTIONS, SMALL_TALK
from tests.paths import SHARED

COMMUNITY = SHARED / "eval" / "community"


def test_small_talk_is_not_searched() -> None:
    """At most two of more than a hundred messages."""
    assert len(SMALL_TALK) >= 100
    searched = [message for message in SMALL_TALK if read(message).asks]
    assert len(searched) <= 2, searched


def test_no_question_is_swallowed() -> None:
    assert len(QUESTIONS) >= 100
    swallowed = {question: read(question).reason for question in QUESTIONS if not read(question).asks}
    assert swallowed == {}


@pytest.mark.skipif(not COMMUNITY.exists(), reason="the questions of communities are not here")
def test_no_question_of_a_community_is_swallowed() -> None:
    files = sorted(COMMUNITY.glob("*/questions.jsonl"))
    questions = [json.loads(line)["question"] for file in files for line in file.read_text("utf-8").splitlines()]
    assert len(questions) >= 100
    swallowed = {question: read(question).reason for question in questions if not read(question, answers_bot=True).asks}
    assert swallowed == {}


@pytest.mark.parametrize("text", OBJECTIONS)
def test_an_objection_is_one_where_it_replies_to_an_answer_and_is_never_searched(text: str) -> None:
    assert read(text, answers_bot=True).kind is Kind.OBJECTION
    assert read(text).kind is Kind.STATEMENT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thanks!", Kind.THANKS),
        ("ok danke", Kind.THANKS),
        ("Merci !", Kind.THANKS),
        ("hola a todos", Kind.GREETING),
        ("good morning", Kind.GREETING),
        ("lol", Kind.ASIDE),
        ("soooo goooood", Kind.ASIDE),
        ("", Kind.ASIDE),
        ("https://example.org/a?b=c", Kind.ASIDE),
        ("we moved the meeting to Friday", Kind.STATEMENT),
        ("That's wrong? Why?", Kind.QUESTION),
    ],
)
def test_what_it_is_taken_for(text: str, kind: Kind) -> None:
    reading = read(text)
    assert reading.kind is kind
    assert reading.reason
