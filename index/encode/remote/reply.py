"""Parses a server's reply and checks it against the request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from index.arrays import Vectors, unit


class ReplyError(ValueError):
    """A reply is malformed; the message says why, as part of a sentence."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The `vectors` of the texts, in order and of unit length, and the server's name for its `model`."""

    vectors: Vectors
    model: str


class _Embedding(BaseModel):
    index: int
    embedding: Annotated[list[float], Field(min_length=1)]


class _Body(BaseModel):
    data: list[_Embedding]
    model: str | None = None


def read(data: bytes, texts: int) -> Reply:
    """Parse the reply for that many `texts`; raises `ReplyError` unless it holds a vector for each of them."""
    try:
        body = _Body.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReplyError(f"{where}: {first['msg']}" if where else "it is not JSON of that API") from error
    if len(body.data) != texts:
        raise ReplyError(f"{len(body.data)} vectors for {texts} texts")
    by_index = {entry.index: entry.embedding for entry in body.data}
    if by_index.keys() != set(range(texts)):
        raise ReplyError("vectors whose numbers are not those of the texts")
    if len({len(vector) for vector in by_index.values()}) > 1:
        raise ReplyError("vectors of different lengths")
    vectors = np.array([by_index[number] for number in range(texts)], np.float64)
    if not np.isfinite(vectors).all() or not vectors.any(axis=1).all():
        raise ReplyError("vectors that hold no numbers (NaN), or nothing but zeros")
    return Reply(unit((vectors / np.abs(vectors).max(axis=1, keepdims=True)).astype(np.float32)), body.model or "")
