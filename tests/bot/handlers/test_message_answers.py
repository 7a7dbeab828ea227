"""What is shown of an answer to what may as well be said in passing, and how its vector weighs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.handlers.message_answers import is_passed_over, weighed_by
from bot.handlers.questions import Question
from bot.manners.small_talk import Kind
from bot.privacy.journal import Encoded
from index.encode.encoder import Encoder
from index.records import Answer, Level, Quote, Turn

_QUOTE = Quote(
    source="presets.md",
    title="Presets",
    section=("Preset cycle",),
    page=None,
    lines=(3, 3),
    start=0,
    end=26,
    text="Up to 250 presets are kept.",
    url=None,
    score=0.4,
)


def _answered(level: Level) -> Answer:
    return replace(_answer(level), answered=level is not Level.NONE)


def _answer(level: Level) -> Answer:
    return Answer(
        question="presets",
        quotes=(_QUOTE,),
        confidence=0.3,
        answered=True,
        closest=(),
        generation="1",
        milliseconds=1.0,
        abstention=None,
        level=level,
        language=None,
    )


@pytest.mark.parametrize(("text", "passed"), [("Presets", False), ("preset cycle", False), ("preset vibes", True)])
def test_a_guess_at_a_few_words_is_shown_below_a_heading_that_has_them(text: str, passed: bool) -> None:  # noqa: FBT001
    assert is_passed_over(Question(text, text, 1, kind=Kind.UNCLEAR), _answer(Level.GUESS)) is passed
    assert not is_passed_over(Question(text, text, 1, kind=Kind.UNCLEAR), _answer(Level.PROBABLE))
    assert is_passed_over(Question(text, text, 1, kind=Kind.STATEMENT), _answer(Level.PROBABLE)) is passed


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (Kind.QUESTION, Level.NONE),
        (Kind.LIKELY, Level.GUESS),
        (Kind.UNCLEAR, Level.PROBABLE),
        (Kind.STATEMENT, Level.SURE),
    ],
)
def test_the_less_it_is_asked_the_surer_an_answer_is_that_is_shown(kind: Kind, least: Level) -> None:
    levels = (Level.NONE, Level.GUESS, Level.PROBABLE, Level.SURE)
    shown = [
        level for level in levels if not is_passed_over(Question("vibes", "vibes", 1, kind=kind), _answered(level))
    ]
    assert shown == list(levels[levels.index(least) :])


def test_a_vector_of_the_default_model_tells_small_talk_and_requests_that_words_leave_open(encoder: Encoder) -> None:
    """One of another model, and pictures or words that were pointed out, change nothing."""
    said, asked = "just adopted a puppy", "docking station for linux"
    vectors = encoder.questions([said, asked])
    unclear = [Question(text, text, 1, kind=Kind.UNCLEAR) for text in (said, asked)]
    own = [Encoded(encoder.fingerprint, vector) for vector in vectors]
    weighed = [weighed_by(question, encoded).kind for question, encoded in zip(unclear, own, strict=True)]
    assert weighed == [Kind.STATEMENT, Kind.QUESTION]
    assert weighed_by(unclear[0], None) == unclear[0]
    assert weighed_by(unclear[0], Encoded("another", vectors[0])).kind is Kind.UNCLEAR
    pointed_at = replace(unclear[0], is_others=True)
    assert weighed_by(pointed_at, own[0]) == pointed_at


def test_what_may_say_more_of_what_was_asked_is_weighed_down_only_where_nothing_was_asked_before(
    encoder: Encoder,
) -> None:
    said = "mostly when people explore"
    encoded = Encoded(encoder.fingerprint, encoder.questions([said])[0])
    first = Question(said, said, 1)
    assert weighed_by(first, encoded).kind is Kind.UNCLEAR
    after = replace(first, history=(Turn("user", "My server lags, what can I do?", 1),))
    assert weighed_by(after, encoded) == after
