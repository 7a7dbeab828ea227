"""What is said in passing is told from what is asked."""

from __future__ import annotations

import json

import pytest

from bot.manners.small_talk import Kind, read
from tests.bot.manners.sayings import CHATTER, NOT_IT, OBJECTIONS, QUESTIONS, SMALL_TALK, TERSE
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


def test_what_is_said_in_passing_is_seldom_searched_and_hardly_ever_answered_for_sure() -> None:
    """At most one in ten, and one in thirty."""
    searched = [message for message in CHATTER if read(message).asks]
    answered = [message for message in searched if read(message).kind is not Kind.UNCLEAR]
    assert len(searched) <= len(CHATTER) / 10, searched
    assert len(answered) <= len(CHATTER) / 30, answered


def test_a_few_words_and_pasted_errors_are_searched() -> None:
    assert [message for message in TERSE if not read(message).asks] == []


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
        ("we moved the meeting to Friday", Kind.STATEMENT),
        ("That's wrong? Why?", Kind.QUESTION),
        ("yeah no worries", Kind.STATEMENT),
        ("restarting it fixed it for me", Kind.STATEMENT),
        ("restarting it never fixed it", Kind.QUESTION),
        ("works now, but how do I undo it", Kind.QUESTION),
        ("Vielen lieben Dank!", Kind.THANKS),
        ("problem solved, ty!", Kind.THANKS),
        ("tell me a joke", Kind.STATEMENT),
        ("nether portal", Kind.UNCLEAR),
        ("sweet build dude", Kind.UNCLEAR),
        ("night everyone", Kind.ASIDE),
        ("night mode", Kind.UNCLEAR),
        ("happy weekend bonus", Kind.UNCLEAR),
        ("turned out my account is banned", Kind.QUESTION),
        ("bye. " * 20 + "port", Kind.QUESTION),
        ("my order never arrived", Kind.REPORT),
        ("i only get a spinning wheel", Kind.REPORT),
        ("my screen goes white when i open it", Kind.REPORT),
        ("it just says loading forever", Kind.QUESTION),
        ("the export button is greyed out", Kind.QUESTION),
        ("mon compte est suspendu depuis hier", Kind.QUESTION),
        ("mi cuenta está suspendida", Kind.QUESTION),
        ("the installer hangs at 73 percent", Kind.QUESTION),
        ("der Download bricht bei 80% ab", Kind.QUESTION),
        ("this link redirects to the old wiki", Kind.QUESTION),
        ("my code is invalid", Kind.QUESTION),
        ("my cat walked over the keyboard", Kind.STATEMENT),
        ("I was born in 1999", Kind.STATEMENT),
        ("I only drink tea", Kind.STATEMENT),
        ("it should rain tomorrow", Kind.STATEMENT),
        ("ich bekomme morgen einen Hund", Kind.STATEMENT),
        ("ich sehe heute Abend den neuen Film", Kind.STATEMENT),
        ("mon chat dort toujours", Kind.STATEMENT),
        ("she refused to leave the party", Kind.STATEMENT),
        ("I will love this song forever", Kind.STATEMENT),
        ("my grandma is invalid since the war", Kind.STATEMENT),
        ("that show was redirected halfway to another channel", Kind.STATEMENT),
        ("docker run --rm fails", Kind.QUESTION),
        ("ModuleNotFoundError: discord", Kind.QUESTION),
        ("highly suspect hello my name is human meaning", Kind.QUESTION),
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
    assert read(text, addressed=True).kind is Kind.QUESTION
    assert read(text, answers_bot=True).kind is Kind.QUESTION
