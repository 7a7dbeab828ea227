"""Which cells of an Excel worksheet something else than their own styles may colour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_PART = 1024 * 1024
_TABLES_AND_PICTURES = (b"tablePart", b"<picture", b":picture")
_CONDITIONS = b"conditionalFormatting"
_MARKS = (*_TABLES_AND_PICTURES, _CONDITIONS)
_LONGEST_MARK = 32
_OPENED = re.compile(rb"<(?:\w+:)?conditionalFormatting\b([^<>]*)>")
_PLACE = re.compile(rb"""\bsqref\s*=\s*["']([^"']*)["']""")
_PLACE_BELOW = re.compile(rb"<(?:\w+:)?sqref>([^<]*)<")
_RANGE = re.compile(r"\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?")
_LONGEST = 8 * 1024 * 1024
_MOST_RANGES = 500
"""What says more of conditions, in bytes or in ranges, is taken to speak of all cells."""

_LAST = 2**20

Range = tuple[int, int, int, int]
"""First row and column, and last, from 1."""


@dataclass(frozen=True, slots=True)
class Coloured:
    """Cells that conditions may colour, or all of a sheet."""

    everywhere: bool
    ranges: tuple[Range, ...] = ()

    def holds(self, row: int, column: int) -> bool:
        """Return whether a cell is among them."""
        return self.everywhere or any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.ranges
        )


def coloured_in(sheet: Any) -> Coloured:
    """Return the cells that conditions colour: all of a sheet that has tables or pictures."""
    rest = _after_cells(sheet)
    if len(rest) > _LONGEST or any(mark in rest for mark in _TABLES_AND_PICTURES):
        return Coloured(everywhere=True)
    ranges: list[Range] = []
    for condition in _OPENED.finditer(rest):
        place = _PLACE.search(condition[1]) or _PLACE_BELOW.search(rest, condition.end())
        found = [_range(written) for written in (place[1] if place else b"?").decode("ascii", "replace").split()]
        ranges += [one for one in found if one is not None]
        if None in found or len(ranges) > _MOST_RANGES:
            return Coloured(everywhere=True)
    return Coloured(everywhere=False, ranges=tuple(ranges))


def _after_cells(sheet: Any) -> bytes:
    """Return a worksheet's part from the first mark of conditions, tables or pictures on, or nothing."""
    before = b""
    with sheet._get_source() as source:  # noqa: SLF001 # what the cells' own styles do not say
        while part := source.read(_PART):
            seen = before + part
            places = [at for mark in _MARKS if (at := seen.find(mark)) >= 0]
            if places:
                rest: bytes = seen[max(0, min(places) - _LONGEST_MARK) :] + source.read(_LONGEST)
                return rest
            before = part[-2 * _LONGEST_MARK :]
    return b""


def _range(written: str) -> Range | None:
    match = _RANGE.fullmatch(written)
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    if match[0].find(":") < 0:
        right, bottom = left, top
    return int(top or 1), _column(left, 1), int(bottom or _LAST), _column(right, _LAST)


def _column(letters: str, otherwise: int) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number or otherwise
