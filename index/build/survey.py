"""Compares the documents of a library with what a generation was built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import NothingToReadError
from index.library.library import Library, as_library
from index.read.contents import sha256_of as sha256_of_file
from index.read.files import ANYWHERE, state_of_notes
from index.read.kinds import CHATS, PICTURED, kind_of
from index.read.members import sha256_of
from index.read.options import ReadingOptions
from index.read.place import Place
from index.read.site.finder import Sites
from index.read.site.names import folder_of
from index.records import LeftOut, SourceFile
from index.store.manifest import Manifest, Missed


@dataclass(frozen=True, slots=True)
class Survey:
    """The files of the library in four groups; `unchanged` and `fresh` (new or changed) are by source, in order.

    `missed` are files that could not be read for the generation before and have not changed since, and those of the
    `unchanged` that were read only in part; `left_out` are those that are not to be tried. `removed` names documents
    that are gone. `settings` has the SHA-256 of each file that a site is configured by: where one is another than
    before, all pages of that site are to be read anew. So are all files that may hold pictures or exported chats, where
    the options for reading those are other than before, and those that came with another address or day. `origins` has
    these, as a manifest does.
    """

    unchanged: dict[str, SourceFile]
    fresh: dict[str, SourceFile]
    missed: tuple[Missed, ...]
    left_out: tuple[LeftOut, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)

    @property
    def is_news(self) -> bool:
        """Whether a build would give anything other than the generation before."""
        return bool(self.fresh or self.removed)


class _Parts:
    """The files that documents show as parts of themselves, as they were; each is looked at once."""

    def __init__(self, shown: Mapping[str, Mapping[str, str | None]]) -> None:
        self._shown = shown
        self._states: dict[tuple[str, str], str | None] = {}
        self._sites = Sites()

    def have_changed(self, file: SourceFile) -> bool:
        """Tell whether one of the files that a document shows is another than when it was read."""
        shown = self._shown.get(file.source)
        if not shown:
            return False
        place = Place(file)
        return any(self._state(place, path) != sha256 for path, sha256 in shown.items())

    def _state(self, place: Place, path: str) -> str | None:
        key = (place.key, path)
        if key not in self._states:
            notes = self._sites.notes(place).get(path.removeprefix(ANYWHERE), ()) if path.startswith(ANYWHERE) else None
            self._states[key] = place.state(path) if notes is None else state_of_notes(notes)
        return self._states[key]


def survey(documents: Path | Library, before: Manifest | None) -> Survey:
    """List the documents and compare them, by their hashes, with those that the generation `before` was built from.

    Raises `DocumentsError` if a folder is missing or cannot be read.
    """
    library = as_library(documents)
    listing = library.listing()
    otherwise = _read_otherwise(before, library.reading) if before else frozenset()
    parts = _Parts(before.shown if before else {})
    settings = {path: sha256_of_file(file) or "" for path, file in listing.settings.items()}
    sites = _changed_sites(before.settings if before else {}, settings)
    known = before.documents if before else {}
    origins = {file.source: (file.url, file.date) for file in listing.files if file.url or file.date}
    moved = {source for source in known if origins.get(source) != before.origins.get(source)} if before else set()
    tried = {missed.source: missed for missed in before.left_out} if before else {}
    unchanged: dict[str, SourceFile] = {}
    fresh: dict[str, SourceFile] = {}
    missed: list[Missed] = []
    for file in listing.files:
        checksum = sha256_of(file) if file.source in known or file.source in tried else None
        anew = file.source.startswith(sites) or kind_of(file.source) in otherwise or file.source in moved
        if checksum and (anew or parts.have_changed(file)):
            fresh[file.source] = file
        elif checksum and checksum == known.get(file.source):
            unchanged[file.source] = file
            missed += [tried[file.source]] if file.source in tried else []
        elif file.source in tried and checksum == tried[file.source].sha256:
            missed.append(tried[file.source])
        else:
            fresh[file.source] = file
    return Survey(
        unchanged,
        fresh,
        tuple(missed),
        listing.left_out,
        removed=tuple(sorted(known.keys() - unchanged.keys() - fresh.keys())),
        added=tuple(source for source in fresh if source not in known),
        changed=tuple(source for source in fresh if source in known),
        settings=settings,
        origins=origins,
    )


def nothing_to_read(surveyed: Survey, missed: Sequence[Missed] = ()) -> NothingToReadError:
    """Return the error of a build that finds no document; reading has failed for those that it `missed`."""
    tried = (LeftOut(entry.source, entry.reason) for entry in (*missed, *surveyed.missed))
    unread = (*tried, *surveyed.left_out)
    if not unread:
        return NothingToReadError(
            "The documents folder holds no document: put some in it, or set QUOTH_DOCUMENTS or --documents."
        )
    first = unread[0]
    return NothingToReadError(
        f"The documents folder holds no document (of {len(unread)} files none could be read, the first being "
        f"{first.source}: {first.reason}): put some in it, or set QUOTH_DOCUMENTS or --documents.",
        [(left.source, left.reason) for left in unread],
    )


def _read_otherwise(before: Manifest, now: ReadingOptions) -> frozenset[str]:
    """Return the kinds of file that are read in another way than for the generation before."""
    pictured = PICTURED if before.ocr != now.ocr.value else {}
    chats = CHATS if before.chat_names != now.chat_names else {}
    return frozenset([*pictured, *chats])


def _changed_sites(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the sources of the pages begin with whose site is configured otherwise than before."""
    paths = [path for path in before.keys() | now.keys() if before.get(path) != now.get(path)]
    return tuple({folder_of(path) for path in paths})
