"""The numbers of ordered lists, as a page shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.read.html_events import Page

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*[^;]*?\b(none|lower-alpha|lower-latin|upper-alpha|upper-latin"
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

    def item(self, attrs: dict[str, str]) -> str:
        """Return the mark of the next item, "3. " for one."""
        if not self.style:
            return ""
        self.number = _number(attrs.get("value"), self.number)
        style = attrs.get("type") or self.style
        mark = f"{_written(self.number, style)}. " if style != "none" else ""
        self.number += self.step
        return mark


def opened(page: Page, number: int) -> OpenList:
    """Return the list that an element begins."""
    element = page.elements[number]
    if element.tag != "ol":
        return OpenList()
    style = _STYLE.search(element.attrs.get("style", ""))
    kind = _TYPES[style[1].lower()] if style else element.attrs.get("type") or "1"
    is_reversed = "reversed" in element.attrs
    start = page.items[number] if is_reversed else 1
    return OpenList(kind, _number(element.attrs.get("start"), start), -1 if is_reversed else 1)


def _number(written: str | None, otherwise: int) -> int:
    match = _NUMBER.fullmatch((written or "").strip())
    return int(match[0]) if match else otherwise


def _written(number: int, style: str) -> str:
    if style in {"a", "A"} and number > 0:
        return _letters(number) if style == "a" else _letters(number).upper()
    if style in {"i", "I"} and 0 < number < _MOST_ROMAN:
        return _roman(number) if style == "i" else _roman(number).upper()
    return str(number)


def _letters(number: int) -> str:
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
