"""Code and formulas, kept aside while the marks around them are looked for: nothing in them is one."""

from __future__ import annotations

import re

_FIRST = 0xF0000
_MOST = 0xFFFD  # characters for private use that begin there
_PLACE = re.compile("\x00([\U000f0000-\U000ffffc])")
"""What stands for a text that is kept aside: no text that is read holds the first of these two characters."""


class Aside:
    """Texts that are kept aside, each with a place of its own."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def put(self, text: str, otherwise: str) -> str:
        """Keep a text and return its place; return `otherwise` where there is no more room."""
        if len(self._kept) == _MOST:
            return otherwise
        self._kept.append(text)
        return f"\x00{chr(_FIRST + len(self._kept) - 1)}"

    def back(self, text: str) -> str:
        """Return a text with what was kept aside in its places."""
        return _PLACE.sub(lambda place: self._kept[ord(place[1]) - _FIRST], text)
