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

    def note(self, source: str) -> None:
        """Note that a document, or all below a folder, was removed or holds less than before; raises `OSError`.

        Call it once the file is as it shall be: a build that begins after that heeds the note.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / secrets.token_hex(8)
        beside = path.with_suffix(_UNFINISHED)
        with beside.open("x", encoding="utf-8", errors="surrogateescape") as file:
            file.write(source.rstrip("/"))
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)

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
