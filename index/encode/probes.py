"""A few texts whose vectors tell a model, its window and its prompts from any other.

Vectors that were made in one place are compared with those made in another; so they have to be the same.
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
"""The last is longer than the window of many models, so that one with another window is told from them.

Whoever changes these texts raises `layout.FORMAT`: the vectors of others stand in manifests.
"""

SAME = 0.9999
"""Cosine from which on two vectors are the same: float16 costs 1e-6, bfloat16 4e-5, another window a hundredth."""

_PACKAGED = Path(__file__).with_name("probes.f16")


def packaged() -> Vectors:
    """Return the probes of the default model."""
    return _rows(_PACKAGED.read_bytes())


def strings(question_prompt: str, passage_prompt: str) -> list[str]:
    """Return what is encoded: each text as a question, then each as a passage without a header."""
    return [prompt + text for prompt in (question_prompt, passage_prompt) for text in TEXTS]


def likeness(one: Vectors, other: Vectors) -> float:
    """Return the least cosine between rows of the same texts; 0 where they are not even of one shape."""
    return float((one * other).sum(axis=1).min()) if one.shape == other.shape else 0.0


def written(probes: Vectors) -> str:
    """Return probes as a manifest holds them: float16, little-endian, in base64."""
    return base64.b64encode(stored(probes)).decode("ascii")


def stored(probes: Vectors) -> bytes:
    """Return probes as bytes: float16, little-endian."""
    return np.ascontiguousarray(probes, "<f2").tobytes()


def read(told: str | None) -> Vectors | None:
    """Return the probes that a manifest holds, if it holds any."""
    return _rows(base64.b64decode(told)) if told else None


def _rows(data: bytes) -> Vectors:
    return unit(np.frombuffer(data, "<f2").reshape(2 * len(TEXTS), -1).astype(np.float32))
