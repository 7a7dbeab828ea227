"""The numbers of ordered lists, as a page shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.read.html.events import Page
from index.read.html.list_styles import ListStyles, Piece

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|lower-alpha|lower-latin|upper-alpha|upper-latin"
                    r"|lower-roman|upper-roman|decimal)\b", re.IGNORECASE)  # fmt: skip
_TYPES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
    "none": "none",
}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 4000


@dataclass(slots=True)
class OpenList:
    """A list that is open: the number of its next item, how they go on, and the style; "" where it has no numbers."""

    style: str = ""
    number: int = 1
    step: int = 1
    pieces: Sequence[Piece] = ()
    counter: str = ""
    above: Sequence[OpenList] = ()
    counted: dict[str, int] = field(default_factory=dict)
    last: int = 0

    def item(self, attrs: dict[str, str]) -> str:
        """Return the mark of the next item, "3. " for one."""
        if not self.style and not self.pieces:
            return ""
        self.number = self.last = _number(attrs.get("value"), self.number)
        if self.pieces:
            self.number += self.step
            self.counted[self.counter] = self.last
            return " ".join("".join(map(self._shown, self.pieces)).split()) + " "
        style = attrs.get("type") or self.style
        mark = f"{_written(self.number, style)}. " if style != "none" else ""
        self.number += self.step
        return mark

    def _shown(self, piece: Piece) -> str:
        """Return a piece of a mark: text, or the values of a counter, of this list or of those around it."""
        if not piece.counter:
            return piece.text
        counted = [one.last for one in (*self.above, self) if one.counter == piece.counter]
        counted = counted or [self.counted[piece.counter]] if piece.counter in self.counted else counted
        values = [_written(value, _TYPES.get(piece.style.lower(), "1")) for value in counted]
        return (values or [""])[-1] if piece.apart is None else piece.apart.join(values)


def opened(page: Page, number: int, styles: ListStyles, above: Sequence[OpenList]) -> OpenList:
    """Return the list that an element begins inside others, as it and the sheets of its page say."""
    element = page.elements[number]
    if element.tag != "ol":
        return OpenList()
    style = _STYLE.search(element.attrs.get("style", ""))
    named = style[1] if style else None if element.attrs.get("type") else styles.style(number)
    kind = _TYPES.get(named.lower(), "1") if named else element.attrs.get("type") or "1"
    is_reversed = "reversed" in element.attrs
    start = page.items[number] if is_reversed else 1
    pieces = styles.pieces(number) if kind == "none" else []
    counter = next((piece.counter for piece in reversed(pieces) if piece.counter), "")
    return OpenList(
        kind,
        _number(element.attrs.get("start"), start),
        -1 if is_reversed else 1,
        pieces,
        (styles.counter(number) or counter) if pieces else "",
        tuple(above),
        styles.last,
    )


def _number(written: str | None, otherwise: int) -> int:
    match = _NUMBER.fullmatch((written or "").strip())
    return int(match[0]) if match else otherwise


def _written(number: int, style: str) -> str:
    if style in {"a", "A"} and number > 0:
        return letters(number) if style == "a" else letters(number).upper()
    if style in {"i", "I"} and 0 < number < _MOST_ROMAN:
        return _roman(number) if style == "i" else _roman(number).upper()
    return str(number)


def letters(number: int) -> str:
    """Return a number from 1 on as lists with letters have it: a to z, aa, ab."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    written = ""
    for value, numeral in (*_ROMAN, *_ROMAN_ONES):
        count, number = divmod(number, value)
        written += numeral * count
    return written
