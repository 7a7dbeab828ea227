"""Which elements of a page the selectors of its style sheets lead to."""

from __future__ import annotations

import re
from functools import lru_cache

from index.read.html.events import Element, Page
from index.read.html.style import Compound, attribute_marks

NOT = re.compile(r":not\((.+)\)")
"""In a selector, the mark of what an element has not."""


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
    return min((mark for mark in marks if not NOT.fullmatch(mark)), default=tag)


def leads_to(page: Page, number: int, chain: tuple[Compound, ...]) -> bool:
    """Tell whether an element is the last part of a selector, with the parts before it around it, in their order."""
    last, *around = reversed(chain)
    if not _fits(page.elements[number], last):
        return False
    above = page.above(number)
    return all(any(_fits(page.elements[outer], part) for outer in above) for part in around)


def _fits(element: Element, part: Compound) -> bool:
    tag, marks = part
    if tag and element.tag != tag:
        return False
    required, excluded = _parted(marks)
    return required <= marks_of(element) and excluded.isdisjoint(marks_of(element))


@lru_cache(maxsize=4096)
def _parted(marks: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return what an element must have, and what it must not."""
    excluded = {mark: match[1] for mark in marks if (match := NOT.fullmatch(mark))}
    return marks - excluded.keys(), frozenset(excluded.values())
