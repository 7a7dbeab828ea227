"""The reading process: `python -m index.read.worker MEMORY_MIB SECONDS`, one line of JSON in, one line out a file.

It ends with its standard input. What a library prints is not part of a reply and goes nowhere.
"""

from __future__ import annotations

import logging
import math
import os
import signal
import sys
import warnings
from typing import BinaryIO

from index.errors import UnreadableError
from index.read.file import read
from index.read.kinds import kind_of
from index.read.wire import reply, requested
from index.records import Document, LeftOut, SourceFile

_GRACE = 10
"""Seconds past the limit after which the process ends itself, should nobody be left to end it."""


def main(memory_mib: int, seconds: float) -> None:
    """Answer requests until there are no more."""
    replies = _reserved()
    _limit(memory_mib)
    _hush()
    for line in sys.stdin.buffer:
        _alarm(math.ceil(seconds) + _GRACE)
        replies.write(reply(_outcome(requested(line), memory_mib)))
        replies.flush()
        _alarm(0)


def _outcome(file: SourceFile, memory_mib: int) -> Document | LeftOut:
    try:
        return read(file.path, file.source)
    except UnreadableError as error:
        return LeftOut(file.source, str(error))
    except MemoryError:
        return LeftOut(file.source, f"needs more than {memory_mib} MiB of memory to read")
    except Exception as error:  # noqa: BLE001 # a library may raise anything on a damaged file, and it costs only itself
        detail = " ".join(str(error).split())[:200]
        said = f"{type(error).__name__}: {detail}" if detail else type(error).__name__
        return LeftOut(file.source, f"cannot be read as a `{kind_of(file.source)}` file ({said})")


def _reserved() -> BinaryIO:
    """Return standard output, for replies alone: file descriptor 1 and 2 lead nowhere from here on."""
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return replies


def _limit(memory_mib: int) -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each thread that it starts takes address space, which is what is limited
    if sys.platform != "win32":
        import resource

        size = memory_mib * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _hush() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


def _alarm(seconds: int) -> None:
    if sys.platform != "win32":
        signal.alarm(seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
