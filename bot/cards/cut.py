"""Cutting pieces to a room: at the end of a word, with fences closed, and said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.cards.blocks import Bar, render
from bot.cards.layout import length
from bot.cards.piece import Pieces, shortened, size
from bot.localisation.catalogue import say, say_count
from index.records import BlockKind

NOTE_ROOM = 60
"""Characters that the note on what was cut takes at most."""

WINDOW = 4
"""Characters of a text that are looked at for each that there is room for: those without width are dropped."""

_WORD = 100
"""A longer run without a blank is cut inside."""

_GUESSES = 24
_CLOSE = 0.95
"""The share of a room from which on it counts as filled."""

_BLANK = re.compile(r"\s")
_INSIDE = {"Mn", "Me", "Mc", "Cf", "Sk"}
"""Kinds of character that belong to the one before: marks, joiners, skin tones."""


def fitted(pieces: Pieces, bar: Bar, room: int, more: str) -> str:
    """Return pieces as Markdown of at most `room` characters; where some had to go, the last line says how much.

    `more` names the button that shows the rest. `room` must hold the note at least (`NOTE_ROOM`).
    """
    window = shortened(pieces, WINDOW * room)
    if size(window) == size(pieces):
        whole = render(window, bar)
        if length(whole) <= room:
            return whole or say("-# (nothing to be seen)")

    def taken(end: int) -> int:
        return length(render(shortened(window, end), bar))

    left = room - NOTE_ROOM
    end = kept_end(taken, _good_end(window, most_within(taken, left, size(window))), left)
    cut = size(pieces) - end
    note = say_count("-# … ({n} character more: {more})", "-# … ({n} characters more: {more})", cut, more=more)
    return "\n".join(part for part in (render(shortened(window, end), bar), note) if part)


def most_within(taken: Callable[[int], int], room: int, most: int) -> int:
    """Return a number up to `most` of which `taken` is within `room`, and close to it; of 0 it must be.

    `taken` is about proportional, so that a few guesses find it: Markdown is costly to make. Where they do not, as
    where white space of no width comes in one heap, the range is halved.
    """
    low, high, guess = 0, most + 1, min(most, room)
    for tried in range(_GUESSES):
        used = taken(guess)
        if used <= room:
            low = guess
            if used >= _CLOSE * room:
                break
        else:
            high = guess
        if high - low <= 1:
            break
        guess = guess * room // max(used, 1) if tried % 3 < 2 else (low + high) // 2  # noqa: PLR2004 -- two of three
        guess = min(max(guess, low + 1), high - 1)
    return low


def kept_end(taken: Callable[[int], int], end: int, room: int) -> int:
    """Return `end`, or less where that is not within `room`: a table takes more room whole than its last row cut."""
    while end and taken(end) > room:
        end = end * 3 // 4
    return end


def end_of_line(text: str, start: int, at: int) -> int | None:
    """Return the last end of a line in the second half of `start` to `at`."""
    end = text.rfind("\n", (start + at) // 2, at)
    return end if end > start else None


def end_of_word(text: str, at: int) -> int:
    """Return the end of the last whole word before `at`, or `at` where that is one already or none is near."""
    if at >= len(text) or _BLANK.match(text, at):
        return at
    blank = next((i for i in range(at - 1, max(at - _WORD, 0), -1) if _BLANK.match(text[i])), 0)
    return blank or _between_characters(text, at)


def start_of_word(text: str, at: int) -> int:
    """Return the start of the next whole word after `at`, or `at` where that is one already or none is near."""
    if at <= 0 or _BLANK.match(text, at - 1):
        return at
    blank = _BLANK.search(text, at, at + _WORD)
    return blank.end() if blank else _between_characters(text, at)


def _good_end(pieces: Pieces, at: int) -> int:
    """Return the last place up to `at` that pieces may be cut at: the end of a word, in code that of a line."""
    before = 0
    for piece in pieces:
        inside = at - before
        if inside <= len(piece.text):
            line = end_of_line(piece.text, 0, inside) if piece.kind is BlockKind.CODE else None
            return before + (line or end_of_word(piece.text, inside))
        before += len(piece.text)
    return at


def _between_characters(text: str, at: int) -> int:
    """Return `at`, or the nearest place before it that does not part a character from its marks."""
    nearest = max(at - _WORD, 1)
    while at > nearest and (unicodedata.category(text[at]) in _INSIDE or text[at - 1] == "\u200d"):
        at -= 1
    return at
