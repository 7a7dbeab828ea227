"""Values as text that Milvus holds: JSON in ASCII, cut into pieces that fit a field."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST = 65_535
"""Bytes that a VARCHAR holds at most."""

_PIECE = 60_000


def cut(value: object) -> Iterator[str]:
    """Yield a value in pieces, in order; a character is a byte."""
    told = json.dumps(value, separators=(",", ":"))
    for start in range(0, len(told), _PIECE):
        yield told[start : start + _PIECE]


def joined(pieces: Iterable[str]) -> Any:
    """Return the value that was cut; raises `ValueError` where pieces are missing."""
    return json.loads("".join(pieces))


def text_of(data: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(data).decode("ascii")


def bytes_of(text: str) -> bytes:
    """Return the bytes that were made text; raises `ValueError` where that is none."""
    return base64.b64decode(text, validate=True)
