"""Dense search in Milvus."""

from __future__ import annotations

import numpy as np

from index.arrays import Rows as RowNumbers
from index.arrays import Vectors
from index.store import base
from index.store.milvus import layout, scope
from index.store.milvus.rows import Rows
from index.store.milvus.table import Table
from index.store.numbering import StableNumbers
from index.store.scope import DocumentFilter, document_filter
from index.store.values import Int32s


class Dense(base.Dense):
    """The vectors of a generation's passages."""

    def __init__(self, table: Table, rows: Rows, owners: Int32s, numbering: StableNumbers, dimension: int) -> None:
        """`owners` has the document of each passage, by row; `numbered` has the documents' numbers for filters."""
        self._table = table
        self._rows = rows
        self._owners = owners
        self._numbered = numbering
        self.dimension = dimension

    def __len__(self) -> int:
        """Return how many vectors there are."""
        return len(self._rows)

    def filter_of(self, rows: RowNumbers) -> DocumentFilter:
        """Return a filter that restricts searches to the documents of `rows`, which are all their passages."""
        return document_filter(np.unique(self._owners[rows]).tolist(), self._numbered)

    def search(self, vector: Vectors, limit: int, inside: DocumentFilter | None = None) -> tuple[RowNumbers, Vectors]:
        """Return the rows nearest to `vector` (dimension,) and their cosines, best first, at most `limit`."""
        if scope.is_empty(inside):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        wanted, how = np.asarray(vector, np.float32), layout.searching(len(self))
        hits = self._table.nearest(wanted, "vector", min(limit, len(self)), scope.as_filter(inside), how)
        return np.array([row for row, _ in hits], np.int64), np.array([cosine for _, cosine in hits], np.float32)

    def vectors(self, rows: RowNumbers) -> Vectors:
        """Return the vectors at `rows`, shape (len(rows), dimension); raises `DamagedError` if one is missing."""
        vectors = [row.vector for row in self._rows.of(rows.tolist())]
        return np.array(vectors, np.float32).reshape(-1, self.dimension)
