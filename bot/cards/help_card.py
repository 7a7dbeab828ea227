"""What `/help` shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord

from bot.cards import colours
from bot.cards.escape import escape_line
from bot.cards.layout import card, text
from bot.localisation import words
from bot.localisation.catalogue import mark, say

DEAF = mark("In channels I understand what is said only where I am mentioned or replied to.")

ALONE = mark("Some documents are for you and not for everybody here: I quote them where you set `private` in `/ask`.")

_LONGEST_EXAMPLE = 120

Command = Callable[[str], str]
"""Returns what leads to a command, by its name."""


def help_card(
    examples: Sequence[str], documents: int, kept_days: int, command: Command, notes: Sequence[str] = ()
) -> discord.ui.LayoutView:
    """Return the card; `examples` are questions that the `documents` may answer.

    `kept_days` is how long questions and votes are kept; `notes` are `DEAF`, `ALONE`.
    """
    how = say(
        "**What can be asked here**\nUse {ask}, mention me, reply to one of my answers, or write to me in private. I "
        "answer from {documents} ({list}), word for word, and say so where I find nothing. *Answer this* in a "
        "message's menu, under *Apps*, does it for what somebody else wrote. React with 🗑 to an answer "
        "of yours to remove it.",
        ask=command("ask"),
        documents=words.documents(documents),
        list=command("source list"),
    )
    listed = [f"- {escape_line(example, _LONGEST_EXAMPLE)}" for example in examples]
    parts = [how, *([say("**For example**") + "\n" + "\n".join(listed)] if listed else []), *map(say, notes)]
    return card([*map(text, parts), text(f"-# {_privacy(kept_days, command)}")], colours.PLAIN)


def _privacy(days: int, command: Command) -> str:
    if not days:
        return say("Questions and answers are not stored, and leave this bot's machine for Discord alone.")
    return say(
        "Your questions and thumbs are kept for {days} with a hash in place of your name: {privacy} says more, "
        "{forget} removes them.",
        days=words.days(days),
        privacy=command("privacy"),
        forget=command("forget-me"),
    )
