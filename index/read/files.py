"""The files that a text shows as parts of itself: inside the documents folder, and within limits."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.errors import UnreadableError
from index.read.contents import contents
from index.read.decoding import decoded
from index.read.members import bytes_of
from index.records import SourceFile

MOST_FILES = 1000
"""Files that one document may show, each as often as it is shown."""

MOST_BYTES = 4 * 1024 * 1024
"""Bytes of one such file: what is larger is no part of a page."""

MOST_CHARACTERS = 8 * 1024 * 1024
"""Characters that all of them together may add to one document."""

DEEPEST = 10
"""Files that may stand in each other."""

_NAMED = 3
"""Names of files that are spelt out in the build's report."""

_ON_THE_WEB = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_ROOTED = re.compile(r"(?:@site/|@/|~/|/)")


@dataclass(frozen=True, slots=True)
class Part:
    """A file that is shown: its `path` in the folder, and its text."""

    path: PurePosixPath
    text: str


class Place:
    """Where the files beside a document lie: in a folder, or in the archive that the document is part of."""

    def __init__(self, file: SourceFile) -> None:
        """`file` is the document; nothing is opened yet."""
        self._file = file
        self._top = file.top.resolve() if file.top is not None else None

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

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is none; raises `UnreadableError` as `contents` does."""
        if self._file.member is not None:
            return self._member(path)
        found = self._path(path)
        return contents(found, MOST_BYTES) if found is not None else None

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
            found = (self._top / path).resolve(strict=True)
        except (OSError, RuntimeError, ValueError):  # RuntimeError: links in a circle; ValueError: a null byte
            return None
        if not found.is_file():
            return None
        if not found.is_relative_to(self._top):
            raise UnreadableError(_OUTSIDE)
        return found


_OUTSIDE = "lies outside the documents folder"


class Files:
    """The files that one document shows.

    `states` has the SHA-256 (hex) of every file that was looked for, by its path in the place, None for what was not
    there: the document is to be read anew once one of them changes.
    """

    def __init__(self, file: SourceFile | None = None) -> None:
        """Look for files beside `file`; without one, none is found."""
        self._place = Place(file) if file is not None else None
        own = self._place.document if self._place is not None else None
        self._inside = [own] if own is not None else []
        self._count = 0
        self._characters = 0
        self._problems: dict[str, str] = {}
        self.states: dict[str, str | None] = {}

    @contextmanager
    def opened(self, name: str, *folders: str) -> Iterator[Part | None]:
        """Open a file by the name that a text gives it; None where it is not shown, of which `unread` then tells.

        It is looked for beside the text that names it, then in the folders above that, each time in the further
        `folders` too. What is opened meanwhile stands in it: its own names are looked up from where it lies.
        """
        part = None
        if self._inside:
            try:
                part = self._found(name.strip(), folders)
            except UnreadableError as error:
                self.miss(name, str(error))
        if part is None:
            yield None
            return
        self._inside.append(part.path)
        try:
            yield part
        finally:
            self._inside.pop()

    def miss(self, name: str, reason: str) -> None:
        """Note that a file is not shown, and why."""
        self._problems.setdefault(" ".join(name.split()), reason)

    @property
    def unread(self) -> list[str]:
        """What of the document was not read because of that, as one reason."""
        if not self._problems:
            return []
        told = [f"{name} ({reason})" for name, reason in list(self._problems.items())[:_NAMED]]
        more = len(self._problems) - len(told)
        names = ", ".join(told) + (f" and {more:,} more" if more else "")
        return [f"names files as parts of it that were not read, put them in the documents folder: {names}"]

    def _found(self, name: str, folders: tuple[str, ...]) -> Part:
        """Return a file; raises `UnreadableError` with the reason why it is not shown."""
        if _ON_THE_WEB.match(name):
            raise UnreadableError("is on the web")
        self._count += 1
        if self._count > MOST_FILES:
            raise UnreadableError(f"is past the first {MOST_FILES:,}")
        if len(self._inside) > DEEPEST:
            raise UnreadableError(f"stands in {DEEPEST} others that stand in each other")
        folder = self._inside[-1].parent
        circle = False
        for candidate in _candidates(name, folder, folders):
            data = self._read(candidate)
            circle = circle or (data is not None and PurePosixPath(candidate) in self._inside)
            if data is not None and PurePosixPath(candidate) not in self._inside:
                return self._part(candidate, data)
        if circle:
            raise UnreadableError("is shown in itself")
        raise UnreadableError(_OUTSIDE if _leads_out(name, folder) else "is not there")

    def _read(self, candidate: str) -> bytes | None:
        if self._place is None:
            return None
        if any(part.startswith(".") for part in candidate.split("/")):
            raise UnreadableError("is hidden by a dot in front of its name")
        self.states[candidate] = None
        data = self._place.read(candidate)
        if data is not None:
            self.states[candidate] = hashlib.sha256(data).hexdigest()
        return data

    def _part(self, candidate: str, data: bytes) -> Part:
        text = decoded(data)
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise UnreadableError(f"makes more than {MOST_CHARACTERS:,} characters")
        return Part(PurePosixPath(candidate), text)


def _leads_out(name: str, folder: PurePosixPath) -> bool:
    """Tell whether a name, seen from a folder, is that of a file outside of all."""
    return not _ROOTED.match(name) and posixpath.normpath(posixpath.join(folder.as_posix(), name)).startswith("..")


def _candidates(name: str, folder: PurePosixPath, folders: tuple[str, ...]) -> Iterator[str]:
    """Yield the paths at which a file may lie that a text in `folder` names, without those outside of all."""
    rooted = _ROOTED.match(name)
    bare = name[rooted.end() :] if rooted else name
    bases = [folder] if name.startswith("./") else [folder, *folder.parents]
    paths = (
        posixpath.normpath(posixpath.join(base.as_posix(), further, bare))
        for base in bases
        for further in ("", *folders)
    )
    yield from dict.fromkeys(path for path in paths if path not in {".", ".."} and not path.startswith(("../", "/")))
