"""The card that asks an author whether their message may be kept as an answer."""

from __future__ import annotations

from datetime import date

import discord

from bot.cards import colours, press
from bot.cards.buttons import Agree
from bot.cards.escape import escape_line
from bot.cards.layout import card, text
from bot.cards.reference import short_hash
from bot.localisation import words as words_of
from bot.localisation.catalogue import say

_LONGEST = 1500
_LONGEST_NAME = 100


def wish_hash(question: str, by: str) -> bytes:
    """Return what a button knows by what its card asks for: the question, and in which role the author is named."""
    return short_hash(f"{by}\n{question}")


def consent_card(  # noqa: PLR0913 -- what the author has to know
    message: int, *, server: str, question: str, words: str, by: str, url: str, lapses: date
) -> discord.ui.LayoutView:
    """Return the question to the author of a `message` (its id), with the `words` that would be kept."""
    request = say(
        "**May I keep your message as an answer?**\n"
        "Moderators of {server} would like me to quote it, with a link, to whoever asks “{question}”, as said by {by}, "
        "without your name. If you edit or delete the message, the answer follows; `/forget-me` removes it. Nothing is "
        "kept unless you agree, by {day}.",
        server=escape_line(server, _LONGEST_NAME),
        question=escape_line(question, 2 * _LONGEST_NAME),
        by=escape_line(words_of.role(by), _LONGEST_NAME),
        day=lapses,
    )
    wish = wish_hash(question, by)
    buttons = press.rows(
        press.button(say("Yes, keep it"), Agree(True, message, wish)),
        press.button(say("No"), Agree(False, message, wish)),
    )
    opening = say("open")
    quoted = f"> {escape_line(words, _LONGEST)}\n-# [{opening}]({url})"
    return card([text(request), text(quoted), *buttons], colours.PLAIN)
