"""Writes the lines and rows of pages into a draft: headings, paragraphs, lists, tables and code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter

from index.read.draft import Draft, Fragment
from index.read.pdf.headings import Sizes, sizes_of
from index.read.pdf.hyphens import joined, whole_words
from index.read.pdf.layout import Row
from index.read.pdf.page import Line, as_item, dashed, paragraphs, without_dash
from index.records import BlockKind

_NUMBERED = re.compile(r"(?:(?:\d+|[A-Z]|[IVXLC]+)(?:\.\d+)*\.?|chapter \d+:?)\s+", re.IGNORECASE)
_WIDE = 1.5  # line heights from one line of code to the next: an empty line stands between
_NO_TITLE = re.compile(r"(?:table of )?contents|index|inhalt(?:sverzeichnis)?|sommaire|índice|\W*", re.IGNORECASE)
_MOST_INDENT = 200
_NEXT_LINE = 1.35  # line heights from a line of a paragraph to the next: before code there is more
_SAME_EDGE = 0.2  # line heights
_ENDS = frozenset(".:!?;")
"""What a line ends with that does not go on in the next."""


Outline = dict[int, dict[str, int]]
"""For each page index, the outline's titles on it (as `plain` has them) with their levels, outermost 1."""


def plain(title: str) -> str:
    """Return a heading without its number, as an outline and a page may differ in it."""
    title = " ".join(title.split()).casefold()
    return _NUMBERED.sub("", title, count=1) or title


def _running_on(items: Sequence[Line | Row], sizes: Sizes) -> list[Line | Row]:
    """Return lines with one that holds nothing but code taken for text where a paragraph goes on, or ends, with it."""
    seen: list[Line | Row] = []
    for number, item in enumerate(items):
        above, below = seen[-1] if seen else None, items[number + 1] if number + 1 < len(items) else None
        alone = not (isinstance(below, Line) and below.fixed and isinstance(item, Line) and _is_next(item, below))
        runs_on = (
            isinstance(item, Line) and isinstance(above, Line) and not sizes.level(above) and _goes_on(above, item)
        )
        if runs_on and alone and isinstance(item, Line) and isinstance(above, Line):
            seen.append(replace(item, fixed=False, height=above.height))
        else:
            seen.append(item)
    return seen


def _goes_on(above: Line, line: Line) -> bool:
    text = line.fixed and not (above.fixed or above.bold) and above.text[-1:] not in _ENDS
    return text and _is_next(above, line) and abs(above.left - line.left) < _SAME_EDGE * above.height


def _is_next(above: Line, line: Line) -> bool:
    return 0 < above.bottom - line.bottom <= _NEXT_LINE * above.height


def _apart(lines: Sequence[Line]) -> float:
    """Return how far all lines of code are apart that are set as paragraphs are, 0 where they are as lines are."""
    steps = [above.bottom - line.bottom for above, line in pairwise(lines)]
    wide = len(steps) > 1 and all(step > _WIDE * line.height > 0 for step, line in zip(steps, lines[1:], strict=True))
    return min(steps) if wide else 0.0


