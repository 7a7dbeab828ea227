"""What a picture in an Office file is said to show, and what is said of those of which nothing is."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BY_A_PROGRAM = re.compile(
    r"automatically generated|^\S+\.(?:png|jpe?g|gif|svg|bmp|tiff?|emf|wmf|webp)$", re.IGNORECASE
)

_LEAST = (142.0, 85.0)  # points, or 5 by 3 cm: what is smaller is a logo or a mark, and no screenshot
POINT = 12_700
"""Units of Office's drawings (EMU) in a point."""

_COUNTED = re.compile(r"holds [\d,]+ pictures, which are not read: [^;]+")
_ONE = "holds a picture, which is not read: write down beside it what it says"
_SEVERAL = "holds {} pictures, which are not read: write down beside them what they say"
PICTURES = "holds pictures, which are not read: write down beside them what they say"
"""What is said of several files, however many pictures each of them holds."""


def said_of(description: str | None) -> str:
    """Return a picture's description, "" where a program has put a guess or the name of a file there."""
    words = " ".join((description or "").split())
    return "" if _BY_A_PROGRAM.search(words) else words


def is_of_pictures(reason: str) -> bool:
    """Tell whether this is what `unread` says."""
    return reason == _ONE or _COUNTED.fullmatch(reason) is not None


def unread(sizes: Iterable[tuple[float, float]]) -> list[str]:
    """Return what is said of the pictures in a file that nothing is said to be in, by width and height in points."""
    count = sum(width >= _LEAST[0] and height >= _LEAST[1] for width, height in sizes)
    return [_ONE if count == 1 else _SEVERAL.format(f"{count:,}")] if count else []
