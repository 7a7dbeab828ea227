"""txtai: https://neuml.github.io/txtai/embeddings/configuration/ (`hybrid`, `content`), over paragraphs."""

from __future__ import annotations

from pathlib import Path

from system import System, model
from txtai import Embeddings


class Txtai(System):
    def __init__(self, *, hybrid: bool) -> None:
        self._embeddings = Embeddings(path=model(), hybrid=hybrid, content=True, gpu=False)
        self._passages: list[str] = []

    def build(self, documents: Path) -> None:
        texts = [path.read_text("utf-8") for path in sorted(documents.rglob("*.txt"))]
        self._passages = [line.strip() for text in texts for line in text.split("\n") if line.strip()]
        self._embeddings.index(self._passages)

    def passages(self) -> list[str]:
        return self._passages

    def ask(self, question: str, count: int) -> list[str]:
        return [result["text"] for result in self._embeddings.search(question, count)]
