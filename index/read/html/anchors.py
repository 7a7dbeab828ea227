"""Where a link to a heading leads: the name that a page gives it."""

from __future__ import annotations

import re

from index.read.html.events import Page
from index.read.html.tags import HEADINGS

_NAME = re.compile(r"[^\s#\x00-\x1f\x7f]{1,200}")
_HOLDERS = frozenset({"section", "div", "article"})


def anchor_of(page: Page, number: int) -> str | None:
    """Return the name of the heading that holds element `number`, or None where the page gives it none.

    It is the heading's own, else that of something inside it, else that of the section that it begins.
    """
    heading = _heading(page, number)
    if heading is None:
        return None
    own = page.elements[heading].attrs.get("id")
    names = (own, *_inside(page, heading), _of_holder(page, heading))
    return next((name for name in names if name and _NAME.fullmatch(name)), None)


def _heading(page: Page, number: int) -> int | None:
    return next((outer for outer in (number, *page.above(number)) if page.elements[outer].tag in HEADINGS), None)


def _inside(page: Page, heading: int) -> list[str]:
    """Return the names of what stands in a heading, and of what its links to itself lead to."""
    last, names = page.elements[heading].last, []
    for number in range(heading + 1, len(page.elements)):
        element = page.elements[number]
        if element.first >= last:
            break
        to = element.attrs.get("href") or ""
        names += [element.attrs.get("id") or element.attrs.get("name") or (to[1:] if to.startswith("#") else "")]
    return names


def _of_holder(page: Page, heading: int) -> str | None:
    """Return the name of the section that a heading begins, where nothing of it stands before."""
    parent = page.elements[heading].parent
    if parent < 0 or page.elements[parent].tag not in _HOLDERS:
        return None
    is_first = not page.says_something(page.elements[parent].first, page.elements[heading].first)
    return page.elements[parent].attrs.get("id") if is_first else None
