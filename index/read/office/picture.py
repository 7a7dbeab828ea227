"""What a picture in an Office file is said to show."""

from __future__ import annotations

import re

_BY_A_PROGRAM = re.compile(
    r"automatically generated|^\S+\.(?:png|jpe?g|gif|svg|bmp|tiff?|emf|wmf|webp)$", re.IGNORECASE
)


def said_of(description: str | None) -> str:
    """Return a picture's description, "" where a program has put a guess or the name of a file there."""
    words = " ".join((description or "").split())
    return "" if _BY_A_PROGRAM.search(words) else words
