"""The vectors of sentences in a file of their own: float16 or, in a large index, quantized."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from pathlib import Path
from tokenize import TokenError
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from index.arrays import Rows, Vectors, stretches
from index.errors import DamagedError
from index.store.disk import quantized

BLOCK = 16_384
"""Vectors to read or write at once."""

_BUILD = "run `quoth index build`"


class SentenceFile:
    """Vectors by row. They are read, not memory-mapped: mapped pages would stay and might exceed memory."""

    def __init__(self, path: Path, dimension: int) -> None:
        """Open the file at `path`, a `.npy` of vectors of this `dimension`; raises `DamagedError` if it is not one."""
        self._path = path
        self._dimension = dimension
        try:
            with path.open("rb") as file:
                self._count, self._dtype = _read_header(file, dimension)
                self._start = file.tell()
                self._handle = os.dup(file.fileno())
        except (OSError, ValueError, TokenError) as error:
            raise DamagedError(f"{path} cannot be read: {_BUILD}.") from error
        self.close = weakref.finalize(self, os.close, self._handle)
        """Close the file; happens at the latest when this object is collected."""

    def __len__(self) -> int:
        """Return how many vectors there are."""
        return self._count

    @property
    def is_packed(self) -> bool:
        """Whether the vectors are quantized."""
        return self._dtype.names is not None

    def stored(self, first: int, count: int) -> npt.NDArray[Any]:
        """Return `count` vectors from row `first`, as they are stored.

        Raises `DamagedError` if there are no such rows.
        """
        if first < 0 or first + count > self._count:
            raise DamagedError(f"The files in {self._path.parent} do not belong together: {_BUILD}.")
        size = self._dtype.itemsize
        data = os.pread(self._handle, count * size, self._start + first * size)
        if len(data) != count * size:
            raise DamagedError(f"{self._path} cannot be read: {_BUILD}.")
        return np.frombuffer(data, self._dtype)

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors at `rows`, shape (len(rows), dimension); consecutive rows cost one read."""
        if not len(rows):
            return np.empty((0, self._dimension), np.float32)
        stored = [self.stored(int(run[0]), len(run)) for run in stretches(rows)]
        return _unpacked(np.concatenate(stored), self._dimension)

    def blocks(self) -> Iterator[Vectors]:
        """Yield all vectors in order, a few thousand at a time."""
        for at in range(0, self._count, BLOCK):
            yield _unpacked(self.stored(at, min(BLOCK, self._count - at)), self._dimension)


class SentenceWriter:
    """Writes vectors by row, in any order, without mapping the file: on a full disk that would end the process."""

    def __init__(self, file: BinaryIO, count: int, dimension: int, *, pack: bool) -> None:
        """Write `count` vectors of this `dimension` to `file`, quantized if `pack`."""
        self._dtype = quantized.dtype(dimension) if pack else _plain(dimension)
        self._dimension = dimension
        shape = (count,) if pack else (count, dimension)
        described = np.lib.format.dtype_to_descr(self._dtype if pack else self._dtype.base)
        np.lib.format.write_array_header_1_0(file, {"descr": described, "fortran_order": False, "shape": shape})
        self._file = file
        self._start = file.tell()

    def put(self, row: int, vectors: Vectors) -> None:
        """Write `vectors`, shape (n, dimension), from `row`."""
        is_packed = self._dtype.names is not None
        self._write(row, quantized.packed(vectors) if is_packed else vectors.astype(np.float16))

    def move(self, row: int, old: SentenceFile, first: int, count: int) -> None:
        """Copy `count` vectors of the file `old` from its row `first` to `row`, bit for bit if stored alike."""
        for at in range(0, count, BLOCK):
            stored = old.stored(first + at, min(BLOCK, count - at))
            if stored.dtype == self._dtype or (self._dtype.names is None and stored.dtype.names is None):
                self._write(row + at, stored)
            else:
                self.put(row + at, _unpacked(stored, self._dimension))

    def _write(self, row: int, stored: npt.NDArray[Any]) -> None:
        self._file.seek(self._start + row * self._dtype.itemsize)
        self._file.write(np.ascontiguousarray(stored).data)


def _plain(dimension: int) -> np.dtype[Any]:
    return np.dtype(("<f2", (dimension,)))


def _read_header(file: BinaryIO, dimension: int) -> tuple[int, np.dtype[Any]]:
    """Return the number of vectors and their dtype; raises `ValueError` if they are not of `dimension`."""
    np.lib.format.read_magic(file)
    shape, in_columns, dtype = np.lib.format.read_array_header_1_0(file)
    if not in_columns:
        for known in (_plain(dimension), quantized.dtype(dimension)):
            if (shape[1:], dtype) == (known.shape, known.base):
                return shape[0], known
    raise ValueError(f"{shape} of {dtype} are no vectors of {dimension} components")


def _unpacked(stored: npt.NDArray[Any], dimension: int) -> Vectors:
    return np.asarray(stored, np.float32) if stored.dtype.names is None else quantized.unpacked(stored, dimension)
