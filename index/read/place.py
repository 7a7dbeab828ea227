"""Where the files beside a document lie: in the documents folder, or in an archive."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from index.errors import UnreadableError
from index.read.contents import contents
from index.read.members import bytes_of
from index.records import SourceFile

MOST_BYTES = 4 * 1024 * 1024
"""Bytes of a file that is a part of a page, or that configures a site: what is larger is neither."""

OUTSIDE = "lies outside the documents folder"
"""Why a file is not opened that lies elsewhere."""


class Place:
    """Where the files beside a document lie: in a folder, or in the archive that the document is part of."""

    def __init__(self, file: SourceFile) -> None:
        """`file` is the document; nothing is opened yet."""
        self._file = file
        self._top = file.top.resolve() if file.top is not None else None

    @property
    def is_archive(self) -> bool:
        """Whether it is an archive."""
        return self._file.member is not None

    @property
    def top(self) -> Path | None:
        """The documents folder; None in an archive, or where it is not known."""
        return None if self.is_archive else self._top

    @property
    def key(self) -> str:
        """What tells one place from another: the path of the folder or archive."""
        return str(self._file.path if self._file.member is not None else self._top)

    @property
    def document(self) -> PurePosixPath | None:
        """The document's own path in it; None where it is not known where the document lies."""
        if self._file.member is not None:
            return PurePosixPath(self._file.member)
        if self._top is None or not self._file.path.is_relative_to(self._top):
            return None
        return PurePosixPath(self._file.path.relative_to(self._top).as_posix())

    def names(self, folder: str) -> set[str]:
        """Return the names of the files and folders in a folder; none in an archive."""
        try:
            return {path.name for path in (self._top / folder).iterdir()} if self._top is not None else set()
        except OSError:
            return set()

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is none; raises `UnreadableError` as `contents` does."""
        if self._file.member is not None:
            return self._member(path)
        target = self._path(path)
        return contents(target, MOST_BYTES) if target is not None else None

    def state(self, path: str) -> str | None:
        """Return the SHA-256 (hex) of a file, or None where it is not there or cannot be read."""
        try:
            data = self.read(path)
        except UnreadableError:
            return None
        return None if data is None else hashlib.sha256(data).hexdigest()

    def _member(self, path: str) -> bytes | None:
        try:
            return bytes_of(SourceFile(path, self._file.path, path), MOST_BYTES)
        except UnreadableError as error:
            if str(error) == "is no longer there":
                return None
            raise

    def _path(self, path: str) -> Path | None:
        """Return where a file really lies; raises `UnreadableError` where a link leads out of the folder."""
        if self._top is None:
            return None
        try:
            target = (self._top / path).resolve(strict=True)
        except (OSError, RuntimeError, ValueError):  # RuntimeError: links in a circle; ValueError: a null byte
            return None
        if not target.is_file():
            return None
        if not target.is_relative_to(self._top):
            raise UnreadableError(OUTSIDE)
        return target