class Writer:
    """Writes the lines and rows of all pages into a draft."""

    def __init__(self, draft: Draft, pages: Sequence[Sequence[Line | Row]], *, paged: bool = True) -> None:
        """Write into `draft`; with `paged`, what is on a page is cited by its number."""
        self._draft = draft
        self._pages = pages
        lines = [item for page in pages for item in page if isinstance(item, Line)]
        rows = [item for page in pages for item in page if isinstance(item, Row)]
        self._sizes = sizes_of(lines, (cell for row in rows for cell in row.set_as))
        self._words = whole_words(lines)
        self._page: int | None = None
        self._paged = paged
        self._named: dict[str, int] = {}
        self._levels: dict[int, int] = {}
        self._left = 0
        self.largest: str | None = None

    def write(self, outline: Outline) -> None:
        """Add all pages; what the outline names is a heading of its level, and so is what is set as large.

        `largest` becomes the first heading in the largest type that the outline does not name.
        """
        self._levels = self._learned(outline)
        for number, page in enumerate(self._pages, 1):
            self._page, self._named = number if self._paged else None, outline.get(number - 1, {})
            items = _running_on(page, self._sizes)
            self._left = len(items)
            for kind, group in groupby(zip(self._kinds(items), items, strict=True), key=itemgetter(0)):
                self._add(kind, [item for _, item in group])

    def _kinds(self, items: Sequence[Line | Row]) -> Iterator[str]:
        """Yield the kind of each item; what begins with the rest of a word of the text is text."""
        kind, broken = "", False
        for item in items:
            kind = kind if broken and isinstance(item, Line) and not item.fixed else self._kind(item)
            broken = kind == "text" and isinstance(item, Line) and item.broken
            yield kind

    def _kind(self, item: Line | Row) -> str:
        if isinstance(item, Row):
            return "row"
        if item.fixed:
            return "code"
        level = self._level(item)
        return f"heading {level}" if level else "text"

    def _learned(self, outline: Outline) -> dict[int, int]:
        """Return for each size, by its rank, the level of headings that are set in it."""
        named: dict[int, int] = {}
        for number, items in enumerate(self._pages):
            titles = outline.get(number, {})
            for line in (item for item in items if isinstance(item, Line)):
                level, rank = titles.get(plain(line.text)), self._sizes.level(line)
                if level is not None and rank is not None:
                    named.setdefault(rank, level)
        levels: dict[int, int] = {}
        for rank in range(1, len(self._sizes.larger) + 1):
            levels[rank] = named.get(rank, levels.get(rank - 1, 0) + 1)
        return levels

    def _level(self, line: Line) -> int | None:
        named = self._named.get(plain(line.text))
        rank = self._sizes.level(line)
        if named is None and rank == 1 and self.largest is None and not _NO_TITLE.fullmatch(line.text):
            self.largest = line.text
        return named or (self._levels[rank] if rank else None)

    def _add(self, kind: str, items: list[Line | Row]) -> None:
        self._left -= len(items)
        lines = [item for item in items if isinstance(item, Line)]
        if kind == "row":
            self._rows([item for item in items if isinstance(item, Row)])
        elif kind == "code":
            self._code(lines)
        elif kind == "text":
            self._text(lines)
        else:
            self._headings(int(kind.split()[1]), lines)

    def _rows(self, rows: list[Row]) -> None:
        for row in rows:
            if row.first:
                self._draft.apart()
            self._draft.flow(BlockKind.TABLE, [(" | ".join(row.cells), row.number)], self._page)

    def _code(self, lines: list[Line]) -> None:
        least = min(line.left for line in lines)
        apart = _apart(lines)
        written: list[Fragment] = []
        above: Line | None = None
        for line in lines:
            if above is not None and above.bottom - line.bottom > _WIDE * (apart or line.height) > 0:
                written.append(("", line.number))
            indent = round((line.left - least) / max(line.pitch, 0.1))
            written.append((" " * min(indent, _MOST_INDENT) + line.text, line.number))
            above = line
        self._draft.verbatim(BlockKind.CODE, written, self._page)

    def _headings(self, level: int, lines: list[Line]) -> None:
        for group in paragraphs(lines) if len(lines) > 1 and not self._named else [[line] for line in lines]:
            text = list(joined(group, self._words))
            if group[0].text == self.largest:
                self.largest = "".join(piece for piece, _ in text).strip()
            self._draft.heading(level, text, self._page)

    def _text(self, lines: list[Line]) -> None:
        groups = paragraphs(lines)
        items = dashed(groups)
        for number, group in enumerate(groups):
            bold = self._sizes.is_bold_heading(group) and (self._left > 0 or number + 1 < len(groups))
            text = list(joined(group, self._words))
            if bold:
                self._draft.heading(max(self._levels.values(), default=0) + 1, text, self._page)
                continue
            item = without_dash(text[0][0]) if number in items else as_item(text[0][0])
            text[0] = (item or text[0][0], text[0][1])
            kind = BlockKind.PARAGRAPH if item is None else BlockKind.LIST_ITEM
            self._draft.flow(kind, text, self._page)
