"""The numbers before a Word document's paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.read.numerals import IN_ENGLISH, numeral
from index.read.office.word_styles import Styles
from index.read.office.word_xml import W, number, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_LEVELS = 9
_PLACE = re.compile("%([1-9])")
_LEGAL = frozenset(["none", "decimalZero"])
"""Numerals that stay as they are where a level shows all others as decimal: Word's own list has "Section 1.01"."""
_SEPARATORS = {"nothing": "", "space": " ", "tab": " "}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    numerals: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    separator: str = " "
    hidden: bool = False
    style: str | None = None


@dataclass
class _List:
    """A list as `w:num` makes it: its levels, and what it counts with."""

    counter: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


@dataclass
class _Counter:
    """The numbers reached at each level; None where the next paragraph is the first."""

    at: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The lists of a document, which count as their paragraphs come."""

    def __init__(self, root: _Element | None, styles: Styles, *, in_english: bool) -> None:
        """Take them from the root of `numbering.xml`, if there is one; number words are shown in English alone."""
        self._styles = styles
        self._in_english = in_english
        self._abstract: dict[str, _Element] = {}
        self._nums: dict[str, _Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, _Counter] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in root.iterfind(f"{W}abstractNum") if root is not None else ():
            self._abstract.setdefault(element.get(f"{W}abstractNumId") or "", element)
        for element in root.iterfind(f"{W}num") if root is not None else ():
            self._nums.setdefault(element.get(f"{W}numId") or "", element)

    def label(self, properties: _Element | None) -> str | None:
        """Count a paragraph; return what Word shows before it, with the space after it.

        "" stands for a bullet or a number that is not shown, None for a paragraph that is in no list.
        """
        list_id, level, styles = self._styles.numbering(properties)
        numbered_list = self._list(list_id) if list_id is not None and list_id != "0" else None
        if numbered_list is None or list_id is None:
            return None
        at = _level_of(numbered_list, level, styles)
        counter = self._counter(numbered_list, list_id, at)
        _count(counter, numbered_list.levels, at)
        return _shown(counter, numbered_list.levels, at, in_english=self._in_english)

    def _counter(self, numbered_list: _List, list_id: str, at: int) -> _Counter:
        """Return what a list counts with, begun anew for its first paragraph of a level where it says so."""
        counter = self._counters.setdefault(numbered_list.counter, _Counter())
        if (list_id, at) not in self._begun:
            self._begun.add((list_id, at))
            if at in numbered_list.restarts:
                counter.at[at:] = [None] * (_LEVELS - at)
        return counter

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read(list_id)
        return self._lists[list_id]

    def _read(self, list_id: str) -> _List | None:
        num = self._nums.get(list_id)
        abstract_id = self._abstract_id(list_id)
        if num is None or abstract_id is None:
            return None
        levels = dict(_levels(self._abstract[abstract_id]))
        restarts: dict[int, int] = {}
        for override in num.iterfind(f"{W}lvlOverride"):
            at = _level_number(override)
            levels |= dict(_levels(override))
            start = number(value(override, "startOverride"))
            if start is not None:
                restarts[at] = start
                levels[at] = replace(levels.get(at, _Level()), start=start)
        return _List(abstract_id, levels, restarts)

    def _abstract_id(self, list_id: str, depth: int = 0) -> str | None:
        """Return the id of a list's definition, which may be that of a numbering style."""
        abstract_id = value(self._nums.get(list_id), "abstractNumId")
        if abstract_id is None or abstract_id not in self._abstract:
            return None
        through = self._styles.list_of_style(value(self._abstract[abstract_id], "numStyleLink"))
        if through is None or through == list_id or depth > _LEVELS:
            return abstract_id
        return self._abstract_id(through, depth + 1) or abstract_id


def _level_number(element: _Element) -> int:
    return max(0, min(number(element.get(f"{W}ilvl"), 0) or 0, _LEVELS - 1))


def _levels(element: _Element) -> list[tuple[int, _Level]]:
    return [(_level_number(level), _level(level)) for level in element.iterfind(f"{W}lvl")]


def _level(element: _Element) -> _Level:
    return _Level(
        number(value(element, "start"), 0) or 0,
        value(element, "numFmt") or _custom(element) or "decimal",
        value(element, "lvlText") or "",
        number(value(element, "lvlRestart")),
        bool(switch(element, "isLgl")),
        _SEPARATORS.get(value(element, "suff") or "tab", " "),
        bool(switch(element.find(f"{W}rPr"), "vanish")),
        value(element, "pStyle"),
    )


def _custom(element: _Element) -> str | None:
    """Return the pattern of numerals such as `001, 002, 003, ...`, which Word keeps beside a usual one."""
    formats = [
        number_format for number_format in element.iter(f"{W}numFmt") if number_format.get(f"{W}val") == "custom"
    ]
    return next((number_format.get(f"{W}format") for number_format in formats), None) or value(element, ".//numFmt")


def _level_of(numbered_list: _List, level: int | None, styles: list[str]) -> int:
    if level is None:  # the level that is linked with the paragraph's style
        linked = {definition.style: at for at, definition in numbered_list.levels.items() if definition.style}
        level = next((linked[style] for style in styles if style in linked), 0)
    return max(0, min(level, _LEVELS - 1))


def _count(counter: _Counter, levels: dict[int, _Level], at: int) -> None:
    reached = counter.at[at]
    counter.at[at] = levels.get(at, _Level()).start if reached is None else reached + 1
    for deeper in range(at + 1, _LEVELS):
        restart = levels.get(deeper, _Level()).restart
        if restart is None or at < restart:
            counter.at[deeper] = None


def _shown(counter: _Counter, levels: dict[int, _Level], at: int, *, in_english: bool) -> str:
    level = levels.get(at, _Level())
    if level.numerals == "bullet" or level.hidden:
        return ""

    def place(match: re.Match[str]) -> str:
        above = int(match[1]) - 1
        definition = levels.get(above, _Level())
        reached = counter.at[above]
        count = definition.start if reached is None else reached
        is_kept = not level.legal or definition.numerals in _LEGAL
        is_kept &= in_english or definition.numerals not in IN_ENGLISH
        return numeral(count, definition.numerals if is_kept else "decimal")

    label = _PLACE.sub(place, level.text).strip()
    return f"{label}{level.separator}" if label else ""
