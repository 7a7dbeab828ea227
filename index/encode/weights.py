"""The weights of a model, mapped into memory from its safetensors file: all that use them share one copy."""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

Tensors = Mapping[str, npt.NDArray[Any]]

_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8", "I32": "<i4", "I8": "i1", "U8": "u1"}
"""The types of tensors that numpy can map. It has no bfloat16: `as_float32` knows the names of those tensors."""

_DONTNEED: int | None = getattr(mmap, "MADV_DONTNEED", None)

_LENGTH = 8
"""Bytes before the header that give its length, little-endian."""


class Weights(dict[str, npt.NDArray[Any]]):
    """The tensors of a safetensors file by name, mapped and read-only; see `mapped`."""

    def __init__(self, data: mmap.mmap) -> None:
        """Read the header of the file in `data`; raises `ValueError` or `KeyError` if it is not safetensors."""
        self._data = data
        length = int.from_bytes(data[:_LENGTH], "little")
        header = json.loads(data[_LENGTH : _LENGTH + length])
        header.pop("__metadata__", None)
        start = _LENGTH + length
        self._bfloat16 = {name for name, entry in header.items() if entry["dtype"] == "BF16"}
        super().__init__(
            {name: _tensor(data, start, entry) for name, entry in header.items() if entry["dtype"] in _TYPES}
        )

    def as_float32(self, name: str) -> npt.NDArray[np.float32]:
        """Return a tensor as float32: as it is mapped if it is float32 in the file, or else a copy."""
        tensor = self[name]
        if name in self._bfloat16:  # the upper half of a float32
            return (tensor.astype("<u4") << 16).view("<f4")
        return tensor.astype(np.float32, copy=False)

    def under(self, prefix: str) -> Tensors:
        """Return the tensors by their names without `prefix`, which some of them may have."""
        return {name.removeprefix(prefix): tensor for name, tensor in self.items()}

    def rest(self) -> None:
        """Give back the memory of what was read so far; it is mapped again where it is read again."""
        if _DONTNEED is not None:
            self._data.madvise(_DONTNEED)


def mapped(path: Path) -> Weights:
    """Return the tensors of a safetensors file; all callers share one mapping while the file is unchanged.

    Raises `ModelError` if the file cannot be read.
    """
    try:
        stat = path.stat()
        return _mapped(path.resolve(), stat.st_mtime_ns, stat.st_size)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} cannot be read ({error}): fetch the model anew.") from error


@lru_cache(maxsize=4)
def _mapped(path: Path, _changed: int, _size: int) -> Weights:
    with path.open("rb") as file:
        return Weights(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _tensor(data: mmap.mmap, start: int, described: Mapping[str, Any]) -> npt.NDArray[Any]:
    kind, shape = np.dtype(_TYPES[described["dtype"]]), described["shape"]
    first, last = described["data_offsets"]
    raw = np.frombuffer(data, np.uint8, last - first, start + first)
    if start % kind.itemsize or first % kind.itemsize:
        raw = raw.copy()  # products of unaligned numbers are slow
    return raw.view(kind).reshape(shape)
