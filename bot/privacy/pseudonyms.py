"""Hashes in place of ids, keyed with a random secret in the data folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

_BYTES = 32
_NAME = "salt"


def read_or_make(folder: Path, value: bytes | None = None) -> bytes:
    """Return the secret in `folder`; if there is none, create it from `value` or at random, readable by its owner only.

    The file is created atomically. Raises `OSError` if it can be neither read nor written.
    """
    path = folder / _NAME
    if not path.exists():
        _make(path, value or secrets.token_bytes(_BYTES))
    return path.read_bytes()


def hashed(number: int, salt: bytes) -> bytes:
    """Return a 16-byte keyed hash of the id of a person, a channel or a server."""
    return hashlib.blake2b(str(number).encode(), key=salt, digest_size=16).digest()


def make_private(path: Path) -> None:
    """Create a file that only its owner may read, unless it exists; raises `OSError`."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _make(path: Path, value: bytes) -> None:
    beside = path.with_name(f"{_NAME}.{secrets.token_hex(4)}")
    try:
        make_private(beside)
        with beside.open("wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)
