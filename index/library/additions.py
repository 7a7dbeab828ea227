"""What people add to the library: files in the roots that are kept in the data folder."""

from __future__ import annotations

import contextlib
import math
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.errors import DocumentsError, LibraryError, system_reason
from index.library.filenames import safe
from index.library.library import ANSWERS, UPLOADS, roots_below
from index.read.folder import walk
from index.read.kinds import READERS, kind_of
from index.read.members import ARCHIVE
from index.store import put_aside
from index.store.erasures import Erasures
from index.store.put_aside import Aside

MOST_BYTES = 25 * 1024 * 1024
"""The size past which an upload is refused: it is held in memory while it comes."""

MOST_NAME = 90
"""Characters of a file's name, so that its source fits into a choice that Discord offers."""

_UNDO_SECONDS = 3600.0
"""How long what was removed is kept, to be put back."""

_OWN = (UPLOADS, ANSWERS)


class Saved(NamedTuple):
    """An upload as it was saved: its source, and the `Additions.version` that tells it from others of its name."""

    source: str
    version: int | None


class Additions:
    """The files that people add: each is written beside and renamed, and none is written over.

    Thread-safe: of two who change something, one waits.
    """

    def __init__(self, data: Path) -> None:
        """Keep them below the folder `data`, which need not exist yet."""
        self._roots = {name: folder for name, folder in roots_below(data).items() if name in _OWN}
        self._removed = data / "library" / put_aside.FOLDER
        self._erasures = Erasures(data)
        self._changing = threading.RLock()

    def upload(self, name: str, data: bytes) -> Saved:
        """Save a file under a safe form of its name, and return what it is known by; raises `LibraryError`."""
        safely = _shortened(safe(name))
        if kind_of(safely) not in READERS:
            raise _of_no_kind(name, kind_of(safely))
        if not data.strip():
            raise LibraryError("{name} is not taken: it is empty.", name=safely)
        if len(data) > MOST_BYTES:
            raise too_large(safely)
        return self._put(UPLOADS, safely, data)

    def keep(self, name: str, text: str) -> str:
        """Save an answer under `name`, a path below their folder, and return its source; raises `LibraryError`."""
        return self._put(ANSWERS, name, text.encode("utf-8", "replace")).source

    def sources(self, root: str | None = None) -> list[str]:
        """Return the sources of what was added, sorted: all of it, or that in one root."""
        sources: list[str] = []
        for name, folder in self._roots.items():
            if root in (None, name) and folder.is_dir():
                with contextlib.suppress(DocumentsError):  # which the build tells
                    sources += [f"{name}/{file.source}" for file in walk(folder).files]
        return sources

    def path(self, source: str) -> Path | None:
        """Return where the file of a source is, or None where nothing of that source was added."""
        try:
            place = self._place(source)
        except LibraryError:
            return None
        is_hidden = any(part.startswith(".") for part in source.split("/"))  # what is being written
        return place if place.is_file() and not is_hidden else None

    def version(self, source: str) -> int | None:
        """Return what tells an upload from others of its name: when it was saved, in ns; None where it is none."""
        root, _, name = source.partition("/")
        try:
            return (self._roots[root] / name).stat().st_mtime_ns if root == UPLOADS else None
        except OSError:
            return None

    def remove(self, source: str, version: int | None = None) -> int | None:
        """Take a file away, to be put back by `restore` within the hour, and return its `version`.

        Raises `LibraryError`, also where the `version` that is to go is not the one that is there.
        """
        self.purge()
        with self._changing, _translate_errors("It could not be removed ({reason}): nothing has changed."):
            path, saved = self._present(source), self.version(source)
            if version not in (None, saved):
                raise added_anew(source)
            place = put_aside.place(self._removed, source, saved)
            place.parent.mkdir(parents=True, exist_ok=True)
            times = path.stat()
            try:
                with self._erasures.noted(source):
                    path.rename(place)
                    os.utime(place)  # so that the hour is counted from now
            except OSError:
                if place.exists():  # what cannot be noted is not removed, and is the same
                    place.rename(path)
                    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
                raise
        return saved

    def rewrite(self, source: str, text: str) -> None:
        """Replace what an answer says, by one rename; raises `LibraryError`."""
        with self._changing, _translate_errors("It could not be saved ({reason}): nothing has changed."):
            path = self._present(source)
            beside = path.with_name(f".{secrets.token_hex(8)}")
            try:
                _write(beside, text.encode("utf-8", "replace"))
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def discard(self, source: str, version: int | None = None) -> None:
        """Remove a file for good, where a `version` is given no other one; raises `LibraryError` where it stays.

        It need not be listed: what lies in a folder that cannot be read just now is to go as well.
        """
        with self._changing, _translate_errors("It could not be removed ({reason}): nothing has changed."):
            if version in (None, self.version(source)):
                self._place(source).unlink(missing_ok=True)

    def expunge(self, source: str) -> None:
        """Remove a file for good, also from what can be put back; raises `LibraryError`."""
        with (
            self._changing,
            _translate_errors("It could not be removed ({reason}): nothing has changed."),
            self._erasures.noted(source, closing=True),
        ):
            self.discard(source)
            while (path := self.removed().get(source)) is not None:
                path.unlink()

    def removed(self) -> dict[str, Path]:
        """Return what can be put back: by source, the last removed of each."""
        return {aside.source: aside.path for aside in self._put_aside()}

    def _put_aside(self) -> list[Aside]:
        """Return what can be put back, the last removed at the end; raises `OSError` where that cannot be listed."""
        with self._changing:
            dated = [(_removed_at(aside), aside) for aside in put_aside.in_folder(self._removed)]
            return [aside for _, aside in sorted(dated, key=lambda pair: pair[0])]

    def restore(self, source: str, version: int | None = None) -> int | None:
        """Put back what was removed, the last of its name or that of a `version`, and return its `version`.

        Raises `LibraryError` where it is too late, or the name is taken again.
        """
        self.purge()
        with self._changing, _translate_errors("It could not be put back ({reason}): nothing has changed."):
            aside = [one for one in self._put_aside() if one.source == source and version in (None, one.version)]
            root, _, name = source.partition("/")
            place = self._roots[root] / name
            if place.exists():
                raise added_again(source)
            if not aside:
                raise LibraryError("It is too late to undo that: what is removed is kept for an hour.")
            _, saved, path = aside[-1]
            place.parent.mkdir(parents=True, exist_ok=True)
            path.rename(place)
            if saved is not None:
                os.utime(place, ns=(saved, saved))  # it is the same
            return self.version(source)

    def purge(self) -> None:
        """Remove for good what was removed more than an hour ago, and have room for what is removed next."""
        since = time.time() - _UNDO_SECONDS
        with self._changing:
            with contextlib.suppress(OSError):  # the next time
                for aside in self._put_aside():
                    if _removed_at(aside) <= since:
                        with contextlib.suppress(OSError):
                            aside.path.unlink()
            for folder in [path for path in self._removed.glob("*") if path.is_dir()]:
                if not any(path.is_file() for path in folder.rglob("*")):
                    shutil.rmtree(folder, ignore_errors=True)
            if any(folder.is_dir() for folder in self._roots.values()):
                with contextlib.suppress(OSError):
                    self._removed.mkdir(exist_ok=True)
        self._erasures.reserve()

    def _present(self, source: str) -> Path:
        """Return where the file of a source is; raises `LibraryError` where nothing of that source was added."""
        path = self.path(source)
        if path is None:
            raise _unknown(source)
        return path

    def _place(self, source: str) -> Path:
        """Return where the file of a source is, if it is there; raises `LibraryError` for what lies elsewhere."""
        root, _, name = source.partition("/")
        parts = name.split("/")
        if root not in self._roots or not set(parts).isdisjoint({"", ".", ".."}):
            raise _unknown(source)
        return self._roots[root].joinpath(*parts)

    def _put(self, root: str, name: str, data: bytes) -> Saved:
        folder, source = self._roots[root], f"{root}/{name}"
        beside = folder / f".{secrets.token_hex(8)}"
        with _translate_errors("It could not be saved ({reason}): nothing has changed."):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                _write(beside, data)
                with self._changing:
                    if (folder / name).exists():
                        raise LibraryError(
                            "There is a {source} already: take it away with `/source remove` first.",
                            source=source,
                        )
                    self._erasures.reopen(source)
                    beside.rename(folder / name)
                    return Saved(source, self.version(source))
            finally:
                beside.unlink(missing_ok=True)


