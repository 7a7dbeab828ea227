"""The card of *Check this*: each statement of a message, and what the passage that comes closest says to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import discord

from bot.cards import colours, press
from bot.cards.answer_card import reference_to
from bot.cards.buttons import Share, ShowContext
from bot.cards.citation import citation
from bot.cards.custom_ids import parse
from bot.cards.escape import escape_line
from bot.cards.layout import MOST_TEXT, Item, card, length, text, texts_of
from bot.cards.reference import Reference
from bot.localisation.catalogue import LANGUAGES, mark, say, translated
from index.support.verdict import Checked, Verdict

MOST_CARDS = 5
"""Discord lets an app that somebody has brought along add so many messages to what they asked for."""

MOST_STATEMENTS = 24
"""What five cards hold where statements and passages are as long as they are shown."""

_MOST_ON_CARD = 8
_ROOM = MOST_TEXT - 500
"""Characters of the statements on a card: the others are for what stands above and below them."""

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


def statements_in(message: str) -> list[str]:
    """Return the sentences of a message that may state something: no questions, and nothing of a word or two."""
    sentences = (" ".join(part.split()) for part in _SENTENCE.findall(message[:4000]))
    return [sentence for sentence in sentences if not sentence.endswith("?") and len(sentence.split()) >= _FEWEST_WORDS]


def check_cards(checked: Sequence[tuple[str, Checked]], left: int = 0) -> list[discord.ui.LayoutView]:
    """Return the statements, each with what was found for it, on as few cards as hold them: at most `MOST_CARDS`.

    `left` statements were not looked at.
    """
    parts: list[list[_Entry]] = [[]]
    for number, (statement, result) in enumerate(checked, 1):
        entry = _Entry(number, _entry_text(number, statement, result), result)
        filled = sum(length(other.text) for other in parts[-1]) + length(entry.text)
        if len(parts[-1]) == _MOST_ON_CARD or (parts[-1] and filled > _ROOM):
            parts.append([])
        parts[-1].append(entry)
    left += sum(map(len, parts[MOST_CARDS:]))
    listed = parts[:MOST_CARDS]
    return [_card(part, left if part is listed[-1] else 0) for part in listed]


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    text: str
    result: Checked


def _entry_text(number: int, statement: str, result: Checked) -> str:
    head = f"{number}\\. “{escape_line(statement, _LONGEST_STATEMENT)}”"
    if result.quote is None:
        return f"{head}\n{say(_NOTHING)}"
    passage = escape_line(result.quote.text, _LONGEST_PASSAGE)
    return f"{head}\n{say(_SAYS[result.verdict])}\n> {passage}\n{citation(result.quote)}"


def _card(entries: Sequence[_Entry], left: int) -> discord.ui.LayoutView:
    buttons: dict[ShowContext, str] = {}  # one for every passage: by them it is told who may see the card
    for entry in entries:
        if entry.result.quote is not None:
            buttons.setdefault(ShowContext(reference_to(entry.result.quote)), _context(entry.number))
    items: list[Item] = [text(say(_HEAD)), *(text(entry.text) for entry in entries)]
    if left > 0:
        items.append(text(say("-# Further statements that were not looked at: {n}", n=left)))
    contexts = press.rows(*(press.button(label, shows) for shows, label in buttons.items()))
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
