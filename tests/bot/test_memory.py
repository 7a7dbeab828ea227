"""Memory that was freed goes back to the system."""

from __future__ import annotations

import ctypes
import platform
from pathlib import Path

import pytest

from bot.memory import give_back

_BLOCK, _BLOCKS = 64 * 1024, 2000


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps freed memory and can be asked for it")
def test_what_was_freed_below_what_is_in_use_goes_back() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    blocks = [ctypes.c_void_p(libc.malloc(_BLOCK)) for _ in range(_BLOCKS)]
    for block in blocks:
        ctypes.memset(block, 1, _BLOCK)
    for block in blocks[:-1]:  # the last one keeps all below it from going back by itself
        libc.free(block)
    kept = _resident()
    give_back()
    assert _resident() < kept - _BLOCK * _BLOCKS / 2
    libc.free(blocks[-1])


def _resident() -> int:
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
