"""Counts, during an upload, how many passages of each document contain each term; the counts are kept on disk."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from index.store.milvus import layout
from index.store.milvus.pieces import text_of

_AT_ONCE = 5_000
"""Documents a piece: 53 kB."""


class Tally:
    """The counts so far."""

    def __init__(self, path: Path) -> None:
        """Create the file `path`."""
        self._db = sqlite3.connect(path)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(
            "CREATE TABLE counts (term TEXT NOT NULL, document INTEGER NOT NULL, passages INTEGER NOT NULL, "
            "PRIMARY KEY (term, document)) WITHOUT ROWID"
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add(self, document: int, passages: Sequence[Sequence[str]]) -> int:
        """Count the words of a document's `passages`; return the total."""
        counts = Counter(term for words in passages for term in set(words))
        rows = ((term, document, count) for term, count in counts.items())
        self._db.executemany("INSERT INTO counts VALUES (?, ?, ?)", rows)
        return sum(map(len, passages))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows for the collection of words."""
        counted = self._db.execute("SELECT term, document, passages FROM counts ORDER BY term, document")
        number = 0
        for term, group in groupby(counted, itemgetter(0)):
            table = np.array([(document, passages) for _, document, passages in group], np.int32)
            for piece, start in enumerate(range(0, len(table), _AT_ONCE)):
                yield {
                    "id": number,
                    "term": term,
                    "piece": piece,
                    "passages": int(table[:, 1].sum()),
                    "documents": text_of(table[start : start + _AT_ONCE].tobytes()),
                    **layout.NO_VECTOR,
                }
                number += 1
