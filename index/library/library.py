"""The library: several folders, listed as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from index.errors import DocumentsError
from index.library import kept_answer
from index.library.connectors import items
from index.library.connectors.protocol import Item
from index.read.folder import Listing, walk
from index.read.ocr.mode import Mode
from index.read.options import BY_DEFAULT, ReadingOptions
from index.records import LeftOut, SourceFile

UPLOADS, ANSWERS, CHANNELS = "uploads", "answers", "discord"
"""The roots besides the documents folder: files that managers add, answers that they keep, and what channels say."""

CANARIES = ".canaries.jsonl"
"""Among the documents, of which it is none: its name begins with a dot."""

ROOTS = (UPLOADS, ANSWERS, CHANNELS)

_TAKEN = "the documents folder has a `{root}` of its own, which goes before this: rename that folder"

_KEPT = ("library", "generations", "building", "erasures")
"""The folders that are kept in the data folder: whatever else lies there was put there by somebody."""

_IN_DATA = "lies in the data folder, where nothing is read: move it"


@dataclass(frozen=True, slots=True)
class Library:
    """The documents folder, and further roots: folders by name.

    A source in the documents folder is its path there. Elsewhere the root's name comes first (`uploads/rules.pdf`).
    Where the documents folder itself holds something of that name, that is read and the root is left out, file by
    file. `reading` says how files are read: where text in pictures is, those in the documents folder are documents.
    `data` is the folder where the index is kept: what lies there is no document, but for the roots.
    """

    documents: Path
    roots: Mapping[str, Path] = field(default_factory=dict)
    reading: ReadingOptions = BY_DEFAULT
    data: Path | None = None

    def listing(self) -> Listing:
        """List the files of all roots, sorted by source, and those left out.

        A root that is missing is empty. Raises `DocumentsError` where the documents folder, or a root that is there,
        cannot be read.
        """
        own = self._own()
        files, left_out = list(own.files), list(own.left_out)
        settings = dict(own.settings)
        for root, listing in self._further():
            if has_its_own(self.documents, root):
                reason = _TAKEN.format(root=root)
                left_out += [LeftOut(f"{root}/{file.source}", reason) for file in listing.files]
                continue
            files += [replace(file, source=f"{root}/{file.source}") for file in listing.files]
            left_out += [LeftOut(f"{root}/{left.source}", left.reason) for left in listing.left_out]
            settings |= {f"{root}/{name}": path for name, path in listing.settings.items()}
        return Listing(
            tuple(sorted(files, key=lambda file: file.source)),
            tuple(sorted(left_out, key=lambda left: left.source)),
            settings,
        )

    def folders(self) -> list[Path]:
        """Return the folders that are there, the documents folder first."""
        return [folder for folder in (self.documents, *self.roots.values()) if folder.is_dir()]

    def _own(self) -> Listing:
        """List the documents folder, without the data folder and the roots: these may lie inside it.

        Documents that somebody has put into the data folder are left out.
        """
        kept = [self.data / name for name in _KEPT] if self.data else []
        listing = walk(self.documents, apart=[*self.roots.values(), *kept], pictures=self.reading.ocr is not Mode.OFF)
        data = self.data.resolve() if self.data else None
        if data is None or (documents := self.documents.resolve()) not in data.parents:
            return listing
        inside = f"{data.relative_to(documents).as_posix()}/"
        lost = [file for file in listing.files if data in file.path.parents and not _is_kept(file.path, data)]
        left_out = [left for left in listing.left_out if not left.source.startswith(inside)]
        return Listing(
            tuple(file for file in listing.files if data not in file.path.parents),
            (*left_out, *(LeftOut(file.source, _IN_DATA) for file in lost)),
            {source: path for source, path in listing.settings.items() if not source.startswith(inside)},
        )

    def _further(self) -> Iterator[tuple[str, Listing]]:
        for root, folder in self.roots.items():
            if folder.is_dir():
                listing = _noted(_walk(root, folder), folder)
                listing = _alone(listing) if root in ROOTS else listing
                yield root, _holding(listing) if root == ANSWERS else listing


def has_its_own(documents: Path, root: str) -> bool:
    """Tell whether the documents folder holds something called `root`, in any spelling of capitals; raises `OSError`.

    That is read, and not the root.
    """
    return any(path.name.casefold() == root.casefold() for path in documents.iterdir())


def _is_kept(path: Path, data: Path) -> bool:
    """Tell whether a file that could be read as a document is one that is kept in the data folder."""
    return path.parent == data and path.suffix == ".json"


def as_library(documents: Path | Library) -> Library:
    """Return the library of a documents folder alone, or the library that is given."""
    return documents if isinstance(documents, Library) else Library(documents)


def roots_below(data: Path) -> dict[str, Path]:
    """Return the roots that a data folder holds, whether they are there yet or not."""
    return {name: data / "library" / name for name in ROOTS}


def _holding(answers: Listing) -> Listing:
    """Return the answers that still hold; the others are left out, with the day until which they did."""
    today = datetime.now(UTC).date()
    until = {file: kept_answer.lapsed(file.path, today) for file in answers.files}
    left_out = [LeftOut(file.source, f"was good until {day}") for file, day in until.items() if day is not None]
    return Listing(tuple(file for file in answers.files if until[file] is None), (*answers.left_out, *left_out))


def _alone(listing: Listing) -> Listing:
    """Return files that show no others: people write them who may not see all that lies beside what they write."""
    return replace(listing, files=tuple(replace(file, top=None) for file in listing.files), settings={})


def _noted(listing: Listing, folder: Path) -> Listing:
    """Return the files with the addresses and days that a connector has noted for them."""
    noted = items.read(folder)
    return replace(listing, files=tuple(_as_noted(file, noted.get(file.holder)) for file in listing.files))


def _as_noted(file: SourceFile, item: Item | None) -> SourceFile:
    if item is None:
        return file
    return replace(file, url=item.url, date=day.isoformat() if (day := kept_answer.day(item.date)) else None)


def _walk(root: str, folder: Path) -> Listing:
    try:
        return walk(folder)
    except DocumentsError as error:
        raise DocumentsError(f"The folder of {root}/ cannot be read: {error.__cause__ or error}") from error
