"""The lines that are drawn across and down a PDF page: rules, and the edges of boxes, as those of a table's cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from index.read.pdf.words import Box

NEAR = 3.0
"""Points: lines that are closer are one, as the borders of two cells beside each other."""

_THIN = 4.0
"""Points: what is lower or narrower is a line, else a box."""

_SHORTEST = 5.0
_LOWEST = 8.0
"""Points: what is lower or narrower, and no line, is no cell, but a box to tick or a bullet."""

_MOST = 400
"""Lines that a page has at most, in each direction, for its tables to be looked for: a drawing has more."""


class Rule(NamedTuple):
    """A line: where it is, up the page or across it, and from where to where it goes; all in points."""

    at: float
    first: float
    last: float

    def covers(self, place: float) -> bool:
        """Return whether the line passes a place."""
        return self.first - NEAR <= place <= self.last + NEAR


class Rules(NamedTuple):
    """The lines of a page: across it, from the lowest, and down it, from the left."""

    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()


NO_RULES = Rules()


_first = attrgetter("first")


def rules_of(boxes: Iterable[Box]) -> Rules:
    """Return the lines that thin boxes are, and that others are edged by."""
    across: list[Rule] = []
    down: list[Rule] = []
    for left, bottom, right, top in boxes:
        wide, high = right - left, top - bottom
        if high <= _THIN and wide >= _SHORTEST:
            across.append(Rule((bottom + top) / 2, left, right))
        elif wide <= _THIN and high >= _SHORTEST:
            down.append(Rule((left + right) / 2, bottom, top))
        elif min(wide, high) > _LOWEST:
            across += [Rule(bottom, left, right), Rule(top, left, right)]
            down += [Rule(left, bottom, top), Rule(right, bottom, top)]
    rules = Rules(tuple(_merged(across)), tuple(_merged(down)))
    return rules if max(len(rules.across), len(rules.down)) <= _MOST else NO_RULES


def places(rules: Iterable[Rule]) -> list[float]:
    """Return where lines are, those that are near each other as one."""
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > NEAR:
            found.append(at)
    return found


def _merged(rules: list[Rule]) -> Iterator[Rule]:
    """Yield lines with those that go on at one place as one."""
    for place, group in _by_place(rules):
        first, last = group[0].first, group[0].last
        for rule in group[1:]:
            if rule.first > last + NEAR:
                yield Rule(place, first, last)
                first = last = rule.first
            last = max(last, rule.last)
        yield Rule(place, first, last)


def _by_place(rules: list[Rule]) -> Iterator[tuple[float, list[Rule]]]:
    """Yield where lines are, with those that are there in the order in which they begin."""
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and rule.at - group[0].at > NEAR:
            yield group[0].at, sorted(group, key=_first)
            group = []
        group.append(rule)
    if group:
        yield group[0].at, sorted(group, key=_first)
