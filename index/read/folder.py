"""The documents folder: which files in it are read, and which are left out and why."""

from __future__ import annotations

import contextlib
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import DocumentsError, UnreadableError
from index.read.characters import is_plain, shown
from index.read.contents import MOST_BYTES, open_safely, too_large
from index.read.ignore import IGNORE_FILE, WILD, Ignored
from index.read.kinds import is_read, kind_of, not_read
from index.read.members import ARCHIVE, members, xml_entry
from index.read.site.names import MDBOOK, NAMES, VITEPRESS, is_setting
from index.read.unpublished import DRAFT, is_draft
from index.read.unseen import is_unseen
from index.records import LeftOut, SourceFile

_DEEPEST = 64
"""Folders that a document may lie in: finding out where one really is takes time for each of them."""

_HEAD = 4096

_WHICH = "set QUOTH_DOCUMENTS or --documents to the folder with your documents"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a documents folder holds: the files to read, sorted by source, and those left out.

    `settings` are the files that sites are configured by, by their paths in the folder.
    """

    files: tuple[SourceFile, ...]
    left_out: tuple[LeftOut, ...]
    settings: Mapping[str, Path] = field(default_factory=dict)


def walk(folder: Path, *, apart: Iterable[Path] = (), most_bytes: int = MOST_BYTES, pictures: bool = False) -> Listing:
    """List a folder and all below it.

    What is hidden, a program's own or a backup (`index/read/unseen.py`), what a `.quothignore` names, sitemaps and what
    configures a site (`index/read/site/names.py`) are left out without a word. The documents in a ZIP archive are
    listed as if it were a folder. A link is followed where it stays inside the folder, and no folder is entered twice.
    With `pictures`, these are documents, too. Folders below it that are kept `apart` are passed over without a word.

    Raises `DocumentsError` where the folder is missing, is none or cannot be read.
    """
    top = _top(folder)
    walk_ = _Walk(top, apart, most_bytes, pictures=pictures)
    entries = list(walk_.over())
    files = sorted((entry for entry in entries if isinstance(entry, SourceFile)), key=lambda file: file.source)
    left_out = sorted((entry for entry in entries if isinstance(entry, LeftOut)), key=lambda left: left.source)
    return Listing(tuple(files), tuple(left_out), walk_.settings)


def _top(folder: Path) -> Path:
    try:
        top = folder.resolve(strict=True)
        with os.scandir(top):
            return top
    except FileNotFoundError as error:
        raise DocumentsError(f"There is no folder {folder}: {_WHICH}.") from error
    except NotADirectoryError as error:
        raise DocumentsError(f"{folder} is a file, not a folder: {_WHICH}.") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        reason = getattr(error, "strerror", None) or error
        raise DocumentsError(
            f"The folder {folder} cannot be read ({reason}): give the right to, or {_WHICH}."
        ) from error


def _why_not(path: Path) -> str:
    with contextlib.suppress(OSError):  # a path may be too long to be looked at
        if path.is_symlink():
            return "is a link that leads nowhere"
    return "cannot be opened"


_Entry = tuple[Path, str, Ignored]
"""What is to be looked at: where it lies, its source, and the rules that hold there."""


class _Walk:
    """One walk, with the folders it has been in: a link to one of them leads nowhere new."""

    def __init__(self, top: Path, apart: Iterable[Path], most_bytes: int, *, pictures: bool) -> None:
        self._pictures = pictures
        self._top = top
        self._apart = [folder for folder in (path.resolve() for path in apart) if top in folder.parents]
        self._most_bytes = most_bytes
        self._seen = {top}
        self.settings: dict[str, Path] = {}
        self._folders: deque[_Entry] = deque()
        self._links: deque[_Entry] = deque()

    def over(self) -> Iterator[SourceFile | LeftOut]:
        """Take what is really there first, then what links lead to: folders wait in a line, however deep they lie."""
        self._folders.append((self._top, "", Ignored()))
        while self._folders or self._links:
            if self._folders:
                yield from self._below(*self._folders.popleft())
            else:
                yield from self._entry(*self._links.popleft())

    def _below(self, folder: Path, source: str, ignored: Ignored) -> Iterator[SourceFile | LeftOut]:
        try:
            with os.scandir(folder) as entries:
                every = [(child.name, child.is_symlink()) for child in entries]
        except OSError as error:
            yield LeftOut(shown(source), f"the folder cannot be read: {error.strerror}")
            return
        there = {name for name, _ in every}
        self._note_settings(folder, source, there)
        above = {MDBOOK} if self._has_book(source) else ()
        visible = sorted(pair for pair in every if not (is_unseen(pair[0]) or is_setting(pair[0], there, above)))
        ignored = ignored.within(source, folder / IGNORE_FILE)
        if ignored.wild:
            yield LeftOut(shown(f"{source}/{IGNORE_FILE}".lstrip("/")), WILD)
        for name, is_link in visible:
            entry = (folder / name, f"{source}/{name}" if source else name, ignored)
            if is_link:
                self._links.append(entry)
            else:
                yield from self._entry(*entry)

    def _note_settings(self, folder: Path, source: str, names: set[str]) -> None:
        """Note the files in a folder that sites are configured by."""
        hidden = VITEPRESS if ".vitepress" in names else ()
        for name in (*(names & NAMES), *hidden):
            if (folder / name).is_file():
                self.settings[f"{source}/{name}" if source else name] = folder / name

    def _has_book(self, source: str) -> bool:
        """Tell whether an mdBook is configured in the folder above one."""
        above, apart, _ = source.rpartition("/")
        return bool(source) and f"{above}{apart}{MDBOOK}" in self.settings

    def _entry(self, path: Path, source: str, ignored: Ignored) -> Iterator[SourceFile | LeftOut]:
        try:
            target = path.resolve(strict=True)
            status = target.stat()
        except (OSError, RuntimeError):  # RuntimeError: links that lead in a circle
            if not ignored.holds(source):
                yield LeftOut(shown(source), _why_not(path))
            return
        is_apart = any(map(target.is_relative_to, self._apart))
        if is_apart or ignored.holds(source, folder=stat.S_ISDIR(status.st_mode)):
            return
        if not target.is_relative_to(self._top):
            yield LeftOut(shown(source), "is a link to a place outside the documents folder")
        elif not is_plain(path.name):
            yield LeftOut(shown(source), "has a name with characters that cannot be shown: rename it")
        elif source.count("/") >= _DEEPEST:
            yield LeftOut(shown(source), f"lies in more than {_DEEPEST} folders: move it up")
        elif not stat.S_ISDIR(status.st_mode):
            entries = self._file(target, source, status)
            yield from (entry for entry in entries if entry.source == source or not ignored.holds(entry.source))
        else:
            self._enter(target, (path, source, ignored))

    def _enter(self, target: Path, entry: _Entry) -> None:
        if target not in self._seen:
            self._seen.add(target)
            self._folders.append(entry)

    def _file(self, target: Path, source: str, status: os.stat_result) -> Iterator[SourceFile | LeftOut]:
        kind = kind_of(source)
        if not is_read(source, pictures=self._pictures) and kind != ARCHIVE:
            yield LeftOut(source, not_read(source))
        elif is_draft(source, self.settings):
            yield LeftOut(source, DRAFT)
        elif not stat.S_ISREG(status.st_mode):
            yield LeftOut(source, "is not a regular file")
        elif status.st_size > self._most_bytes:
            yield LeftOut(source, too_large(self._most_bytes))
        elif kind == ARCHIVE:
            yield from members(target, source, self._most_bytes, pictures=self._pictures)
        elif kind == ".xml":
            yield from _xml(SourceFile(source, target, top=self._top))
        else:
            yield SourceFile(source, target, top=self._top)


def _xml(file: SourceFile) -> Iterator[SourceFile | LeftOut]:
    try:
        with open_safely(file.path) as opened:
            entry = xml_entry(file, opened.read(_HEAD))
    except (UnreadableError, OSError):
        entry = file  # whoever reads it says why not
    if entry is not None:
        yield entry
