"""Phrases that stand one a line in a text, as patterns.

Words are in lower case and without accents. `[...]` may be there or not, `(a|b)` is one of several, `*` stands for any
words, and `WORD` for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OPEN = "*"

_ITEM = re.compile(r"\[[^\]]+\]|\([^)]+\)|\S+")


def lines(*groups: str) -> list[str]:
    """Return the phrases of some groups."""
    return [line for group in groups for line in group.strip().splitlines()]


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of any of some phrases; a blank follows each word."""
    return re.compile("|".join("".join(map(_pattern, _ITEM.findall(phrase))) for phrase in phrases))


def _pattern(item: str) -> str:
    if item == OPEN:
        return r"(?:\S+ )*"
    words = item.strip("[]()").replace("WORD", r"\S+").replace(" *", r"(?: \S+)*")
    return f"(?:(?:{words}) )" + ("?" if item.startswith("[") else "")
