"""What the bot says when it comes to a server."""

from __future__ import annotations

from collections.abc import Callable

import discord

from bot.cards import colours
from bot.cards.layout import card, text
from bot.localisation import words
from bot.localisation.catalogue import say


def hello_card(documents: int, command: Callable[[str], str]) -> discord.ui.LayoutView:
    """Return the card; `command` returns what leads to a command, by its name."""
    greeting = say(
        "**Hello!** I answer questions from {documents}, word for word, and say so where I find nothing. Use {ask} or "
        "mention me; {help} says more. Those who manage this server set with {settings} where and how I answer.",
        documents=words.documents(documents),
        ask=command("ask"),
        help=command("help"),
        settings=command("settings"),
    )
    return card([text(greeting)], colours.PLAIN)
