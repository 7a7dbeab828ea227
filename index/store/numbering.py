"""What the lexical index calls passages: by a number of their document, which stays, and their place in it.

Rows and the ids of documents follow the order of sources, so that one document more moves all behind it. Numbers do
not move, and what has not changed need not be written anew.
"""

from __future__ import annotations

import numpy as np

from index.arrays import Rows

_PLACES = 2**24
"""More passages than a document of the largest size that is read (64 MiB) can have."""


def place(number: int, nth: int) -> int:
    """Return what the `nth` passage, from 0, of the document with this `number` is called."""
    return number * _PLACES + nth


class StableNumbers:
    """The documents of a generation by their numbers."""

    def __init__(self, numbers: Rows, first_rows: Rows) -> None:
        """Both are by the documents' ids: their numbers, and the rows of their first passages."""
        order = np.argsort(numbers)
        self.numbers = numbers
        self._sorted = numbers[order]
        self._first_rows = first_rows[order]

    @property
    def free(self) -> int:
        """A number that no document has; nor have those above it."""
        return int(self._sorted[-1]) + 1 if len(self._sorted) else 0

    def rows(self, places: Rows) -> Rows:
        """Return the rows of passages by what they are called; raises `KeyError` where no document has the number."""
        numbers, nth = np.divmod(places, _PLACES)
        at = np.minimum(np.searchsorted(self._sorted, numbers), max(len(self._sorted) - 1, 0))
        if len(places) and (not len(self._sorted) or (self._sorted[at] != numbers).any()):
            raise KeyError(int(numbers[0]))
        return self._first_rows[at] + nth
