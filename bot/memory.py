"""Memory that was freed goes back to the system: glibc keeps it for itself, some 250 MB after a model was loaded."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Give back what is free; does nothing where the C library has no `malloc_trim` (it is glibc's alone)."""
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
