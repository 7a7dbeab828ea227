"""Raised figures on a page."""

from __future__ import annotations

import re

from index.read.draft import Fragment
from index.read.raised import raised

_NUMBER = re.compile(r"[+−-]?[0-9]+")  # noqa: RUF001
_MOST = 8
"""Pieces of text that a raised number has at most."""


def end_raised(text: list[Fragment], tag: str) -> None:
    """End the `sup` or `sub` that the last mark in `text` begins: a number in a `sup` becomes one that stands high."""
    at = next((at for at in range(len(text) - 1, max(-1, len(text) - 1 - _MOST), -1) if text[at] == (tag, -1)), None)
    if at is None:  # it is no number, and its mark goes with all others
        return
    inner = text[at + 1 :]
    if tag == "sup" and _NUMBER.fullmatch("".join(piece for piece, _ in inner)):
        inner = [(raised(piece), line) for piece, line in inner]
    text[at:] = inner
