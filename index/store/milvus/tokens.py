"""Stems as Milvus stores them: in characters that every tokenizer leaves together, different ones differently.

Its standard tokenizer cuts at whatever is no letter or digit, and others cut Chinese in their own way; terms have been
made already.
"""

from __future__ import annotations

from functools import lru_cache

_PLAIN = frozenset("0123456789abcdefghijklmnopqrstuvwxy")
_ESCAPE = "z"

NOTHING = _ESCAPE
"""What stands for a passage without words: no stem becomes this."""

_CACHED = 100_000


@lru_cache(_CACHED)
def token(stem: str) -> str:
    """Return a stem with every character but `0-9a-y` as its number in hexadecimal between two z."""
    return "".join(one if one in _PLAIN else f"{_ESCAPE}{ord(one):x}{_ESCAPE}" for one in stem)
