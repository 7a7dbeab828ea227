"""How sure an answer is, as its card shows it: the colour, and words that agree with it."""

from __future__ import annotations

import discord

from bot.cards import colours
from index.records import Abstention, Answer, Level

UNSURE = "**This may not be it**"
"""How the card of a guess begins: what reads a card tells by it that there is no answer on it."""

SURE = "This should answer it."
PROBABLE = "This probably helps."
NOT_IT = "Not it? Ask in other words, or name what it is about."
WHAT_NOW = "Ask in other words, or see `/source list` for all that can be asked about."

_COLOURS = {
    Level.SURE: colours.SURE,
    Level.PROBABLE: colours.PROBABLE,
    Level.GUESS: colours.GUESS,
    Level.NONE: colours.NOTHING,
}


def level_of(answer: Answer) -> Level:
    """Return the level that an answer's card has: a guess with nothing to show is none."""
    if answer.answered:
        return Level.SURE if answer.level is Level.SURE else Level.PROBABLE
    return Level.GUESS if answer.closest and answer.abstention is not Abstention.UNRELATED else Level.NONE


def colour_of(level: Level) -> discord.Colour:
    """Return the colour at the side of a card."""
    return _COLOURS[level]


def opening(answer: Answer) -> str:
    """Return what the card of an answer begins with; "" where the quote does."""
    match level_of(answer):
        case Level.GUESS:
            return f"{UNSURE}{_hint(answer)}"
        case Level.NONE:
            return _nothing(answer)
        case _:
            return ""


def closing(answer: Answer) -> str:
    """Return what the card of an answer ends with: how sure it is, or what can be done."""
    match level_of(answer):
        case Level.SURE:
            return SURE
        case Level.PROBABLE:
            return PROBABLE
        case Level.GUESS:
            return NOT_IT
        case Level.NONE:
            return WHAT_NOW


def _hint(answer: Answer) -> str:
    match answer.abstention:
        case Abstention.LANGUAGE:
            return f": the documents are not in {answer.language}. Ask in their language."
        case Abstention.VAGUE:
            return ": your question says too little to go by."
        case _:
            return ": it is the closest that I found."


def _nothing(answer: Answer) -> str:
    match answer.abstention:
        case Abstention.LANGUAGE:
            return f"**Not in your language**: the documents are not in {answer.language}."
        case Abstention.VAGUE:
            return "**Too little to go by**: name the thing, and what you want to know about it."
        case Abstention.UNRELATED:
            return "**Not in the documents**: nothing in them seems to be about this."
        case _:
            return "**Not in the documents**, as far as I can tell."
