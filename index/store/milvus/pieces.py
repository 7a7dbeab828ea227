"""Stores values as text in Milvus: JSON in ASCII, split into pieces that fit a field."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST = 65_535
"""Maximum bytes of a VARCHAR."""

_PIECE = 60_000


def cut(value: object) -> Iterator[str]:
    """Yield the pieces of a value in order; a character is a byte."""
    text = json.dumps(value, separators=(",", ":"))
    for start in range(0, len(text), _PIECE):
        yield text[start : start + _PIECE]


def joined(pieces: Iterable[str]) -> Any:
    """Return the value of its pieces; raises `ValueError` if some are missing."""
    return json.loads("".join(pieces))


def text_of(data: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(data).decode("ascii")


def bytes_of(text: str) -> bytes:
    """Return the bytes of a text; raises `ValueError` if it is malformed."""
    return base64.b64decode(text, validate=True)
