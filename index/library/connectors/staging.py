"""A run's files before they are put in use: those that were fetched, and those that are taken over."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from index.library.connectors import items
from index.library.connectors.place import Place
from index.library.connectors.protocol import Item

_RESUMED_WITHIN = 24 * 3600.0
"""Seconds after which what an interrupted run has fetched is too old to go on from."""


class Staging:
    """What has been fetched, in this run and in an interrupted one before it, and what the run in use holds.

    It is what a connector is told of earlier runs (`Known`), too.
    """

    def __init__(self, place: Place) -> None:
        """Look at what is there; it is entered to write."""
        self._place = place
        self._current = place.current()
        self.before: Mapping[str, Item] = items.read(self._current) if self._current else {}
        if _age(place.partial) > _RESUMED_WITHIN:
            shutil.rmtree(place.partial, ignore_errors=True)
        self._fetched = items.read(place.partial)
        self.resumed = frozenset(self._fetched)
        self.items: Mapping[str, Item] = {**self.before, **self._fetched}
        self._journal: TextIO | None = None

    def __enter__(self) -> Self:
        self._place.partial.mkdir(parents=True, exist_ok=True)
        items.replace(self._place.partial, self._fetched.values())  # without a line that was not written whole
        self._journal = (self._place.partial / items.FILE_NAME).open("a", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._journal is not None:
            with contextlib.suppress(OSError):  # a full disk is told by what was written first
                self._journal.close()

    def data(self, name: str) -> bytes:
        """Return the bytes that were fetched under a name; raises `OSError`."""
        return Path(self._path(name)).read_bytes()

    def add(self, item: Item, data: bytes) -> None:
        """Keep what was fetched; raises `OSError`."""
        path = self._place.partial / _flat(item.name)
        path.write_bytes(data)
        self._fetched[item.name] = item
        if self._journal is not None:
            items.write(self._journal, item)
            self._journal.flush()

    def discard(self) -> None:
        """Remove what was fetched."""
        shutil.rmtree(self._place.partial, ignore_errors=True)

    def put(self, documents: Iterable[Item]) -> None:
        """Make a run of the `documents`, all of which are here, and put it in use; raises `OSError`."""
        run = self._place.new_run()
        folders: set[str] = set()
        try:
            for item in documents:
                folder = item.name.rpartition("/")[0]
                if folder not in folders:
                    folders.add(folder)
                    (run / folder).mkdir(parents=True, exist_ok=True)
                target = f"{run}/{item.name}"
                _place_file(self._path(item.name), target)
                if not self._is_kept(item):
                    _date(target, item)
            items.replace(run, documents)
            _flush(run)
            self._place.use(run)
        except OSError:
            shutil.rmtree(run, ignore_errors=True)
            raise
        self.discard()

    def note(self, documents: Iterable[Item]) -> None:
        """Write down what is known of documents that have not changed."""
        if self._current is not None:
            items.replace(self._current, documents)
        self.discard()

    def _is_kept(self, item: Item) -> bool:
        """Tell whether the file is that of the run in use, which has its day already."""
        return item.name not in self._fetched and self.before[item.name].date == item.date

    def _path(self, name: str) -> str:
        if name in self._fetched:
            return f"{self._place.partial}/{_flat(name)}"
        if self._current is None or name not in self.before:
            raise FileNotFoundError(name)
        return f"{self._current}/{name}"


def _age(folder: Path) -> float:
    """Return the seconds since something was last written to an interrupted run; 0 where there is none."""
    try:
        return time.time() - (folder / items.FILE_NAME).stat().st_mtime
    except OSError:
        return 0.0


def _flat(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _place_file(path: str, target: str) -> None:
    """Link a file, which nobody writes to, to its place in a run; copy it where that cannot be done."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _date(path: str, item: Item) -> None:
    """Give a file the day of its last change, where that is known."""
    if item.date is not None:
        with contextlib.suppress(ValueError, OSError):
            seconds = time.mktime(time.strptime(item.date[:10], "%Y-%m-%d"))
            os.utime(path, (seconds, seconds))


def _flush(folder: Path) -> None:
    """Have what was written reach the disk before it is put in use."""
    if hasattr(os, "sync"):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
