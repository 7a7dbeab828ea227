"""What the words of RTF stand for, beyond what striprtf knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

CHARACTERS: Mapping[str, str] = {
    "line": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",  # noqa: RUF001 -- a quotation mark
    "rquote": "’",  # noqa: RUF001 -- a quotation mark
    "ldblquote": "“",
    "rdblquote": "”",
    "~": "\xa0",
    "_": "\u2011",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
"""Words and symbols that stand for a character."""


@cache
def destinations() -> frozenset[str]:
    """Return the words that begin what no reader of the document sees."""
    from striprtf import striprtf

    return frozenset(striprtf.destinations)


@cache
def encodings() -> Mapping[int, str]:
    """Return the encoding of each character set that a font may have."""
    from striprtf import striprtf

    return dict(striprtf.charset_map)
