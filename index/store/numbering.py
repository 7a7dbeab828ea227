"""Stable passage ids for the lexical index: (document number, position in the document).

Rows and document ids follow the order of sources, so they shift when a document is added. Document numbers do not, so
unchanged documents need not be written again.
"""

from __future__ import annotations

import numpy as np

from index.arrays import Rows

_PLACES = 2**24
"""More passages than the largest document that is read (64 MiB) can have."""


def place(number: int, nth: int) -> int:
    """Return the stable id of the `nth` passage (from 0) of the document with this `number`."""
    return number * _PLACES + nth


class StableNumbers:
    """The stable numbers of a generation's documents."""

    def __init__(self, numbers: Rows, first_rows: Rows) -> None:
        """Both arrays are indexed by document id: the numbers, and the rows of the first passages."""
        order = np.argsort(numbers)
        self.numbers = numbers
        self._sorted = numbers[order]
        self._first_rows = first_rows[order]

    @property
    def free(self) -> int:
        """The first number above those of all documents."""
        return int(self._sorted[-1]) + 1 if len(self._sorted) else 0

    def rows(self, places: Rows) -> Rows:
        """Return the rows of passages by their stable ids; raises `KeyError` if no document has the number."""
        numbers, nth = np.divmod(places, _PLACES)
        at = np.minimum(np.searchsorted(self._sorted, numbers), max(len(self._sorted) - 1, 0))
        if len(places) and (not len(self._sorted) or (self._sorted[at] != numbers).any()):
            raise KeyError(int(numbers[0]))
        return self._first_rows[at] + nth
