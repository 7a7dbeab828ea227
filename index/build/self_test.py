"""Tests a new generation with a query before it is put in use."""

from __future__ import annotations

import numpy as np

from index.errors import DamagedError
from index.store.base import Generation

_SAME = 0.999
"""Cosine of a vector with itself, less the rounding of float32."""

_LEAST = 0.98
"""The same for a vector of unit length, less what it loses by quantization."""

_WORDS = 8


def check(generation: Generation) -> None:
    """Search for the first passage by its own vector and by its own words.

    Raises `DamagedError` if its vector does not find it, or if its words find nothing.
    """
    stored = generation.catalogue.passages([0])[0]
    vector = generation.dense.vectors(np.array([0]))[0]
    _, scores = generation.dense.search(vector, 1)
    if len(scores) == 0 or not scores[0] >= max(_SAME * float(vector @ vector), _LEAST):
        raise DamagedError("a passage is not found by its own vector.")
    document = generation.catalogue.document_by_id(stored.document)
    text = document.text[stored.passage.start : stored.passage.end]
    terms = generation.lexical.terms(text)[:_WORDS]
    rows, _ = generation.lexical.search(terms, 1)
    if terms and len(rows) == 0:
        raise DamagedError("a passage is not found by its own words.")
    generation.vectors_in([stored])
