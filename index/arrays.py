"""The types of the arrays that pass between rooms, and operations on rows of vectors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]
"""Ids of documents and of tokens, or any other whole numbers."""

Rows = npt.NDArray[np.int64]
"""Rows of passages or sentences in a generation."""

_UNIT = 0.03
"""How far the length of a stored vector may be from 1, because of rounding or clipped components."""


def unit(vectors: Vectors) -> Vectors:
    """Scale rows to unit length; a row of zeros stays as it is."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)


def are_unit(vectors: Vectors) -> bool:
    """Return whether all rows are of unit length, as they were when they were stored."""
    return bool((np.abs(np.linalg.norm(vectors, axis=1) - 1) < _UNIT).all())


def stretches(ordered: Rows) -> list[Rows]:
    """Split an array of numbers into runs of consecutive ones."""
    return np.split(ordered, np.flatnonzero(np.diff(ordered) != 1) + 1) if len(ordered) else []
