"""Cutting pieces to a room: at the end of a word, with fences closed, and said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.card.blocks import Bar, render
from bot.card.layout import length
from bot.card.piece import Pieces, shortened, size
from bot.words import count
from index.records import BlockKind

NOTE_ROOM = 60
"""Characters that the note on what was cut takes at most."""

WINDOW = 4
"""Characters of a text that are looked at for each that there is room for: those without width are dropped."""

_WORD = 100
"""A longer run without a blank is cut inside."""

_BLANK = re.compile(r"\s")
_INSIDE = {"Mn", "Me", "Mc", "Cf", "Sk"}
"""Kinds of character that belong to the one before: marks, joiners, skin tones."""


def fitted(pieces: Pieces, bar: Bar, room: int, more: str) -> str:
    """Return pieces as Markdown of at most `room` characters; where some had to go, the last line says how much.

    `more` names the button that shows the rest. `room` must hold the note at least (`NOTE_ROOM`).
    """
    kept = shortened(pieces, WINDOW * room)
    if size(kept) == size(pieces):
        whole = render(kept, bar)
        if length(whole) <= room:
            return whole or "-# (nothing to be seen)"

    def fits(end: int) -> bool:
        return length(render(shortened(kept, end), bar)) <= room - NOTE_ROOM

    end = kept_end(fits, _good_end(kept, largest(fits, size(kept))))
    note = f"-# … ({count(size(pieces) - end, 'character')} more: {more})"
    return "\n".join(part for part in (render(shortened(kept, end), bar), note) if part)


def largest(fits: Callable[[int], bool], most: int) -> int:
    """Return the largest number up to `most` that fits; 0 must."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def kept_end(fits: Callable[[int], bool], end: int) -> int:
    """Return `end`, or less where that does not fit: a table takes more room whole than with its last row cut."""
    while end and not fits(end):
        end = end * 3 // 4
    return end


def end_of_line(text: str, start: int, at: int) -> int | None:
    """Return the last end of a line in the second half of `start` to `at`."""
    found = text.rfind("\n", (start + at) // 2, at)
    return found if found > start else None


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
    found = _BLANK.search(text, at, at + _WORD)
    return found.end() if found else _between_characters(text, at)


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
