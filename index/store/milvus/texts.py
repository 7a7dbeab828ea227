"""Reads what is stored in pieces: the manifest, the list of sources, the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.errors import DamagedError
from index.store.milvus import layout
from index.store.milvus.pieces import joined
from index.store.milvus.table import Table

_AT_ONCE = 64
"""Pieces to fetch at once: 4 MB."""


class Texts:
    """Reads pieces and joins them."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def part(self, part: str) -> Any:
        """Return the manifest, or the list of sources."""
        return self._joined(self._pieces(f'part == "{part}"'))

    def documents(self, numbers: Sequence[int]) -> dict[int, Any]:
        """Return some documents as stored, by their ids; raises `DamagedError` if one is missing."""
        pieces: dict[int, list[tuple[int, str]]] = {}
        for row in self._rows(f'part == "{layout.DOCUMENT}" and document in {list(map(int, numbers))}'):
            pieces.setdefault(row["document"], []).append((row["piece"], row["data"]))
        return {number: self._joined(pieces.get(number, [])) for number in numbers}

    def _pieces(self, asked: str) -> list[tuple[int, str]]:
        return [(row["piece"], row["data"]) for row in self._rows(asked)]

    def _rows(self, asked: str) -> list[dict[str, Any]]:
        """Return the rows of a query in small portions, after fetching the numbers of all."""
        ids = sorted(row["id"] for row in self._table.rows(asked, "id"))
        return [
            row
            for start in range(0, len(ids), _AT_ONCE)
            for row in self._table.rows(f"id in {ids[start : start + _AT_ONCE]}", "document", "piece", "data")
        ]

    def _joined(self, pieces: list[tuple[int, str]]) -> Any:
        try:
            return joined(data for _, data in sorted(pieces))
        except ValueError as error:
            raise DamagedError(f"{self._table.name} in Milvus lacks pieces: run `quoth index build`.") from error


@dataclass(frozen=True, slots=True)
class Listed:
    """A document's entry in the list of sources besides its names: its size, and its first rows."""

    sha256: str
    first_row: int
    passages: int
    first_sentence: int
    sentences: int
