"""What `/privacy` and `/forget-me` show."""

from __future__ import annotations

import discord

from bot.cards import colours
from bot.cards.layout import card, text
from bot.localisation import words
from bot.localisation.catalogue import mark, say

_KEPT = mark("""\
**What is kept about you**
- each question you ask: its words, the time, which places of which documents were shown, and how sure the answer was
- each thumb up or down, with the answer it is for
- which message of mine shows which places, to correct it when they change
- where to tell you, if you want to know once the documents have an answer, until I have told you

Who asked, and with a question in which channel and server, is kept as a hash, which only this bot's secret leads to. \
Where a message has to be found again, its own number and the channel's are kept. What others write here is not kept, \
unless it is put to me as a question.

**Where and how long**
In two files on the machine that this bot runs on, for {days}; then it is gone. It serves those who look after the \
documents, to see what is asked in vain by two people or more. Your questions also stand in the answers here, \
which Discord keeps.

`/forget-me` removes all that is kept of you, at once. For the buttons under answers, questions asked lately stay in \
memory, without a name, until the bot is restarted.""")

_NOTHING = mark("""\
**What is kept about you**
Nothing: neither questions nor answers are stored. They stand in the answers here, which Discord keeps; for the \
buttons under these, questions asked lately stay in memory, without a name, until the bot is restarted.""")


_MANAGERS = mark(
    "-# Managers: with each change in `/settings` and each correction it is kept who made it, until `/forget-me`."
)


_CHANNELS = mark(
    "-# Channels that I read say so: what is written there is quoted, without names. `/forget-me` removes what you "
    "wrote there, and I read you no more."
)


def privacy_card(days: int, *, channels: bool = False) -> discord.ui.LayoutView:
    """Return what is kept about whoever asks, where, and for how many `days` (0: nothing is).

    `channels` tells whether any are read.
    """
    kept = say(_KEPT, days=words.days(days)) if days else say(_NOTHING)
    read = [text(say(_CHANNELS))] if channels else []
    return card([text(kept), *read, text(say(_MANAGERS))], colours.PLAIN)


def forgotten_card(questions: int, votes: int, waiting: int = 0, *, answers: int = 0) -> discord.ui.LayoutView:
    """Return how much was removed; `waiting` questions were to be answered later, `answers` kept messages."""
    kept = [text(say("Messages of yours that were quoted are quoted no more."))] if answers else []
    if not (questions or votes or waiting):
        return card(kept or [text(say("Nothing was kept of you."))], colours.PLAIN)
    removed = say(
        "All that was kept of you is removed: {questions} and {votes}.",
        questions=words.questions(questions),
        votes=words.votes(votes),
    )
    later = [text(say("You are not told any more once the documents have an answer."))] if waiting else []
    return card([text(removed), *later, *kept], colours.PLAIN)
