"""A document while it is read: readers add blocks, and it keeps the offsets, the places and the sections right."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.characters import cleaned
from index.read.edition import date_of, version_of
from index.read.faq import with_pairs
from index.records import Block, BlockKind, Document, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Fragment = tuple[str, int]
"""Some text and the line that it stands on."""

MOST_CHARACTERS = 16 * 1024 * 1024
MOST_BLOCKS = 250_000
MOST_LINES = 1_000_000
"""What holds more is not read: it would not be a document that a person quotes from."""

MOST_OF_A_NAME = 500
"""Characters of a title or heading that make the name of what is below it, which goes with every passage."""

_DEEPEST = 12
"""Headings above a block that its section names: more levels than any format has but by mistake."""

_ROWS = {BlockKind.LIST_ITEM, BlockKind.TABLE}
_SPACES = re.compile(r"[^\S ]\s*| \s+")
"""White space that is more than one blank."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A block without its section, which needs the title; `level` (outermost 1) and `anchor` are those of a heading."""

    kind: BlockKind
    start: int
    end: int
    line: int
    page: int | None
    level: int
    anchor: str | None = None


class Draft:
    """The text so far with its blocks and places.

    Blocks follow each other with an empty line between, items of a list and rows of a table with a newline between: the
    first row after an empty line is the first of its table, and its header if it has one. What is blank is not added.
    With `own_lines`, lines are those of the text itself, whatever the fragments say.
    """

    def __init__(self, *, own_lines: bool = False) -> None:
        """Begin with nothing; readers set `title` and `url` to what the file says of itself.

        `first_heading` becomes the text of the first heading of level 1. `unread` is what of the file was not read, in
        words a person can act on. `values` are those of the front matter, as `FrontMatter` has them.
        """
        self.title: str | None = None
        self.url: str | None = None
        self._own_lines = own_lines
        self._texts: list[str] = []
        self._length = 0
        self._stretches: list[_Stretch] = []
        self._places: list[Place] = []
        self.first_heading: str | None = None
        self.unread: list[str] = []
        self.values: Mapping[str, str] = {}
        self._apart = False

    @property
    def empty(self) -> bool:
        """Whether nothing has been added."""
        return not self._stretches

    def apart(self) -> None:
        """Let the next block stand apart from the one before: a row that is the first of its table."""
        self._apart = True

    def flow(self, kind: BlockKind, fragments: Iterable[Fragment], page: int | None = None) -> None:
        """Add running text: white space becomes one space, or one newline where it holds a newline.

        A table row holds no newline: there it becomes a space as well.
        """
        self._add(kind, _flowing(fragments, "\n" if kind is not BlockKind.TABLE else " "), page)

    def heading(
        self, level: int, fragments: Iterable[Fragment], page: int | None = None, anchor: str | None = None
    ) -> None:
        """Add a heading of a level, outermost 1, on one line of text; `anchor` is where links to it lead."""
        pieces = _flowing(fragments, " ")
        self._add(BlockKind.HEADING, pieces, page, level, anchor)
        if level == 1 and pieces and self.first_heading is None:
            self.first_heading = "".join(text for text, _ in pieces)

    def verbatim(self, kind: BlockKind, lines: Sequence[Fragment], page: int | None = None) -> None:
        """Add lines as they are, one fragment each; only blank lines and white space around the whole go.

        Code keeps the spaces that its first line begins with.
        """
        kept = [(cleaned(text).replace("\n", " "), line) for text, line in lines]
        while kept and not kept[0][0].strip():
            kept.pop(0)
        while kept and not kept[-1][0].strip():
            kept.pop()
        if not kept:
            return
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
        if kind is not BlockKind.CODE:
            kept[0] = (kept[0][0].lstrip(), kept[0][1])
        pieces = [(f"{text}\n", line) for text, line in kept[:-1]]
        self._add(kind, [*pieces, kept[-1]], page)

    def absorb(self, other: Draft, page: int | None = None, *, below: int = 0, line: int | None = None) -> None:
        """Add all blocks of another draft, with their lines, or all on `line`; its title and address stay behind.

        Its headings stand `below` so many levels.
        """
        text = "".join(other._texts)
        offsets = [place.offset for place in other._places]
        for stretch in other._stretches:
            first = max(bisect_right(offsets, stretch.start) - 1, 0)
            last = bisect_left(offsets, stretch.end)
            cuts = [stretch.start, *offsets[first + 1 : last], stretch.end]
            lines = [line or place.line for place in other._places[first:last]]
            pieces = [(text[start:end], line) for (start, end), line in zip(pairwise(cuts), lines, strict=True)]
            self._add(stretch.kind, pieces, page, stretch.level + below, stretch.anchor)
        self.first_heading = self.first_heading or other.first_heading

    def finished(self, source: str, title: str, sha256: str) -> Document:
        """Return the document under a title; the first heading of level 1 that is the title is in no section."""
        text = "".join(self._texts)
        places = _places_of(text) if self._own_lines else tuple(self._places)
        _check("lines", len(places), MOST_LINES)
        blocks = with_pairs(text, tuple(self._blocks(text, title, places)))
        return Document(
            source,
            title,
            text,
            blocks,
            places,
            sha256,
            self.url,
            tuple(self.unread),
            date=date_of(self.values, source),
            version=version_of(self.values, source, title),
        )

    def _blocks(self, text: str, title: str, places: Sequence[Place]) -> Iterable[Block]:
        path: list[tuple[int, str]] = []
        offsets = [place.offset for place in places]
        titled = False
        for stretch in self._stretches:
            if stretch.kind is BlockKind.HEADING:
                path = [above for above in path if above[0] < stretch.level][: _DEEPEST - 1]
                heading = named(text[stretch.start : stretch.end])
                if titled or stretch.level > 1 or heading != title:
                    path.append((stretch.level, heading))
                else:
                    titled = True
            line = places[bisect_right(offsets, stretch.start) - 1].line if self._own_lines else stretch.line
            section = tuple(name for _, name in path)
            yield Block(stretch.kind, stretch.start, stretch.end, line, stretch.page, section, stretch.anchor)

    def _add(
        self,
        kind: BlockKind,
        pieces: Sequence[Fragment],
        page: int | None,
        level: int = 0,
        anchor: str | None = None,
    ) -> None:
        if not pieces:
            return
        self._write(self._separator(kind))
        start, line = self._length, pieces[0][1]
        for text, at in pieces:
            self._mark(at, page)
            self._write(text)
        self._stretches.append(_Stretch(kind, start, self._length, line, page, level, anchor))
        _check("paragraphs, headings and rows", len(self._stretches), MOST_BLOCKS)
        _check("lines", len(self._places), MOST_LINES)

    def _separator(self, kind: BlockKind) -> str:
        apart, self._apart = self._apart, False
        if self.empty:
            return ""
        return "\n" if not apart and kind in _ROWS and self._stretches[-1].kind is kind else "\n\n"

    def _mark(self, line: int, page: int | None) -> None:
        last = self._places[-1] if self._places else None
        if last is None or (last.line, last.page) != (line, page):
            self._places.append(Place(self._length, line, page))

    def _write(self, text: str) -> None:
        self._texts.append(text)
        self._length += len(text)
        _check("characters of text", self._length, MOST_CHARACTERS)


