"""A cache of the rows of a generation's passages."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from index.arrays import Vectors
from index.errors import DamagedError
from index.store.milvus import layout
from index.store.milvus.table import Table

_KEPT = 10_000
"""Rows: 25 MB, where a vector has 384 components."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A passage's vector and words, as Milvus holds them."""

    vector: Vectors
    words: str


class Recent(OrderedDict[Any, T]):
    """A cache of limited size. Thread-safe."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._using = threading.Lock()

    def known(self, wanted: Iterable[Any]) -> dict[Any, T]:
        """Return those of the `wanted` that are cached."""
        with self._using:
            cached = {key: self[key] for key in wanted if key in self}
            for key in cached:
                self.move_to_end(key)
            return cached

    def keep(self, new: dict[Any, T]) -> None:
        """Cache what is `new`."""
        with self._using:
            self.update(new)
            while len(self) > self._most:
                self.popitem(last=False)


class Rows:
    """Reads rows by their numbers."""

    def __init__(self, table: Table, count: int) -> None:
        """`table` has `count` rows; nothing is fetched yet."""
        self._table = table
        self._count = count
        self._kept: Recent[Row] = Recent(_KEPT)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def of(self, wanted: Sequence[int]) -> list[Row]:
        """Return the `wanted` rows in that order; raises `DamagedError` if one is missing."""
        rows = self._kept.known(wanted)
        fetched: dict[int, Row] = {}
        for part in batches([number for number in wanted if number not in rows]):
            for row in self._table.at(part, "row", "vector", "words"):
                fetched[row["row"]] = Row(np.array(row["vector"], np.float32), row["words"])
        self._kept.keep(fetched)
        rows |= fetched
        try:
            return [rows[number] for number in wanted]
        except KeyError as error:
            raise DamagedError(f"{self._table.name} in Milvus lacks passages: run `quoth index build`.") from error


def batches(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield rows in portions to fetch at once."""
    for start in range(0, len(rows), layout.ROWS):
        yield rows[start : start + layout.ROWS]
