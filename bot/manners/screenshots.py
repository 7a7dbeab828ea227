"""What of a screenshot's text goes with a question: the lines that look like an error, or else the first ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_CHARACTERS = 300
"""More would drown the question that was put in words."""

_MOST_LINES = 4
_ERROR = re.compile(
    r"error|exception|fail|fatal|warning|denied|refused|invalid|cannot|can't|could not|unable|not found|traceback"
    r"|fehler|ungültig|nicht gefunden|erreur|échec|impossible|introuvable|fallo|inválid|no se pud|\b0x[0-9a-f]{4,}"
    r"|\b[A-Z]+[-_][A-Z0-9_-]*\d+\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2}")


def telling(text: str, most: int = MOST_CHARACTERS) -> str:
    """Return the lines of a text that tell what went wrong, at most `most` characters; the first ones where none do."""
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if _LETTERS.search(line)]
    errors = [line for line in lines if _ERROR.search(line)]
    return "\n".join(_fitting((errors or lines)[:_MOST_LINES], most))


def _fitting(lines: Iterable[str], most: int) -> Iterable[str]:
    for line in dict.fromkeys(lines):
        if most <= 0:
            return
        yield line[:most]
        most -= len(line) + 1
