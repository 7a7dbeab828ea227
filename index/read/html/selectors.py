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
    last = chain[-1]
    return min((mark for mark in last.marks if mark[0] != ":"), default=last.tag)


def leads_to(page: Page, number: int, chain: tuple[Compound, ...]) -> bool:
    """Tell whether an element is the last part of a selector, with the parts before it around it, in their order."""
    if not _fits(page.elements[number], chain[-1]):
        return False
    path = [number, *page.above(number)] if len(chain) > 1 else [number]
    at, last = 0, 0
    for run in _runs(chain):
        ends = range(at, min(last, len(path) - len(run)) + 1)
        begun = (end for end in ends if _fits(page.elements[path[end]], run[0]))
        found = next((end for end in begun if _fit(page, path[end : end + len(run)], run)), None)
        if found is None:
            return False
        at, last = found + len(run), len(path)
    return True


@lru_cache(maxsize=4096)
def _runs(chain: tuple[Compound, ...]) -> tuple[tuple[Compound, ...], ...]:
    """Return the parts of a selector from the last on, those together that stand right in each other."""
    runs: list[list[Compound]] = [[]]
    for part in reversed(chain):
        runs[-1].append(part)
        if not part.is_child:
            runs.append([])
    return tuple(tuple(run) for run in runs if run)


def _fit(page: Page, path: list[int], run: tuple[Compound, ...]) -> bool:
    return all(_fits(page.elements[number], part) for number, part in zip(path, run, strict=True))


def _fits(element: Element, part: Compound) -> bool:
    if part.tag and element.tag != part.tag:
        return False
    required, excluded = _parted(part.marks)
    return required <= marks_of(element) and excluded.isdisjoint(marks_of(element))


@lru_cache(maxsize=4096)
def _parted(marks: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return what an element must have, and what it must not."""
    excluded = {mark: match[1] for mark in marks if (match := NOT.fullmatch(mark))}
    return marks - excluded.keys(), frozenset(excluded.values())