def named(name: str) -> str:
    """Return as much of a title or heading as serves as a name."""
    return name if len(name) <= MOST_OF_A_NAME else f"{name[: MOST_OF_A_NAME - 1].rstrip()}…"


def _check(what: str, count: int, most: int) -> None:
    if count > most:
        raise UnreadableError(f"holds more than {most:,} {what}: split it into smaller files")


def _flowing(fragments: Iterable[Fragment], newline: str) -> list[Fragment]:
    """Return the fragments with the white space in and between them made one; none is left at either end."""
    pieces: list[Fragment] = []
    gap = ""
    for text, line in fragments:
        given = cleaned(text)
        rest = given.lstrip()
        words = rest.rstrip()
        gap = _gap(gap, given[: len(given) - len(rest)], newline)
        if not words:
            continue
        if gap and pieces:
            pieces[-1] = (pieces[-1][0] + gap, pieces[-1][1])
        pieces.append((_SPACES.sub(lambda run: _gap("", run[0], newline), words), line))
        gap = _gap("", rest[len(words) :], newline)
    return pieces


def _gap(before: str, spaces: str, newline: str) -> str:
    """Return what white space comes to, together with what stands before it."""
    return (newline if "\n" in spaces or before == newline else " ") if spaces else before


def _places_of(text: str) -> tuple[Place, ...]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return tuple(Place(start, line, None) for line, start in enumerate(starts, 1))
