"""What `/privacy` and `/forget-me` show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import discord

from bot.cards import colours
from bot.cards.layout import card, text
from bot.localisation import words
from bot.localisation.catalogue import mark, say

_KEPT = mark("""\
**What is kept about you**
- each question you ask: its words, the time, which places of which documents were shown, and how sure the answer was
- each thumb up or down, with the answer it is for
- which message of mine answers which of yours, to remove them together, and which places it shows, to correct it
- where to tell you, if you want to know once the documents have an answer, until I have told you
- of a post of yours in a forum, for a year: that it is solved, with numbers made from what it asks, to link to it, \
and that helpers were asked in it

Who asked, and with a question in which channel and server, is kept as a hash, which only this bot's secret leads to. \
Where a message has to be found again, its own number and the channel's are kept. {others}

**Where and how long**
In files on the machine that this bot runs on, for {days} unless something else is said above; then it is gone. It \
serves those who look after the documents, to see what is asked in vain by two people or more. Your questions also \
stand in the answers here, which Discord keeps.

`/forget-me` removes all that is kept of you, at once. For the buttons under answers, questions asked lately stay in \
memory, without a name, until the bot is restarted.""")

_POINTED_AT = mark(
    "What you say to others is not kept, unless somebody puts it to me as a question (*Answer this*, *Find sources*, a "
    "mention of me in a reply): then its words are, with your hash and theirs."
)

_UNASKED = mark(
    "What you say to others is kept, with your hash, where somebody puts it to me as a question (*Answer this*, *Find "
    "sources*, a mention of me in a reply), and where it is a question in a channel that I answer in unasked, and I "
    "found nothing."
)

_NOTHING = mark("""\
**What is kept about you**
Nothing: neither questions nor answers are stored. They stand in the answers here, which Discord keeps; for the \
buttons under these, and for links to posts that were solved, questions asked lately stay in memory, without a name, \
until the bot is restarted.""")


_MANAGERS = mark(
    "-# Managers: your id is kept with each change that you make in `/settings` and with each of your corrections, "
    "until you use `/forget-me`."
)


_LOGGED = mark("-# What I am asked also goes into the log of whoever runs me.")


_CHANNELS = mark(
    "-# Where I read a channel, I say so there: what is written in it is quoted, without names. `/forget-me` removes "
    "what you wrote there, and from then on I skip what you write."
)


_QUOTED_NO_MORE = mark("I no longer quote your messages.")

_STILL_QUOTED = mark("Messages of yours that were quoted are removed; some may be quoted until the next rebuild.")

_PENDING = mark("Some messages of yours could not be removed just now: I keep trying, and may quote them until then.")


class Quoted(Enum):
    """Whether messages of somebody who is forgotten are still quoted."""

    NOT = auto()
    LATE = auto()
    """The index could not be built without them."""
    PENDING = auto()
    """Some could not be removed yet."""


_QUOTED = {Quoted.NOT: _QUOTED_NO_MORE, Quoted.LATE: _STILL_QUOTED, Quoted.PENDING: _PENDING}


@dataclass(frozen=True, slots=True)
class Kept:
    """What the settings have kept: questions and votes for some `days` (0: not at all), and what goes beyond these."""

    days: int
    unasked_words: bool = False
    """Whether questions are kept that nobody put to the bot, and that it found nothing for."""
    log: bool = False
    """Whether the log holds what is asked."""
    channels: bool = False
    """Whether any channels are read as documents."""


def privacy_card(kept: Kept) -> discord.ui.LayoutView:
    """Return what is kept about whoever asks, where, and for how long."""
    others = say(_UNASKED if kept.unasked_words else _POINTED_AT)
    summary = say(_KEPT, days=words.days(kept.days), others=others) if kept.days else say(_NOTHING)
    notes = [*([_LOGGED] if kept.log else []), *([_CHANNELS] if kept.channels else []), _MANAGERS]
    return card([text(summary), *(text(say(note)) for note in notes)], colours.PLAIN)


def forgotten_card(  # noqa: PLR0913 -- how much of each
    questions: int, votes: int, waiting: int = 0, *, answers: int = 0, posts: int = 0, quoted: Quoted = Quoted.NOT
) -> discord.ui.LayoutView:
    """Return how much was removed; `waiting` questions were to be answered later, `answers` kept messages.

    `posts` are those that were solved. `quoted` says what of those messages is still quoted.
    """
    later_notes = [text(say(_QUOTED[quoted]))] if answers or quoted is Quoted.PENDING else []
    later_notes += [text(say("I no longer link to your solved posts."))] if posts else []
    if not (questions or votes or waiting):
        return card(later_notes or [text(say("Nothing was kept of you."))], colours.PLAIN)
    removed = say(
        "All that was kept of you is removed: {questions} and {votes}.",
        questions=words.questions(questions),
        votes=words.votes(votes),
    )
    later = [text(say("I will no longer tell you when the documents have an answer."))] if waiting else []
    return card([text(removed), *later, *later_notes], colours.PLAIN)
