"""The files that a text shows as parts of itself: inside the documents folder, and within limits."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.decoding import decoded
from index.read.frontmatter import parted
from index.read.place import OUTSIDE, Place
from index.read.site.labels import ENDINGS, compared, labels_in, title_in
from index.read.unpublished import unpublished_by
from index.records import SourceFile

if TYPE_CHECKING:
    from index.read.draft import Draft
    from index.read.site.finder import Sites
    from index.read.site.site import Site

MOST_FILES = 1000
"""Files that one document may show, each as often as it is shown."""

MOST_CHARACTERS = 8 * 1024 * 1024
"""Characters that all of them together may add to one document."""

DEEPEST = 10
"""Files that may stand in each other."""

NOT_READ = "shows other files that were not read (put them in the documents folder)"
"""What is said of a page in the build's report, before the names of the files."""

ANYWHERE = "**/"
"""What stands before the name of a note that was looked for in all folders, in place of the path of a file."""

_REUSED = ".gitbook"
"""The folder in which GitBook keeps what several pages show."""

_NAMED = 3
"""Names of files that are spelt out in the build's report."""

_ON_THE_WEB = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_ROOTED = re.compile(r"(?:@site/|@/|~/|/)")


@dataclass(frozen=True, slots=True)
class Part:
    """A file that is shown: its `path` in the folder, and its text."""

    path: PurePosixPath
    text: str


class Files:
    """The files that one document shows.

    `states` has the SHA-256 (hex) of every file that was looked for, by its path in the place, None for what was not
    there, and for a name that was looked for in all folders, after `ANYWHERE`, what `state_of_notes` makes of the paths
    that have it: the document is to be read anew once one of them changes.
    """

    def __init__(self, file: SourceFile | None = None, sites: Sites | None = None) -> None:
        """Look for files beside `file`; without one, none is found. `sites` knows of which site it is a page."""
        self._sites = sites
        self._place = Place(file) if file is not None else None
        own = self._place.document if self._place is not None else None
        self._inside = [own] if own is not None else []
        self._count = 0
        self._characters = 0
        self._problems: dict[str, str] = {}
        self.states: dict[str, str | None] = {}

    @contextmanager
    def opened(self, name: str, *folders: str, anywhere: bool = False) -> Iterator[Part | None]:
        """Open a file by the name that a text gives it; None where it is not shown, of which `unread` then tells.

        It is looked for beside the text that names it, then in the folders above that, each time in the further
        `folders` too; with `anywhere`, in all folders at last, as notes of Obsidian are. What is opened meanwhile
        stands in it: its own names are looked up from where it lies.
        """
        part = None
        if self._inside:
            try:
                part = self._find(name.strip(), folders, anywhere=anywhere)
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

    @property
    def settings(self) -> Mapping[str, object]:
        """What the configuration of the document's site writes out, by name; nothing where it is none of Sphinx's."""
        return self.page[0].settings if self.page is not None else {}

    @cached_property
    def page(self) -> tuple[Site, PurePosixPath] | None:
        """The site that the document is a page of, and its path there; None where it is none."""
        if self._sites is None or self._place is None or self._place.is_archive or not self._inside:
            return None
        return self._sites.of(self._place, self._inside[0])

    def settle(self, draft: Draft) -> None:
        """Give a document the title and the address that it has on its site, where it does not say them itself."""
        if self.page is not None:
            site, path = self.page
            draft.title = draft.title or site.titles.get(str(path))
            draft.url = draft.url or site.url_of(path, draft.values)

    def title_of(self, name: str) -> str | None:
        """Return the title of a page of the place, by the name that a text gives it; None where that is not known."""
        for ending in ("",) if name.endswith(ENDINGS) else ENDINGS:
            if (part := self._seen(f"{name}{ending}")) is not None:
                return title_in(part.text, part.path.suffix)
        return None

    def title_at(self, label: str) -> str | None:
        """Return the title of the section that a label of another page leads to; None where that is not known."""
        if self._sites is None or self._place is None or not self._inside:
            return None
        path = self._sites.labels(self._place).get(compared(label))
        part = self._seen(f"/{path}") if path else None
        return labels_in(part.text, part.path.suffix).get(compared(label)) if part is not None else None

    @property
    def terms(self) -> Mapping[str, str]:
        """The words that stand for others in all pages of the document's site."""
        return self.page[0].terms if self.page is not None else {}

    def miss(self, name: str, reason: str) -> None:
        """Note that a file is not shown, and why."""
        self._problems.setdefault(" ".join(name.split()), reason)

    @property
    def unread(self) -> list[str]:
        """What of the document was not read because of that, as one reason."""
        if not self._problems:
            return []
        listed = [f"{name} ({reason})" for name, reason in list(self._problems.items())[:_NAMED]]
        more = len(self._problems) - len(listed)
        names = ", ".join(listed) + (f" and {more:,} more" if more else "")
        return [f"{NOT_READ}: {names}"]

    def _seen(self, name: str) -> Part | None:
        """Return a file that a text refers to and does not show; None where it is not there, without a word."""
        try:
            return self._find(name, ()) if self._inside else None
        except UnreadableError:
            return None

    def _find(self, name: str, folders: tuple[str, ...], *, anywhere: bool = False) -> Part:
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
        further = (*folders, *(self.page[0].parts if self.page is not None else ()))
        candidates = _candidates(name, folder, further)
        for candidate in chain(candidates, self._notes(name)) if anywhere else candidates:
            data = self._read(candidate)
            circle = circle or (data is not None and PurePosixPath(candidate) in self._inside)
            if circle and anywhere:
                break
            if data is not None and PurePosixPath(candidate) not in self._inside:
                return self._note(candidate, data) if anywhere else self._part(candidate, data)
        if circle:
            raise UnreadableError("is shown in itself")
        raise UnreadableError(OUTSIDE if _leads_out(name, folder) else "is not there")

    def _notes(self, name: str) -> Iterator[str]:
        """Yield the paths of notes of a name, wherever they lie: those that lie highest come first."""
        if self._sites is not None and self._place is not None:
            wanted = name.casefold()
            paths = self._sites.notes(self._place).get(PurePosixPath(wanted).name, ())
            self.states[f"{ANYWHERE}{PurePosixPath(wanted).name}"] = state_of_notes(paths)
            yield from (path for path in paths if f"/{path.casefold()}".endswith(f"/{wanted}"))

    def _read(self, candidate: str) -> bytes | None:
        if self._place is None:
            return None
        if any(part.startswith(".") and part != _REUSED for part in candidate.split("/")):
            raise UnreadableError("is hidden by a dot in front of its name")
        self.states[candidate] = None
        data = self._place.read(candidate)
        if data is not None:
            self.states[candidate] = hashlib.sha256(data).hexdigest()
        return data

    def _note(self, candidate: str, data: bytes) -> Part:
        part = self._part(candidate, data)
        if setting := unpublished_by(parted(part.text)[0].values):
            raise UnreadableError(f"is not published ({setting})")
        return part

    def _part(self, candidate: str, data: bytes) -> Part:
        text = decoded(data)
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise UnreadableError(f"makes more than {MOST_CHARACTERS:,} characters")
        return Part(PurePosixPath(candidate), text)


def state_of_notes(paths: Sequence[str]) -> str | None:
    """Return what tells the notes of one name from those of another time, by their paths; None where there is none."""
    return hashlib.sha256("\n".join(paths).encode("utf-8", "surrogateescape")).hexdigest() if paths else None


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
