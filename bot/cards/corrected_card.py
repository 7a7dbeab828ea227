"""A card whose quotes are put right: the old words struck through, the new ones with their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import discord

from bot.cards.blocks import Bar
from bot.cards.buttons import ShowContext, Vote
from bot.cards.changed import Change
from bot.cards.citation import citation
from bot.cards.custom_ids import custom_id, parse
from bot.cards.cut import fitted
from bot.cards.escape import escape_line
from bot.cards.layout import MOST_TEXT, length, texts_of
from bot.cards.levels import CLOSINGS
from bot.cards.piece import pieces_between
from bot.cards.reference import Location, Reference, decode
from bot.cards.where import where
from bot.cards.written import MARK
from bot.insight.cards import ShownQuote
from bot.localisation.catalogue import LANGUAGES, mark, say, translated
from index.records import Quote

_LONGEST_OLD = 300
_ROOM_LEFT = 100
_LEAST = 200
_SMALL = "-# "
_STRUCK = "~~"
_CONTEXT = mark("Context")
_MARKS = re.compile(r"^(?:> )?(?:- )?|\*\*|```|\\(?=[^\w\s])")
"""What `bot/cards/blocks.py` adds to the words of a quote."""

Display = discord.ui.TextDisplay[discord.ui.LayoutView]


class NotOurCardError(ValueError):
    """A message is not the card that was expected: it is left as it is."""


def corrected(
    message: discord.Message, shown_quotes: Sequence[ShownQuote], changes: Mapping[int, Change], changed: str
) -> discord.ui.LayoutView:
    """Return the view of a message with its changed quotes put right.

    `shown_quotes` are the quotes on it in order, of which those at `changes` have changed; `changed` is the day on
    which they did. Raises `NotOurCardError` where the message does not show these quotes.
    """
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()  # its buttons are heard by their custom_id
    quotes = _quotes_on(view, len(shown_quotes))
    if not quotes:
        raise NotOurCardError(message.id)
    displays = _displays(view)
    for display in displays:
        if display.content.startswith(MARK):  # it cites what is no longer there
            display.content = say("-# What was written here cited words that have changed.")
    changing = [quotes[at] for at in changes]
    others = sum(length(display.content) for display in displays if display not in changing)
    room = max((MOST_TEXT - _ROOM_LEFT - others) // len(changes), 2 * _LEAST)
    for at, change in changes.items():
        number = at + 1 if len(shown_quotes) > 1 else None
        quotes[at].content = _changed_quote(quotes[at].content, change, changed, number, room)
    _renew(view, {shown_quotes[at].reference: change for at, change in changes.items()})
    return view


def words_on(message: discord.Message, count: int) -> list[str]:
    """Return the words of each of `count` quotes as a card shows them; none where it does not show so many."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()
    return [_words(display.content) for display in _quotes_on(view, count)]


def texts_on(message: discord.Message) -> list[str]:
    """Return the texts that a card shows."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()
    return texts_of(view)


def language_on(message: discord.Message) -> str | None:
    """Return the language that an answer's card is in, by how it ends; None where that cannot be told."""
    lines = {line for content in texts_on(message) for line in content.splitlines()}
    return next(
        (code for code in LANGUAGES for text in CLOSINGS if f"{_SMALL}{translated(text, code) or text}" in lines), None
    )


def _displays(view: discord.ui.LayoutView) -> list[Display]:
    return [item for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def _quotes_on(view: discord.ui.LayoutView, count: int) -> list[Display]:
    """Return what shows the `count` quotes of a card, each with its citation; nothing where it does not show them."""
    quotes = _displays(view)[-count - 1 : -1]
    return quotes if len(quotes) == count and all(_SMALL in display.content for display in quotes) else []


def _changed_quote(before: str, change: Change, changed: str, number: int | None, room: int) -> str:
    """Return what is shown in place of a quote and its citation."""
    old = escape_line(change.old or _words(before), _LONGEST_OLD)
    struck = f"{_STRUCK}{old}{_STRUCK}" if old else _struck_on(before)
    if change.new is None:
        gone = say("-# The documents no longer say this, since {day}.", day=changed)
        return f"{struck}\n{gone}"
    quote = _quote(change.new)
    on_day = say("-# The text changed on {day}.", day=changed)
    cited = f"{citation(quote, number)}\n{on_day}"
    left = max(room - length(struck) - length(cited) - 2, _LEAST)
    new = fitted(pieces_between(change.new.document, quote.start, quote.end), Bar.PROSE, left, say(_CONTEXT))
    return f"{struck}\n{new}\n{cited}"


def _struck_on(markdown: str) -> str:
    """Return what is struck through already, where nothing else is left of a quote."""
    return next((line for line in markdown.splitlines() if line.startswith(_STRUCK)), "")


def _words(markdown: str) -> str:
    """Return the words of a quote out of what a card shows of it, without Markdown and on one line."""
    body = [line for line in markdown.splitlines() if not line.startswith((_SMALL, _STRUCK))]
    return " ".join(" ".join(_MARKS.sub("", line) for line in body).split())


def _quote(place: Location) -> Quote:
    document = place.document
    section, _ = where(document, place.start, place.end)
    first, last = document.place(place.start), document.place(max(place.end - 1, place.start))
    text = document.text[place.start : place.end]
    lines = (first.line, last.line)
    named = (document.source, document.title, section, first.page, lines, place.start, place.end, text, document.url)
    return Quote(*named, score=0.0, date=document.own_date, version=document.version)


def _renew(view: discord.ui.LayoutView, changes: Mapping[str, Change]) -> None:
    """Have buttons and selects lead to the new words."""
    renewed = {decode(old): decode(change.shown.reference) for old, change in changes.items()}
    for item in view.walk_children():
        if isinstance(item, discord.ui.Button) and item.custom_id:
            item.custom_id = _renewed(item.custom_id, renewed)
        elif isinstance(item, discord.ui.Select):
            for option in item.options:
                option.value = _renewed(option.value, renewed)


def _renewed(old_id: str, renewed: Mapping[Reference | None, Reference | None]) -> str:
    match parse(old_id):
        case ShowContext(quote, at, _) if (new := renewed.get(quote)) is not None:
            return custom_id(ShowContext(new, at))
        case Vote(up, question, quote) if quote is not None and (new := renewed.get(quote)) is not None:
            return custom_id(Vote(up, question, new))
        case _:
            return old_id
