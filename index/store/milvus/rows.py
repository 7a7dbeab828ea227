"""The rows of a generation's passages that were asked for lately: each is fetched once."""

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
    """What a passage is searched by: its vector and its words, as Milvus has them."""

    vector: Vectors
    words: str


class Recent(OrderedDict[Any, T]):
    """What was asked for lately: so many things. Safe to be used from several threads."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._using = threading.Lock()

    def known(self, wanted: Iterable[Any]) -> dict[Any, T]:
        """Return what is kept of what is `wanted`."""
        with self._using:
            found = {one: self[one] for one in wanted if one in self}
            for one in found:
                self.move_to_end(one)
            return found

    def keep(self, new: dict[Any, T]) -> None:
        """Keep what is `new`."""
        with self._using:
            self.update(new)
            while len(self) > self._most:
                self.popitem(last=False)


class Rows:
    """Reads rows by their numbers."""

    def __init__(self, table: Table, count: int) -> None:
        """There are `count` rows in the `table`; nothing is fetched yet."""
        self._table = table
        self._count = count
        self._kept: Recent[Row] = Recent(_KEPT)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def of(self, wanted: Sequence[int]) -> list[Row]:
        """Return the rows that are `wanted`, in that order; raises `DamagedError` where one is not there."""
        found = self._kept.known(wanted)
        fetched: dict[int, Row] = {}
        for part in batches([one for one in wanted if one not in found]):
            for row in self._table.at(part, "row", "vector", "words"):
                fetched[row["row"]] = Row(np.array(row["vector"], np.float32), row["words"])
        self._kept.keep(fetched)
        found |= fetched
        try:
            return [found[one] for one in wanted]
        except KeyError as error:
            raise DamagedError(f"{self._table.name} in Milvus lacks passages: run `quoth index build`.") from error


def batches(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield as many at once as are fetched at once."""
    for start in range(0, len(rows), layout.ROWS):
        yield rows[start : start + layout.ROWS]
