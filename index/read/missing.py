"""What stands in a text in the place of what is shown there and was not read: all such marks, and how to find them."""

from __future__ import annotations

import re

UNKNOWN = "[…]"
"""For what a page shows and its source does not say."""

FORMULA = "[formula]"
"""For a formula that cannot be read, or one in a table that was saved without its value."""

FIELD = "[field]"
"""For a field of a Word document that nothing has been computed for yet."""

DIAGRAM = "[diagram]"
EMBEDDED = "[embedded document]"
"""For a document that another program has put in whole."""

ILLEGIBLE = "[illegible]"
"""For a line in a picture that is not read with certainty."""

_PLAIN = (UNKNOWN, FORMULA, FIELD, DIAGRAM, EMBEDDED, ILLEGIBLE)
_MARK = re.compile(rf"{'|'.join(map(re.escape, _PLAIN))}|\[chart(?:: [^\[\]\n]*)?\]|\[not included: [^\[\]\n]*\]")


def chart_mark(title: str) -> str:
    """Return what stands in a text for a chart of a title, "" where it has none."""
    words = _within(title)
    return f"[chart: {words}]" if words else "[chart]"


def not_included(path: str) -> str:
    """Return the words that stand where a page shows another file."""
    return f"[not included: {_within(path)}]"


def _within(words: str) -> str:
    """Return words as they stand within a mark: in one line, and without its brackets, which would end it."""
    return " ".join(words.split()).replace("[", "(").replace("]", ")")


def lacks_something(text: str) -> bool:
    """Tell whether a mark in a text says that a part of it is missing."""
    return _MARK.search(text) is not None


def is_mark(text: str) -> bool:
    """Tell whether a text is a mark and nothing else: it says nothing that could be asked for."""
    return _MARK.fullmatch(text.strip()) is not None
