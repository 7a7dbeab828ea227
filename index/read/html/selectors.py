"""Which elements of a page the selectors of its style sheets lead to."""

from __future__ import annotations

import re
from functools import lru_cache

from index.read.html.events import Element, Page
from index.read.html.style import Compound, attribute_marks

NOT = re.compile(r":not\((.+)\)")
"""In a selector, the mark of what an element has not."""

PLACE = re.compile(
    r":(?:(?P<end>first|last)|nth-(?P<back>last-)?)-?(?:child|(?P<typed>of-type))(?:\((?P<which>\w+)\))?"
)
"""In a selector, the mark of an element's place among those beside it."""


def names_of(element: Element) -> set[str]:
    """Return the classes and the id of an element as they stand in a selector."""
    return {f".{name}" for name in element.classes} | ({f"#{element.attrs['id']}"} if "id" in element.attrs else set())


def marks_of(element: Element) -> frozenset[str]:
    """Return all that a selector may say that an element has: classes, id and attributes."""
    if element.marks is None:
        element.marks = frozenset(names_of(element) | attribute_marks(element.attrs))
    return element.marks


def key_of(chain: tuple[Compound, ...]) -> str:
    """Return a mark that all elements have that a selector leads to, else the name that they have."""
    tag, marks = chain[-1]
    return min((mark for mark in marks if mark[0] != ":"), default=tag)


def leads_to(page: Page, number: int, chain: tuple[Compound, ...]) -> bool:
    """Tell whether an element is the last part of a selector, with the parts before it around it, in their order."""
    last, *around = reversed(chain)
    if not _fits(page, number, last):
        return False
    above = page.above(number)
    return all(any(_fits(page, outer, part) for outer in above) for part in around)


def _fits(page: Page, number: int, part: Compound) -> bool:
    tag, marks = part
    element = page.elements[number]
    if tag and element.tag != tag:
        return False
    required, excluded, places = _parted(marks)
    if not (required <= marks_of(element) and excluded.isdisjoint(marks_of(element))):
        return False
    return all(_stands(page, number, place) for place in places)


def _stands(page: Page, number: int, place: re.Match[str]) -> bool:
    """Tell whether an element stands at a place among those beside it, or those of them of its name."""
    counts = page.place(number)[2 if place["typed"] else 0 :]
    count = counts[1 if place["end"] == "last" or place["back"] else 0]
    if place["which"] in {"odd", "even"}:
        return count % 2 == (place["which"] == "odd")
    return count == int(place["which"] or 1)


@lru_cache(maxsize=4096)
def _parted(marks: frozenset[str]) -> tuple[frozenset[str], frozenset[str], tuple[re.Match[str], ...]]:
    """Return what an element must have, what it must not, and the places where it must stand."""
    excluded = {mark: match[1] for mark in marks if (match := NOT.fullmatch(mark))}
    places = {mark: match for mark in marks if (match := PLACE.fullmatch(mark.lower()))}
    return marks - excluded.keys() - places.keys(), frozenset(excluded.values()), tuple(places.values())
