"""Reads pictures one after the other while there is time; one object for a process, told of each new file."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.read.ocr.mode import Mode
from index.read.ocr.words import PageWords, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PATIENCE = 10
"""Times the limit for reading a file: so long its pictures may take together. A dense page takes some ten seconds."""

LONGEST = 15
"""Times the limit after which a file with pictures is given up: the last picture may take longer than those before."""


class Ocr:
    """Reads text in pictures, or says that the packages for it are missing."""

    def __init__(self, mode: Mode, seconds: float, begins: Callable[[float], None] = lambda _: None) -> None:
        """Set the limit for reading a file without its pictures.

        `begins` is told, when the first picture of a file is to be read, how many seconds the rest may take at most.
        """
        self.missing = mode is Mode.MISSING
        self._seconds = seconds
        self._begins = begins
        self._began: float | None = None
        self._slowest = 0.0

    def next_file(self) -> None:
        """Begin to count the time anew."""
        self._began, self._slowest = None, 0.0

    @property
    def is_late(self) -> bool:
        """Whether another picture might take more time than there is left; the first of a file never does."""
        if self._began is None:
            return False
        return time.monotonic() - self._began + self._slowest > PATIENCE * self._seconds

    def words(self, picture: NDArray[np.uint8], scale: float = 1.0) -> PageWords:
        """Return the words in a picture (height, width, 3; blue first), of which `scale` pixels make a point."""
        from index.read.ocr.engine import lines_in

        began = time.monotonic()
        if self._began is None:
            self._began = began
            self._begins(LONGEST * self._seconds)
        page_words = words_of(lines_in(picture), picture.shape[0], scale)
        self._slowest = max(self._slowest, time.monotonic() - began)
        return page_words
