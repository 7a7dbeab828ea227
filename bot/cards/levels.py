"""How sure an answer is, as its card shows it: the colour, and words that agree with it."""

from __future__ import annotations

import discord

from bot.cards import colours
from bot.localisation.catalogue import language_name, mark, say
from index.records import Abstention, Answer, Level

UNSURE = mark("**This may not be it**")
"""How the card of a guess begins. Earlier turns are read from cards, and the quote of a guess is not taken for one."""

SURE = mark("This should answer it.")
PROBABLE = mark("This probably helps.")
NOT_IT = mark("Not it? Ask in other words, or name what it is about.")
WHAT_NOW = mark("Ask in other words, or see `/source list` for all that can be asked about.")
IN_THEIRS = mark("Ask in their language, or see `/source list` for all that can be asked about.")

_COLOURS = {
    Level.SURE: colours.SURE,
    Level.PROBABLE: colours.PROBABLE,
    Level.GUESS: colours.GUESS,
    Level.NONE: colours.NOTHING,
}


def level_of(answer: Answer) -> Level:
    """Return the level that an answer's card has.

    What is not answered is a guess where the documents are about it and have something close, and else none: of a
    question that says too little, or in a language that is not understood, nothing is known to be close.
    """
    if answer.answered:
        return answer.level
    return Level.GUESS if answer.closest and answer.abstention is Abstention.UNANSWERED else Level.NONE


def colour_of(level: Level) -> discord.Colour:
    """Return the colour at the side of a card."""
    return _COLOURS[level]


def opening(answer: Answer) -> str:
    """Return what the card of an answer begins with; "" where the quote does."""
    match level_of(answer):
        case Level.GUESS:
            return say(UNSURE) + say(": it is the closest that I found.")
        case Level.NONE:
            return _nothing(answer)
        case _:
            return ""


def closing(answer: Answer) -> str:
    """Return what the card of an answer ends with: how sure it is, or what can be done."""
    match level_of(answer):
        case Level.SURE:
            return say(SURE)
        case Level.PROBABLE:
            return say(PROBABLE)
        case Level.GUESS:
            return say(NOT_IT)
        case Level.NONE:
            return say(IN_THEIRS if answer.abstention is Abstention.LANGUAGE else WHAT_NOW)


CLOSINGS = (SURE, PROBABLE, NOT_IT, WHAT_NOW, IN_THEIRS)
"""How the cards of answers end, in English."""


def _nothing(answer: Answer) -> str:
    match answer.abstention:
        case Abstention.LANGUAGE:
            return say("**Not in your language**: the documents are not in {language}.", language=_language(answer))
        case Abstention.VAGUE:
            return say("**Too little to go by**: name the thing, and what you want to know about it.")
        case Abstention.UNRELATED:
            return say("**Not in the documents**: nothing in them seems to be about this.")
        case _:
            return say("**Not in the documents**, as far as I can tell.")


def _language(answer: Answer) -> str:
    return language_name(answer.language or "")
