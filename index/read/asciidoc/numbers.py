"""The numbers of AsciiDoc's lists, which are letters and Roman ones in lists within lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.read.html.lists import letters
from index.read.numerals import numeral

_BY_DEPTH = ("arabic", "loweralpha", "lowerroman", "upperalpha", "upperroman")
_FORMS = {
    "lowerroman": "lowerRoman",
    "upperroman": "upperRoman",
    "decimal": "decimalZero",
}
_LETTERS = frozenset(["loweralpha", "upperalpha"])
_WRITTEN = frozenset(["<1>", "1.", "a."])
"""Marks of items that are written with their numbers."""

_START = re.compile(r"start\s*=\s*\"?(\d{1,6})")
_STYLE = re.compile(r"\s*\"?(arabic|decimal|loweralpha|upperalpha|lowerroman|upperroman)\b")


@dataclass(slots=True)
class _List:
    mark: str
    style: str
    count: int


class Lists:
    """The lists that are open, the outermost first, and those around the box that is open."""

    def __init__(self) -> None:
        """Begin outside of any list."""
        self._open: list[_List] = []
        self._around: list[list[_List]] = []

    def item(self, mark: str, options: str, *, anew: bool) -> str:
        """Return what stands before the next item: its number where its list has numbers.

        The `options` are the attributes above it; with `anew`, something keeps it apart from a list before it.
        """
        kind = _kind_of(mark)
        at = next((at for at, known in enumerate(self._open) if known.mark == kind), len(self._open))
        del self._open[at + (0 if anew else 1) :]
        if at == len(self._open):
            self._open.append(_List(kind, _style_of(kind, options), _before_first(options)))
        current = self._open[at]
        current.count += 1
        if kind in _WRITTEN:
            return f"{mark.strip('<>').rstrip('.')}. "
        return "" if kind[:1] in "*-:" else f"{_written(current.count, current.style)}. "

    def end(self) -> None:
        """End the lists that are open."""
        self._open = []

    def enter(self) -> None:
        """Begin a box: the lists in it are none of those around it, which go on after it."""
        self._around.append(self._open)
        self._open = []

    def leave(self) -> None:
        """End the box that was begun last."""
        self._open = self._around.pop() if self._around else []


def _written(count: int, style: str) -> str:
    """Return a number as the browsers write it, which go from z to aa and ab, where Word goes to bb."""
    if style in _LETTERS and count > 0:
        return letters(count) if style == "loweralpha" else letters(count).upper()
    return numeral(count, _FORMS.get(style, "decimal"))


def _kind_of(mark: str) -> str:
    """Return the mark that all items of a list have."""
    if mark[:1] in "*-.:" or mark == "<.>":
        return mark
    return "<1>" if mark[:1] == "<" else "1." if mark[:1].isdecimal() else "a."


def _style_of(kind: str, options: str) -> str:
    """Return how a list is numbered: as its attributes say, or by the number of dots before its items."""
    named = _STYLE.match(options)
    return named[1] if named else _BY_DEPTH[len(kind) - 1] if not kind.strip(".") else "arabic"


def _before_first(options: str) -> int:
    start = _START.search(options)
    return int(start[1]) - 1 if start else 0
