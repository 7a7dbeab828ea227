"""A folder of documents mirrored by links, so that it can be played in: what is added there stays there."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.playground.borrowed import link
from index.read.folder import walk


class Mirror:
    """Holds the files of a documents folder that are read, and those that were dropped besides, under `dropped`."""

    def __init__(self, original: Path, folder: Path, *, data: Path | None = None) -> None:
        """Mirror `original` in `folder`, which need not exist; Quoth's own folder `data` is not taken over."""
        self.folder = folder
        self._original = original
        self._apart = [data] if data else []
        self._dropped: set[Path] = set()

    @property
    def documents(self) -> tuple[str, ...]:
        """The sources that are mirrored now."""
        return tuple(path.relative_to(self.folder).as_posix() for path in self._files())

    def sync(self) -> None:
        """Take over what has changed in the original; raises `DocumentsError` where that cannot be read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        wanted = {self.folder / file.holder: file.path for file in walk(self._original, apart=self._apart).files}
        for path in list(self._files()):
            if path not in wanted and path not in self._dropped:
                path.unlink()
        for path, original in wanted.items():
            if path not in self._dropped and not _is_same(path, original):
                _take(path, original)

    def keep(self, path: Path) -> None:
        """Let a file that was dropped stay, whatever is in the original."""
        self._dropped.add(path)

    def _files(self) -> Iterator[Path]:
        return (path for path in self.folder.rglob("*") if path.is_file())


def _is_same(path: Path, original: Path) -> bool:
    """Tell whether a file is a link to the original or, where no link could be made, a copy that is as new."""
    try:
        here, there = path.stat(), original.stat()
    except OSError:
        return False
    return os.path.samestat(here, there) or (here.st_mtime_ns, here.st_size) == (there.st_mtime_ns, there.st_size)


def _take(path: Path, original: Path) -> None:
    with contextlib.suppress(OSError):  # it may have gone meanwhile, or may not be read: a build would leave it out
        if path.is_dir():
            shutil.rmtree(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        link(original, path)
