"""Probes: a few texts whose vectors identify a model with its window and its prompts.

Vectors made in one place are compared with vectors made in another, so both must come from the same model.
"""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np

from index.arrays import Vectors, unit

TEXTS = (
    "When does the second stage of the rocket begin to burn?",
    "Ünïcode, CAPITALS and 1,234.5 numbers — „quoted“; naïve café, Straße 12, 東京.",
    "The bakery opens at six. Its rye bread is baked by Marta Lindqvist, who learnt it from her aunt.",
    " ".join(f"In the year {1000 + number} the town of Velm built bridge number {number}." for number in range(60)),
)
"""The last is longer than the window of many models, so that a different window is noticed.

If you change these texts, raise `layout.FORMAT`: manifests hold the vectors of the old ones.
"""

SAME = 0.9999
"""The least cosine of vectors that count as the same: float16 costs 1e-6, bfloat16 4e-5, another window 0.01."""

_PACKAGED = Path(__file__).with_name("probes.f16")


def packaged() -> Vectors:
    """Return the probes of the default model."""
    return _rows(_PACKAGED.read_bytes())


def strings(question_prompt: str, passage_prompt: str) -> list[str]:
    """Return the texts to encode: each as a question, then each as a passage without a header."""
    return [prompt + text for prompt in (question_prompt, passage_prompt) for text in TEXTS]


def likeness(vectors: Vectors, other: Vectors) -> float:
    """Return the least cosine between corresponding rows; 0 if the shapes differ."""
    return float((vectors * other).sum(axis=1).min()) if vectors.shape == other.shape else 0.0


def written(probes: Vectors) -> str:
    """Return probes as a manifest holds them: float16, little-endian, in base64."""
    return base64.b64encode(stored(probes)).decode("ascii")


def stored(probes: Vectors) -> bytes:
    """Return probes as bytes: float16, little-endian."""
    return np.ascontiguousarray(probes, "<f2").tobytes()


def read(text: str | None) -> Vectors | None:
    """Return the probes in a manifest, or None."""
    return _rows(base64.b64decode(text)) if text else None


def _rows(data: bytes) -> Vectors:
    return unit(np.frombuffer(data, "<f2").reshape(2 * len(TEXTS), -1).astype(np.float32))
