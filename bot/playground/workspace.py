"""The folder that is played in: removed at the end, and by the next one where it could not be."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from bot.playground.mirror import Mirror
from index.errors import BuildError

_PLAYGROUNDS = ".playground"
"""Its name begins with a dot: where the data folder lies among the documents, nothing in it is read."""


@dataclass(frozen=True)
class Workspace:
    """The documents that are played with, and a data folder that is played with."""

    folder: Path
    mirror: Mirror

    @property
    def data(self) -> Path:
        """Where the bot keeps the index, votes and journal of the game."""
        return self.folder / "data"


@contextmanager
def workspace(documents: Path, data: Path) -> Iterator[Workspace]:
    """Give a workspace inside the folder `data`, with links to `documents`; it is removed at the end.

    A lock says for as long as this process lives that it is in use. Raises `DocumentsError` where the documents
    cannot be read, and `BuildError` where nothing can be written.
    """
    name, places = secrets.token_hex(8), data.resolve() / _PLAYGROUNDS
    lock = FileLock(places / f"{name}.lock")
    try:
        places.mkdir(parents=True, exist_ok=True)
        _clear(places)
        lock.acquire(blocking=False)
        folder = places / name
        folder.mkdir()
    except OSError as error:
        raise BuildError(f"Nothing can be written to {data} ({error.strerror}): set QUOTH_DATA.") from error
    try:
        mirror = Mirror(documents.resolve(), folder / "documents", data=data)
        mirror.sync()
        yield Workspace(folder, mirror)
    finally:
        _remove(folder, lock)


def _clear(places: Path) -> None:
    """Remove what processes left that were killed: their locks are free."""
    for path in places.glob("*.lock"):
        lock = FileLock(path)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            continue
        _remove(path.with_suffix(""), lock)


def _remove(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()
    with suppress(OSError):  # another playground is there, or has removed it
        folder.parent.rmdir()
