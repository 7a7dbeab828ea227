"""What is to be erased: documents of which no generation of the index may keep what they held before."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from index.store import put_aside

_UNFINISHED = ".new"
_SPARE = ".spare"
_CLOSED = "closed-"

_NAMED = "="
_LONGEST = 255

_SPARES = 16
"""Notes that a full disk has room for; more are files without content, which most file systems still make then."""

_SPARE_BYTES = 4096
"""The longest path on Linux, and a block of most file systems."""

_ABANDONED_SECONDS = 3600.0
"""Age past which nobody is still writing a note: it takes a moment, and longer only on a disk that hangs."""


class Erasures:
    """Notes in the data folder, a file each: processes write them, and the build takes them away that it has heeded."""

    def __init__(self, data: Path) -> None:
        """Keep them below the folder `data`, which need not exist yet."""
        self._folder = data / "erasures"
        self._library = data / "library"
        self._owed = set[tuple[str, str]]()
        """Sources, and the prefixes of the notes about them that could not be written yet."""

    def note(self, source: str) -> None:
        """Note that a document, or all below a folder, was removed or holds less than before; raises `OSError`.

        Call it once the file is as it shall be: a build that begins after that heeds the note.
        """
        self._write(source)

    @contextlib.contextmanager
    def noted(self, source: str, *, closing: bool = False) -> Iterator[None]:
        """Note a document, or all below a folder, around what removes it; raises `OSError`.

        The note is there before the file goes, so that no crash loses it; where there is no room for it, it comes
        after, for the file goes all the same, and where that fails, too, it is owed. It gets another name once the file
        is gone: a build that has read the file before takes away only the notes that it has read. What is tried again
        has one note. Where it is `closing` the document, the note `closes` it from now on, while it cannot go, too;
        whoever removes it otherwise, to be put back, does not touch that note.
        """
        with contextlib.suppress(OSError):
            self.catch_up()
        prefix, note = _CLOSED if closing else "", None
        with contextlib.suppress(OSError):
            note = self._anew(source, self._pending(source, prefix), prefix)
        try:
            yield
            prefix = ""
            self._owed.discard((source, _CLOSED))
        finally:
            self._owed.add((source, prefix))
            self._anew(source, note, prefix)
            self._owed.discard((source, prefix))

    def reopen(self, source: str) -> None:
        """Close a document no longer, or what lies below a folder: another comes in its place; raises `OSError`."""
        if (source, _CLOSED) in self._owed:
            self._owed.add((source, ""))
            self._owed.discard((source, _CLOSED))
        for name, pending in self.legible().items():
            if pending == source.rstrip("/") and closes(name):
                with contextlib.suppress(FileNotFoundError):  # another process has
                    (self._folder / name).rename(self._new(of=name))

    def reserve(self) -> None:
        """Have room for notes on a disk that will be full: while they are owed, a crash would lose them."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._clear()
            for _ in range(_SPARES - len(list(self._folder.glob(f"*{_SPARE}")))):
                path = self._new()
                beside = path.with_suffix(_UNFINISHED)
                self._create(beside, bytes(_SPARE_BYTES))
                beside.rename(path.with_suffix(_SPARE))

    def _clear(self) -> None:
        """Remove what a crash left: files half written, and room that is none."""
        since = time.time() - _ABANDONED_SECONDS
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another process has used it
                is_old = path.suffix == _UNFINISHED and path.stat().st_mtime < since
                if is_old or (path.suffix == _SPARE and path.stat().st_size < _SPARE_BYTES):
                    path.unlink()

    def catch_up(self) -> bool:
        """Write the notes that are owed: those of files that went while no note could be written.

        Tell whether there were any; raises `OSError`.
        """
        owed = list(self._owed)
        for source, prefix in owed:
            self._write(source, prefix)
            self._owed.discard((source, prefix))
        return bool(owed)

    def _anew(self, source: str, note: Path | None, prefix: str) -> Path:
        """Give a note another name, or write it where there is none, or a build has taken it away."""
        if note is not None:
            with contextlib.suppress(FileNotFoundError):
                return note.rename(self._new(prefix, of=note.name))
        return self._write(source, prefix)

    def _pending(self, source: str, prefix: str) -> Path | None:
        names = (name for name, pending in self.pending().items() if pending == source.rstrip("/"))
        return next((self._folder / name for name in names if closes(name) == closes(prefix)), None)

    def _write(self, source: str, prefix: str = "") -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        path, note = self._new(prefix), source.rstrip("/").encode("utf-8", "surrogateescape")
        beside = path.with_suffix(_UNFINISHED)
        try:
            self._create(beside, note)
        except OSError as error:
            if not self._fill_spare(beside, note):
                return self._name(path, source.rstrip("/"), error)
        return beside.rename(path)

    def _name(self, path: Path, source: str, error: OSError) -> Path:
        """Write a note into the name of a file; raises `OSError`, the `error` before where it is too long for one."""
        path = path.with_name(f"{path.name}{_NAMED}{put_aside.quoted(source).replace('.', '%2E')}")
        if len(os.fsencode(path.name)) > _LONGEST:
            raise error
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return path

    def _create(self, path: Path, data: bytes) -> None:
        try:
            with path.open("xb") as file:
                _flush(file, data)
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            raise

    def _fill_spare(self, path: Path, data: bytes) -> bool:
        """Write a note where there is room reserved for it, and tell whether there was any."""
        for spare in self._folder.glob(f"*{_SPARE}"):
            with contextlib.suppress(OSError):  # another process has taken it, or it is no room
                spare.rename(path)
                with path.open("r+b") as file:
                    _flush(file, data)
                return True
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        return False

    def _new(self, prefix: str = "", *, of: str = "") -> Path:
        """Return another name for a note, which says what it is about where the one `of` before does."""
        _, sign, source = of.partition(_NAMED)
        return self._folder / f"{prefix}{secrets.token_hex(8)}{sign}{source}"

    def pending(self) -> Mapping[str, str]:
        """Return the sources that are to be erased, by the names of their notes; raises `OSError`."""
        return self._read(FileNotFoundError)  # another process has heeded it

    def legible(self) -> Mapping[str, str]:
        """Return those of them whose notes can be read, though others cannot; raises `OSError`."""
        return self._read(OSError)

    def _read(self, passed_over: type[OSError]) -> Mapping[str, str]:
        if not self._folder.is_dir():
            return {}
        notes = {}
        for path in self._folder.iterdir():
            if not path.suffix:
                source = unquote(path.name.partition(_NAMED)[2])
                with contextlib.suppress(passed_over):
                    notes[path.name] = source or path.read_text(encoding="utf-8", errors="surrogateescape")
        return notes

    def done(self, notes: Iterable[str]) -> None:
        """Take away notes by their names: what they are about is erased.

        Those stay that close what is still there, or can be put back.
        """
        closed = {name: source for name, source in self.pending().items() if closes(name)}
        for name in notes:
            if name not in closed or not self._may_be_there(closed[name]):
                (self._folder / name).unlink(missing_ok=True)

    def _may_be_there(self, source: str) -> bool:
        try:
            aside = {one.source for one in put_aside.in_folder(self._library / put_aside.FOLDER)}
        except OSError:  # nobody can tell
            return True
        return not _is_missing(self._library / source) or any(is_among(one, {source}) for one in aside)


def closes(note: str) -> bool:
    """Tell by the name of a note whether what it is about is being removed, or could not be: it is not quoted."""
    return note.startswith(_CLOSED)


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # nobody can tell
        return False
    return False


def _flush(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())


def is_among(source: str, erased: Collection[str]) -> bool:
    """Tell whether a document is one of those that are `erased`, or lies below one of them."""
    return any(path in erased for path in paths_to(source))


def paths_to(source: str) -> Iterator[str]:
    """Yield what a note about a document may name: the folders that it lies below, and itself."""
    return accumulate(source.split("/"), "{}/{}".format)
