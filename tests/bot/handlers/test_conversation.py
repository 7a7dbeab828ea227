"""What is read of earlier turns from the bot's own cards."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from discord.components import _component_factory

from bot.cards.answer_card import answer_card
from bot.handlers.conversation import question_of, turns_of
from index.records import Abstention, Answer, Level, Quote, Turn

_ME = 7
_WORDS = "The *second* stage begins at noon @everyone, `not` before."


_QUOTE = Quote(
    source="rules.md",
    title="Rules",
    section=("Stages",),
    page=None,
    lines=(3, 3),
    start=0,
    end=len(_WORDS),
    text=_WORDS,
    url=None,
    score=0.9,
)


def _posted(card: discord.ui.LayoutView, author: int = _ME) -> discord.Message:
    """Return a message as it comes back from Discord: with the components of `card`, read from their JSON."""
    components = [_component_factory(cast("Any", component)) for component in card.to_components()]
    return cast(
        "discord.Message",
        SimpleNamespace(
            author=SimpleNamespace(id=author),
            components=components,
            reference=None,
            interaction_metadata=None,
            channel=None,
        ),
    )


def _answer(quote: Quote, *, answered: bool) -> Answer:
    return Answer(
        question="When does the *second* stage begin?",
        quotes=(quote,) if answered else (),
        confidence=0.9 if answered else 0.1,
        answered=answered,
        closest=() if answered else (quote,),
        generation="1",
        milliseconds=1.0,
        abstention=None if answered else Abstention.UNANSWERED,
        level=Level.SURE if answered else Level.GUESS,
        language=None,
    )


async def test_an_answer_gives_its_question_and_its_lead_quote() -> None:
    message = _posted(answer_card(_answer(_QUOTE, answered=True)))
    asked = Turn("user", "When does the *second* stage begin?")
    assert await turns_of(message, _ME) == (asked, Turn("agent", _WORDS))


async def test_the_closest_passages_are_no_answer() -> None:
    message = _posted(answer_card(_answer(_QUOTE, answered=False)))
    assert [turn.role for turn in await turns_of(message, _ME)] == ["user"]


@pytest.mark.parametrize("author", [1, 8])
async def test_what_others_write_is_no_turn(author: int) -> None:
    assert await turns_of(_posted(answer_card(_answer(_QUOTE, answered=True)), author), _ME) == ()


async def test_what_a_card_repeats_is_taken_from_it_without_looking_for_who_asked() -> None:
    """A button is answered by it: nothing is asked of Discord first."""
    message = _posted(answer_card(_answer(_QUOTE, answered=True)))
    del message.channel
    assert await question_of(message, _ME) == "When does the *second* stage begin?"
