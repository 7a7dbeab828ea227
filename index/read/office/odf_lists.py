"""The numbers before the paragraphs and headings of an OpenDocument text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.read.numerals import numeral
from index.read.office.odf_package import STYLE, TEXT
from index.read.office.word_xml import number

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_LEVELS = 10
_NUMERALS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLACE = re.compile(r"%(\d{1,2})%")
_NO_ID = "-"
"""What no list has as its id."""

_ID = "{http://www.w3.org/XML/1998/namespace}id"

Counts = list[int | None]


class Lists:
    """The list styles of a document, and how far its lists have counted."""

    def __init__(self, roots: list[_Element]) -> None:
        """Take the styles from the parts' roots."""
        self._styles: dict[str, _Element] = {}
        self._outline: _Element | None = None
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                self._styles.setdefault(style.get(f"{STYLE}name") or "", style)
            self._outline = next(root.iter(f"{TEXT}outline-style"), self._outline)
        self._headings: Counts = [None] * _LEVELS
        self._last: dict[str, Counts] = {}
        self._by_id: dict[str, Counts] = {}

    def begun(self, element: _Element, style: str) -> Counts:
        """Return the counts of an outermost list, those of an earlier one where it goes on with that."""
        counts: Counts | None = None
        if element.get(f"{TEXT}continue-numbering") == "true":
            counts = self._last.get(style)
        counts = self._by_id.get(element.get(f"{TEXT}continue-list", _NO_ID), counts)
        counts = [None] * _LEVELS if counts is None else counts
        self._last[style] = counts
        self._by_id[element.get(_ID, "")] = counts
        return counts

    def label(self, style: str, counts: Counts, depth: int, start: str | None) -> str:
        """Count an item of a list of a style, `depth` from 0; return its number with a space, "" for a bullet."""
        return _counted(_levels(self._styles.get(style)), counts, min(depth, _LEVELS - 1), start)

    def heading(self, level: int, start: str | None) -> str:
        """Count a heading of a level, outermost 1; return its number with a space, "" where none are shown."""
        return _counted(_levels(self._outline), self._headings, max(0, min(level, _LEVELS) - 1), start)


def _levels(style: _Element | None) -> dict[int, _Element]:
    levels = style if style is not None else ()
    return {(number(level.get(f"{TEXT}level"), 1) or 1) - 1: level for level in levels if isinstance(level.tag, str)}


def _counted(levels: dict[int, _Element], counts: Counts, at: int, start: str | None) -> str:
    reached = counts[at]
    first = number(start)
    if first is None:
        first = _start(levels, at) if reached is None else reached + 1
    counts[at] = first
    counts[at + 1 :] = [None] * (_LEVELS - at - 1)
    level = levels.get(at)
    if level is None or not level.tag.endswith(("list-level-style-number", "outline-level-style")):
        return ""
    if not _NUMERALS.get(level.get(f"{STYLE}num-format") or ""):
        return ""
    return f"{_shown(levels, counts, at, level)} "


def _start(levels: dict[int, _Element], at: int) -> int:
    start = None if at not in levels else number(levels[at].get(f"{TEXT}start-value"))
    return 1 if start is None else start


def _shown(levels: dict[int, _Element], counts: Counts, at: int, level: _Element) -> str:
    pattern = next((str(value) for name, value in level.attrib.items() if str(name).endswith("}num-list-format")), None)
    if pattern is None:
        above = number(level.get(f"{TEXT}display-levels"), 1) or 1
        places = (f"%{place + 1}%" for place in range(max(0, at + 1 - above), at + 1))
        pattern = f"{level.get(f'{STYLE}num-prefix') or ''}{'.'.join(places)}{level.get(f'{STYLE}num-suffix') or ''}"

    def place(match: re.Match[str]) -> str:
        spot = int(match[1]) - 1
        if spot not in levels or spot >= _LEVELS:
            return ""
        reached = counts[spot]
        kind = _NUMERALS.get(levels[spot].get(f"{STYLE}num-format") or "", "none")
        return numeral(_start(levels, spot) if reached is None else reached, kind)

    return _PLACE.sub(place, pattern).strip()
