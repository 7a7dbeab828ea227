"""Writes stems for Milvus, injectively, in characters that no tokenizer splits.

Milvus's standard tokenizer splits at everything but letters and digits, and others split Chinese in their own way; our
terms are stemmed already.
"""

from __future__ import annotations

from functools import lru_cache

_PLAIN = frozenset("0123456789abcdefghijklmnopqrstuvwxy")
_ESCAPE = "z"

NOTHING = _ESCAPE
"""Stands for a passage without words; no stem is written like this."""

_CACHED = 100_000


@lru_cache(_CACHED)
def token(stem: str) -> str:
    """Return a stem with every character outside `0-9a-y` as its hexadecimal code between two z."""
    return "".join(character if character in _PLAIN else f"{_ESCAPE}{ord(character):x}{_ESCAPE}" for character in stem)
