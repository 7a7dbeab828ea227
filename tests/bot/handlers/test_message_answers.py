"""What is shown of an answer to what may as well be said in passing."""

from __future__ import annotations

import pytest

from bot.handlers.message_answers import is_passed_over
from bot.handlers.questions import Question
from index.records import Answer, Level, Quote

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
    assert is_passed_over(Question(text, text, 1, is_unclear=True), _answer(Level.GUESS)) is passed
    assert not is_passed_over(Question(text, text, 1, is_unclear=True), _answer(Level.PROBABLE))
