"""What is said in passing is told from what is asked."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis.strategies import text

from bot.manners.leaning import leaning
from bot.manners.small_talk import SEARCHED, Kind, read, weighed
from index.answer.asked import message_text
from index.encode.encoder import Encoder
from tests.bot.manners.sayings import CHATTER, NOT_IT, OBJECTIONS, QUESTIONS, SMALL_TALK, TERSE
from tests.paths import ROOT, SHARED

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
    """At most two of more than a hundred messages, by words and with vectors."""
    assert len(SMALL_TALK) >= 100
    for kinds in (_by_words(SMALL_TALK), _with_vectors(SMALL_TALK, encoder)):
        asked = [said for said, kind in kinds.items() if kind in ASKED]
        assert len(asked) <= 2, asked


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
        ("it just says loading forever", Kind.QUESTION),
        ("the export button is greyed out", Kind.QUESTION),
        ("mon compte est suspendu depuis hier", Kind.QUESTION),
        ("mi cuenta está suspendida", Kind.QUESTION),
        ("the installer hangs at 73 percent", Kind.QUESTION),
        ("der Download bricht bei 80% ab", Kind.QUESTION),
        ("this link redirects to the old wiki", Kind.QUESTION),
        ("my code is invalid", Kind.QUESTION),
        ("I will love this song forever", Kind.STATEMENT),
        ("docker run --rm fails", Kind.QUESTION),
        ("ModuleNotFoundError: discord", Kind.QUESTION),
        ("That's wrong? How do I change it", Kind.QUESTION),
        ("thanks so much, you are wonderful", Kind.THANKS),
        ("hello, I'm Tom and happy to be here with all of you", Kind.GREETING),
        ("it finally works again, lol", Kind.STATEMENT),
        ("and in the nether", Kind.QUESTION),
        ("i only get a spinning wheel", Kind.LIKELY),
        ("how long is the trial", Kind.QUESTION),
        ("hello", Kind.GREETING),
        ("how do you know everything?", Kind.STATEMENT),
        ("wie geht's dir?", Kind.STATEMENT),
        ("bist du ein Mensch?", Kind.STATEMENT),
        ("thanks for your help", Kind.THANKS),
        ("help", Kind.QUESTION),
        ("pls help", Kind.QUESTION),
        ("hilfe", Kind.QUESTION),
        ("ayuda", Kind.QUESTION),
        ("i need help", Kind.QUESTION),
        ("my order never arrived", Kind.QUESTION),
        ("hi everyone! love it here. the lamp hums and nothing helps", Kind.QUESTION),
        ("thank you, that part is clear. the second lamp flickers, lol", Kind.QUESTION),
        ("where?", Kind.QUESTION),
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


def test_requests_with_manners_around_them_are_searched_in_full() -> None:
    lines = (ROOT / "bench" / "manners" / "asks.txt").read_text("utf-8").splitlines()
    mixed = [line.replace("|", "") for line in lines if line.count("|") == 2]
    assert len(mixed) >= 400
    unsure = [message for message in mixed if read(message, addressed=True).kind is not Kind.QUESTION]
    assert [message for message in unsure if not read(message, addressed=True).asks] == []
    assert len(unsure) <= 0.08 * len(mixed), unsure


def test_a_question_is_no_less_asked_for_what_is_said_around_it(encoder: Encoder) -> None:
    """In each place, by words and with vectors, whatever is said with it."""
    around = ("Merry Christmas! I love you all. {}", "thanks, you saved my day! {} have a nice day", "lol ok. {}")
    asked = ("Where is the key?", "how do I open the gate", "My card doesn't work.", "please help")
    messages = [said.format(question) for said in around for question in asked]
    for kinds in (_by_words(messages), _with_vectors(messages, encoder)):
        assert set(kinds.values()) == {Kind.QUESTION}, kinds


def test_a_message_of_many_words_is_no_small_talk_by_its_looks() -> None:
    assert read("my dog and my cat love the snow " * 4).kind is Kind.QUESTION


@pytest.mark.parametrize(
    "around", ["ok {} bro ", "ha {} xd ", "and {} lol ", "any update {} pls ", "did you try {} now "]
)
def test_the_time_it_takes_grows_with_the_length(around: str) -> None:
    """Four times as much takes less than twelve times as long, where the square of it would take sixteen times."""
    first, last = around.split("{}")

    def seconds(times: int) -> float:
        said = f"{first * times}wobble {last * times}"
        taken = []
        for _ in range(3):
            start = time.thread_time()
            read(said)
            taken.append(time.thread_time() - start)
        return min(taken)

    assert seconds(1200) < 12 * max(seconds(300), 0.002)
