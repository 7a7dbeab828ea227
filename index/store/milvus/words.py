"""Counts the passages that contain a term, in all documents or in some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.errors import DamagedError
from index.store.milvus.pieces import bytes_of
from index.store.milvus.rows import Recent
from index.store.milvus.table import Table
from index.store.scope import DocumentFilter
from index.store.values import Int32s

_COUNTED = 50_000
_LISTED = 1_000
_MASKS = 32


@dataclass(frozen=True, slots=True)
class _Listed:
    """The documents that contain a term, and the number of passages in each."""

    documents: Int32s
    passages: Int32s


class Words:
    """The words of a generation."""

    def __init__(self, table: Table, documents: int) -> None:
        self._table = table
        self._counts: Recent[int] = Recent(_COUNTED)
        self._lists: Recent[_Listed] = Recent(_LISTED)
        self._mask = lru_cache(_MASKS)(lambda inside: _mask(inside, documents))

    def counts(self, terms: Sequence[str]) -> list[int]:
        """Return how many passages contain each of `terms`, as written for Milvus."""
        counts = self._counts.known(terms)
        missing = sorted({term for term in terms if term not in counts})
        if missing:
            new = dict.fromkeys(missing, 0)
            asked = f"piece == 0 and term in [{', '.join(map(_quoted, missing))}]"
            new |= {row["term"]: int(row["passages"]) for row in self._table.rows(asked, "term", "passages")}
            self._counts.keep(new)
            counts |= new
        return [counts[term] for term in terms]

    def inside(self, term: str, inside: DocumentFilter) -> int:
        """Return how many passages of some documents contain a term."""
        known = self._lists.known([term])
        if term not in known:
            known = {term: self._list(term)}
            self._lists.keep(known)
        listed = known[term]
        return int(listed.passages[self._mask(inside)[listed.documents]].sum())

    def _list(self, term: str) -> _Listed:
        rows = self._table.rows(f"term == {_quoted(term)}", "piece", "documents")
        pieces = sorted((row["piece"], row["documents"]) for row in rows)
        try:
            table = np.frombuffer(b"".join(bytes_of(data) for _, data in pieces), np.int32).reshape(-1, 2)
        except ValueError as error:
            raise DamagedError(f"{self._table.name} in Milvus cannot be read: run `quoth index build`.") from error
        return _Listed(table[:, 0], table[:, 1])


def _quoted(term: str) -> str:
    return f'"{term}"'  # terms are letters and digits: see `tokens`


def _mask(inside: DocumentFilter, documents: int) -> npt.NDArray[np.bool_]:
    chosen = np.full(documents, not inside.inside)
    for first, last in inside.runs:
        chosen[first : last + 1] = inside.inside
    return chosen