def added_anew(source: str) -> LibraryError:
    """Return the error that takes away nothing but what was added then."""
    return LibraryError("{source} has been added anew since: it stays. `/source remove` takes it away.", source=source)


def added_again(source: str) -> LibraryError:
    """Return the error that puts nothing back in the place of something else."""
    return LibraryError("{source} has been added again meanwhile: it stays as it is.", source=source)


def _unknown(source: str) -> LibraryError:
    return LibraryError("{source} is not among what was added here: `/source list` shows what there is.", source=source)


def _of_no_kind(name: str, kind: str) -> LibraryError:
    """Return the error that refuses a file of a `kind` (its ending, "" for none) that is not read here."""
    if not name:
        return LibraryError("That file is not taken: files without an ending such as `.md` are not read.")
    if not kind:
        return LibraryError("{name} is not taken: files without an ending such as `.md` are not read.", name=name)
    if kind == ARCHIVE:
        return LibraryError("{name} is not taken: send the files that are in it, unpacked.", name=name)
    return LibraryError("{name} is not taken: {kind} files are not read.", name=name, kind=kind)


def too_large(name: str) -> LibraryError:
    """Return the error that refuses a larger file."""
    return LibraryError(
        "{name} is not taken: it is larger than {size} MiB. Split it into smaller files.",
        name=name,
        size=MOST_BYTES // 1024**2,
    )


def _removed_at(aside: Aside) -> float:
    """Return when a file was removed, in s since 1970; infinity where it has just gone."""
    try:
        return aside.path.stat().st_mtime
    except OSError:
        return math.inf


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _shortened(name: str) -> str:
    path = Path(name)
    return f"{path.stem[: MOST_NAME - len(path.suffix)]}{path.suffix}" if len(name) > MOST_NAME else name


@contextlib.contextmanager
def _translate_errors(message: str) -> Iterator[None]:
    """Turn what the file system refuses into a `LibraryError`."""
    try:
        yield
    except OSError as error:
        raise LibraryError(message, reason=system_reason(error)) from error
