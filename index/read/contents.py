"""A file's bytes as they were at one moment: never more than a document may have, never of what is no file."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableError

MOST_BYTES = 64 * 1024 * 1024
"""The size past which a file is left out, unless another is asked for."""

_TRIES = 3
_HOW = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_SAFELY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
"""A pipe that took the file's place is not waited for, a link that did is not followed."""

_State = tuple[int, int]


def contents(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file that did not change while they were read; a changing one is tried a few times.

    Raises `UnreadableError` where there is no such file, where it is no regular file or a link, where it holds more
    than `most_bytes`, or where it keeps changing.
    """
    for _ in range(_TRIES):
        with open_safely(path) as file:
            before = _state(file)
            data = file.read(most_bytes + 1)
            if len(data) > most_bytes:
                raise UnreadableError(too_large(most_bytes))
            if before == _state(file) and before[1] == len(data):
                return data
    raise UnreadableError("kept changing while it was read: it is tried again in the next build")


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 (hex) of a file's bytes, or None where it cannot be read as a document is."""
    try:
        return hashlib.sha256(contents(path)).hexdigest()
    except UnreadableError:
        return None


def too_large(most_bytes: int) -> str:
    """Return the reason why a file of more than so many bytes is left out."""
    return f"is larger than {_size(most_bytes)}: split it into smaller files"


def open_safely(path: Path) -> BinaryIO:
    """Open a regular file; raises `UnreadableError` where there is none, or a link."""
    try:
        descriptor = os.open(path, _HOW | _SAFELY)
    except FileNotFoundError as error:
        raise UnreadableError("is no longer there") from error
    except PermissionError as error:
        raise UnreadableError("may not be opened: give the bot's user the right to read it") from error
    except OSError as error:
        raise UnreadableError(_cannot(error)) from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise UnreadableError("is a folder, not a file" if stat.S_ISDIR(mode) else "is not a regular file")
    return os.fdopen(descriptor, "rb")


def _cannot(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "is a link: put the file itself there"
    return f"cannot be opened: {error.strerror or error}"


def _state(file: BinaryIO) -> _State:
    """Return when the file was last written to (nanoseconds) and its size."""
    status = os.fstat(file.fileno())
    return status.st_mtime_ns, status.st_size


def _size(size: int) -> str:
    for unit, step in (("MiB", 1024 * 1024), ("KiB", 1024)):
        if size >= step:
            return f"{size / step:.4g} {unit}"
    return f"{size} bytes"
