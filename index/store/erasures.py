"""What is to be erased: documents of which no generation of the index may keep what they held before."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path

_UNFINISHED = ".new"


class Erasures:
    """Notes in the data folder, a file each: processes write them, and the build takes them away that it has heeded."""

    def __init__(self, data: Path) -> None:
        """Keep them below the folder `data`, which need not exist yet."""
        self._folder = data / "erasures"
        self._owed = set[str]()

    def note(self, source: str) -> None:
        """Note that a document, or all below a folder, was removed or holds less than before; raises `OSError`.

        Call it once the file is as it shall be: a build that begins after that heeds the note.
        """
        self._write(source)

    @contextlib.contextmanager
    def noted(self, source: str) -> Iterator[None]:
        """Note a document, or all below a folder, around what removes it; raises `OSError`.

        The note is there before the file goes, so that no crash loses it; on a full disk it comes after, for the file
        goes all the same, and where that fails, too, it is owed. It gets another name once the file is gone: a build
        that has read the file before takes away only the notes that it has read. What is tried again has one note.
        """
        with contextlib.suppress(OSError):
            self.catch_up()
        note = None
        with contextlib.suppress(OSError):
            note = self._anew(source, self._pending(source))
        try:
            yield
        finally:
            self._owed.add(source)
            self._anew(source, note)
            self._owed.discard(source)

    def catch_up(self) -> bool:
        """Write the notes that are owed: those of files that went while no note could be written.

        Tell whether there were any; raises `OSError`.
        """
        owed = list(self._owed)
        for source in owed:
            self._write(source)
            self._owed.discard(source)
        return bool(owed)

    def _anew(self, source: str, note: Path | None) -> Path:
        """Give a note another name, or write it where there is none, or a build has taken it away."""
        if note is not None:
            with contextlib.suppress(FileNotFoundError):
                return note.rename(self._new())
        return self._write(source)

    def _pending(self, source: str) -> Path | None:
        names = (name for name, pending in self.pending().items() if pending == source.rstrip("/"))
        return next((self._folder / name for name in names), None)

    def _write(self, source: str) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._new()
        beside = path.with_suffix(_UNFINISHED)
        with beside.open("x", encoding="utf-8", errors="surrogateescape") as file:
            file.write(source.rstrip("/"))
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
        return path

    def _new(self) -> Path:
        return self._folder / secrets.token_hex(8)

    def pending(self) -> Mapping[str, str]:
        """Return the sources that are to be erased, by the names of their notes; raises `OSError`."""
        if not self._folder.is_dir():
            return {}
        notes = {}
        for path in self._folder.iterdir():
            if not path.suffix:
                with contextlib.suppress(FileNotFoundError):  # another process has heeded it
                    notes[path.name] = path.read_text(encoding="utf-8", errors="surrogateescape")
        return notes

    def done(self, notes: Iterable[str]) -> None:
        """Take away notes by their names: what they are about is erased."""
        for name in notes:
            (self._folder / name).unlink(missing_ok=True)


def is_among(source: str, erased: Collection[str]) -> bool:
    """Tell whether a document is one of those that are `erased`, or lies below one of them."""
    return any(path in erased for path in paths_to(source))


def paths_to(source: str) -> Iterator[str]:
    """Yield what a note about a document may name: the folders that it lies below, and itself."""
    return accumulate(source.split("/"), "{}/{}".format)
