"""The card of *Check this*: each statement of a message, and what the passage that comes closest says to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import discord

from bot.cards import colours, press
from bot.cards.answer_card import reference_to
from bot.cards.buttons import Share, ShowContext, parse
from bot.cards.citation import citation
from bot.cards.escape import escape_line
from bot.cards.layout import Item, card, text, texts_of
from bot.cards.reference import Reference
from bot.localisation.catalogue import LANGUAGES, mark, say, translated
from index.support.verdict import Checked, Verdict

MOST_STATEMENTS = 4
_HEAD = mark(
    "**Held against the documents**\n-# A small model compares, and says something only where it is nearly certain. It "
    "can be wrong, and knows English alone: read the passages."
)
_SAYS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.SUPPORTS: mark("✅ A passage supports this:"),
        Verdict.AGAINST: mark("❌ A passage speaks against this:"),
        Verdict.OPEN: mark("-# The closest passage; whether it supports this is for you to read:"),
    }
)
_SHARE = mark("Share")
_SHARED = mark("-# Shared by {name}, who had it checked.")
_NOTHING = mark("-# Nothing found.")
_LONGEST_STATEMENT = 150
_LONGEST_PASSAGE = 300
_LONGEST_NAME = 60
_FEWEST_WORDS = 3
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n|$|[.!?])")


def statements_in(said: str) -> list[str]:
    """Return the sentences of a message that may state something: no questions, and nothing of a word or two."""
    sentences = (" ".join(part.split()) for part in _SENTENCE.findall(said[:4000]))
    return [sentence for sentence in sentences if not sentence.endswith("?") and len(sentence.split()) >= _FEWEST_WORDS]


def check_card(checked: Sequence[tuple[str, Checked]], left: int = 0) -> discord.ui.LayoutView:
    """Return the statements, each with what was found for it; `left` statements were not looked at."""
    items: list[Item] = [text(say(_HEAD))]
    buttons: list[tuple[str, ShowContext]] = []  # one for every passage: by them it is told who may see the card
    for number, (statement, result) in enumerate(checked, 1):
        quote = result.quote
        said = f"{number}\\. “{escape_line(statement, _LONGEST_STATEMENT)}”"
        if quote is None:
            items.append(text(f"{said}\n{say(_NOTHING)}"))
            continue
        says = say(_SAYS[result.verdict])
        items.append(text(f"{said}\n{says}\n> {escape_line(quote.text, _LONGEST_PASSAGE)}\n{citation(quote)}"))
        shows = ShowContext(reference_to(quote))
        if shows not in [other for _, other in buttons]:
            buttons.append((_context(number), shows))
    if left > 0:
        items.append(text(say("-# Further statements that were not looked at: {n}", n=left)))
    contexts = press.rows(*(press.button(label, shows) for label, shows in buttons))
    return card([*items, *contexts, *press.rows(press.button(say(_SHARE), Share()))], colours.PLAIN)


def quotes_on(view: discord.ui.LayoutView) -> list[Reference] | None:
    """Return the passages on a card, by the buttons that show their context; None where it is another kind of card."""
    heads = {_HEAD, *(translated(_HEAD, language) for language in LANGUAGES)}
    if not heads.intersection(texts_of(view)):
        return None
    ids = (item.custom_id or "" for item in view.walk_children() if isinstance(item, discord.ui.Button))
    return [pressed.quote for custom_id in ids if isinstance(pressed := parse(custom_id), ShowContext)]


def shared(view: discord.ui.LayoutView, name: str) -> discord.ui.LayoutView:
    """Return a card as it is shown to everybody: without the button that shares it, and with who shared it."""
    buttons = [item for item in view.walk_children() if isinstance(item, discord.ui.Button)]
    contexts = [
        press.button(button.label or "", pressed)
        for button in buttons
        if isinstance(pressed := parse(button.custom_id or ""), ShowContext)
    ]
    by = say(_SHARED, name=escape_line(name, _LONGEST_NAME))
    return card([*map(text, texts_of(view)), text(by), *press.rows(*contexts)], colours.PLAIN)


def _context(number: int) -> str:
    context = say("Context")
    return f"{context} {number}"
