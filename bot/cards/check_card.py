"""The card of *Check this*: each statement of a message with the passage that comes closest."""

from __future__ import annotations

import re
from collections.abc import Sequence

import discord

from bot.cards import colours, press
from bot.cards.answer_card import reference_to
from bot.cards.buttons import ShowContext
from bot.cards.citation import citation
from bot.cards.escape import escape_line
from bot.cards.layout import Item, card, text
from bot.localisation.catalogue import mark, say
from index.records import Quote

MOST_STATEMENTS = 4
_HEAD = mark("**The closest passages**\n-# Whether they support a statement or speak against it is for you to read.")
_NOTHING = mark("-# Nothing found.")
_LONGEST_STATEMENT = 150
_LONGEST_PASSAGE = 300
_FEWEST_WORDS = 3
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n|$|[.!?])")


def statements_in(said: str) -> list[str]:
    """Return the sentences of a message that may state something: no questions, and nothing of a word or two."""
    sentences = (" ".join(part.split()) for part in _SENTENCE.findall(said[:4000]))
    return [one for one in sentences if not one.endswith("?") and len(one.split()) >= _FEWEST_WORDS]


def check_card(checked: Sequence[tuple[str, Quote | None]], left: int = 0) -> discord.ui.LayoutView:
    """Return the statements, each with its closest passage or none; `left` statements were not looked at."""
    items: list[Item] = [text(say(_HEAD))]
    buttons: list[tuple[str, ShowContext]] = []
    for number, (statement, quote) in enumerate(checked, 1):
        said = f"{number}\\. “{escape_line(statement, _LONGEST_STATEMENT)}”"
        if quote is None:
            items.append(text(f"{said}\n{say(_NOTHING)}"))
            continue
        items.append(text(f"{said}\n> {escape_line(quote.text, _LONGEST_PASSAGE)}\n{citation(quote)}"))
        shows = ShowContext(reference_to(quote))
        if shows not in [one for _, one in buttons]:
            buttons.append((_context(number), shows))
    if left > 0:
        items.append(text(say("-# Further statements that were not looked at: {n}", n=left)))
    return card([*items, *press.rows(*(press.button(label, shows) for label, shows in buttons))], colours.PLAIN)


def _context(number: int) -> str:
    context = say("Context")
    return f"{context} {number}"
