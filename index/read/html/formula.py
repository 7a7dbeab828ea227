"""Formulas of a page: as they were written, or a mark in their place, never their letters one after the other."""

from __future__ import annotations

from index.read.html.events import Element, Page
from index.read.missing import FORMULA

_BUILT = frozenset({"msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mtable", "munder", "mover", "munderover"})
"""Elements that give their parts a place above, below or beside each other."""


def is_formula(element: Element) -> bool:
    """Tell whether a script holds a formula that another one draws."""
    return element.attrs.get("type", "").lower().startswith("math/tex")


def formula(page: Page, number: int) -> str:
    """Return a `math` element as text: its TeX, its own description, its letters where those say it all."""
    element = page.elements[number]
    inside = [at for what, at, _, _ in page.events[element.first : element.last] if what == "<"]
    written = [at for at in inside if page.elements[at].attrs.get("encoding", "").lower() == "application/x-tex"]
    if written:
        return page.text(written[0]).strip()
    if any(page.elements[at].tag in _BUILT for at in inside):
        return element.attrs.get("alttext") or FORMULA
    return page.text(number)
