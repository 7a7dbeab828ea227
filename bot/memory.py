"""Returns freed memory to the system: glibc keeps it otherwise, some 250 MB after a model was loaded."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Return free memory to the system; does nothing without glibc's `malloc_trim`."""
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
