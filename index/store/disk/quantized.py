"""Sentence vectors quantized to five bits a component; in a large index they take most of the disk.

Each component is one of 32 evenly spaced steps. The range is each vector's own: `_RANGE` times the root mean square of
its components; values outside are clipped. On squad's 2,899 questions this moves no figure of `bench/quotes.py` by more
than 0.002; four bits cost 0.003 to 0.004 of the right lead quotes (`bench/RESULTS.md`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import Vectors

BITS = 5

_RANGE = 2.8
_HALF = 2 ** (BITS - 1)
_TINY = float(np.finfo(np.float32).tiny)

Packed = npt.NDArray[Any]
"""Shape (n,), each a record of `dtype`."""


def dtype(dimension: int) -> np.dtype[Any]:
    """Return the dtype that a vector with `dimension` components is stored as."""
    return np.dtype([("step", "<f2"), ("codes", "u1", ((dimension * BITS + 7) // 8,))])


def packed(vectors: Vectors) -> Packed:
    """Quantize vectors, shape (n, dimension); they keep their length."""
    quantized = np.empty(len(vectors), dtype(vectors.shape[1]))
    steps = _RANGE / _HALF * np.sqrt(np.square(vectors).mean(axis=1, keepdims=True))
    levels = np.clip(np.floor(vectors / np.maximum(steps, _TINY)), -_HALF, _HALF - 1) + 0.5
    quantized["step"] = np.linalg.norm(vectors, axis=1) / np.linalg.norm(levels, axis=1)
    codes = (levels - 0.5 + _HALF).astype(np.uint8)
    bits = np.unpackbits(codes[..., None], axis=-1)[..., 8 - BITS :]
    quantized["codes"] = np.packbits(bits.reshape(len(vectors), -1), axis=1)
    return quantized


def unpacked(quantized: Packed, dimension: int) -> Vectors:
    """Return quantized vectors as float32, shape (len(quantized), dimension)."""
    bits = np.unpackbits(quantized["codes"], axis=1, count=dimension * BITS).reshape(len(quantized), dimension, BITS)
    codes = np.packbits(bits, axis=-1)[..., 0] >> (8 - BITS)
    steps = quantized["step"].astype(np.float32)[:, None]
    return np.asarray((codes.astype(np.float32) + 0.5 - _HALF) * steps)
