"""What is said in passing is told from what is asked."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis.strategies import text

from bot.manners.leaning import leaning
from bot.manners.small_talk import SEARCHED, Kind, read, weighed
from index.answer.asked import message_text
from index.encode.encoder import Encoder
from tests.bot.manners.sayings import CHATTER, NOT_IT, OBJECTIONS, QUESTIONS, SMALL_TALK, TERSE
from tests.paths import SHARED

ASKED = (Kind.QUESTION, Kind.LIKELY)
COMMUNITY = SHARED / "eval" / "community"


def _by_words(messages: Sequence[str]) -> dict[str, Kind]:
    return {message: read(message).kind for message in messages}


def _with_vectors(messages: Sequence[str], encoder: Encoder) -> dict[str, Kind]:
    """Return what messages are, as they would be once they were searched for."""
    vectors = encoder.questions(list(map(message_text, messages)))
    return {
        message: weighed(message, kind, vector, encoder.fingerprint)
        for (message, kind), vector in zip(_by_words(messages).items(), vectors, strict=True)
    }


def test_small_talk_is_hardly_ever_taken_for_asked(encoder: Encoder) -> None:
    """At most two of more than a hundred messages, by words and with vectors; never for sure."""
    assert len(SMALL_TALK) >= 100
    for kinds in (_by_words(SMALL_TALK), _with_vectors(SMALL_TALK, encoder)):
        asked = [said for said, kind in kinds.items() if kind in ASKED]
        assert len(asked) <= 2, asked
        assert Kind.QUESTION not in kinds.values()


def test_no_question_is_swallowed() -> None:
    assert len(QUESTIONS) >= 100
    swallowed = {question: read(question).reason for question in QUESTIONS if not read(question).asks}
    assert swallowed == {}


def test_what_is_said_in_passing_is_seldom_taken_for_asked(encoder: Encoder) -> None:
    """At most one in twenty."""
    asked = [said for said, kind in _with_vectors(CHATTER, encoder).items() if kind in ASKED]
    assert len(asked) <= len(CHATTER) / 20, asked


def test_a_few_words_and_pasted_errors_are_searched_and_most_taken_for_asked(encoder: Encoder) -> None:
    assert [message for message in TERSE if not read(message).asks] == []
    kinds = _with_vectors(TERSE, encoder)
    assert sum(kind in ASKED for kind in kinds.values()) >= 0.9 * len(TERSE)
    taken_for_talk = [message for message, kind in kinds.items() if kind not in SEARCHED]
    assert len(taken_for_talk) <= 0.02 * len(TERSE), taken_for_talk


@given(text())
def test_whatever_is_said_leans_to_something(said: str) -> None:
    assert math.isfinite(leaning(said).log_odds)


@pytest.mark.parametrize("text", NOT_IT)
def test_what_says_that_an_answer_is_not_it_objects_in_reply_to_one_alone(text: str) -> None:
    assert read(text, answers_bot=True).kind is Kind.OBJECTION
    assert read(text).kind is not Kind.OBJECTION


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
        ("That's wrong? How do I change it", Kind.QUESTION),
        ("Vielen lieben Dank!", Kind.THANKS),
        ("thanks so much, you are wonderful", Kind.THANKS),
        ("hello, I'm Tom and happy to be here with all of you", Kind.GREETING),
        ("it finally works again, lol", Kind.STATEMENT),
        ("restarting it never fixed it", Kind.UNCLEAR),
        ("works now, but how do I undo it", Kind.QUESTION),
        ("and in the nether", Kind.QUESTION),
        ("sweet build dude", Kind.UNCLEAR),
        ("bye. " * 20 + "port", Kind.LIKELY),
        ("night everyone", Kind.ASIDE),
        ("i only get a spinning wheel", Kind.LIKELY),
        ("it just says loading forever", Kind.LIKELY),
        ("how long is the trial", Kind.QUESTION),
        ("docker run --rm fails", Kind.QUESTION),
        ("ModuleNotFoundError: discord", Kind.QUESTION),
    ],
)
def test_what_it_is_taken_for(text: str, kind: Kind) -> None:
    reading = read(text)
    assert reading.kind is kind
    assert reading.reason


@pytest.mark.parametrize(
    "text",
    [
        "what do you mean by that?",
        "what do you mean?",
        "wait why?",
        "are you sure about that?",
        "what version are you on?",
        "which version are you running?",
        "what browser do you use?",
        "any word from the devs?",
        "I have the same problem",
    ],
)
def test_what_people_ask_each_other_is_asked_where_it_is_put_to_the_bot(text: str) -> None:
    assert not read(text).asks
    assert read(text, addressed=True).asks
    assert read(text, answers_bot=True).asks
