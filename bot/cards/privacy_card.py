"""What `/privacy` and `/forget-me` show."""

from __future__ import annotations

import discord

from bot.cards import colours
from bot.cards.layout import card, text
from bot.phrasing import count

_KEPT = """\
**What is kept about you**
- each question you ask: its words, the time, which places of which documents were shown, and how sure the answer was
- each thumb up or down, with the answer it is for
- which message of mine shows which places, to correct it when they change
- where to tell you, if you want to know once the documents have an answer, until I have told you

Who asked, and in which channel and server, is kept as a hash, which only this bot's secret leads to. What others \
write here is not kept, unless it is put to me as a question.

**Where and how long**
In two files on the machine that this bot runs on, for {days}; then it is gone. It serves those who look after the \
documents, to see what is asked in vain by two people or more. Your questions also stand in the answers here, \
which Discord keeps.

`/forget-me` removes all that is kept of you, at once. For the buttons under answers, questions asked lately stay in \
memory, without a name, until the bot is restarted."""

_NOTHING = """\
**What is kept about you**
Nothing: neither questions nor answers are stored. They stand in the answers here, which Discord keeps; for the \
buttons under these, questions asked lately stay in memory, without a name, until the bot is restarted."""


def privacy_card(days: int) -> discord.ui.LayoutView:
    """Return what is kept about whoever asks, where, and for how many `days` (0: nothing is)."""
    return card([text(_KEPT.format(days=count(days, "day")) if days else _NOTHING)], colours.PLAIN)


def forgotten_card(questions: int, votes: int, waiting: int = 0) -> discord.ui.LayoutView:
    """Return how much was removed; `waiting` questions were to be answered later."""
    if not (questions or votes or waiting):
        return card([text("Nothing was kept of you.")], colours.PLAIN)
    there = " and ".join((count(questions, "question"), count(votes, "vote")))
    wanted = f", and you are not told of {count(waiting, 'answer')} any more" if waiting else ""
    return card([text(f"All that was kept of you is removed: {there}{wanted}.")], colours.PLAIN)
