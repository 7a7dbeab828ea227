"""PDF: page by page, as a reader sees it, with the headings that its outline or its type gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.draft import Draft, Fragment
from index.read.office.metadata import sensible_title
from index.read.pdf.form import filled_in
from index.read.pdf.headings import sizes_of
from index.read.pdf.hyphens import joined, whole_words
from index.read.pdf.layout import Row, laid_out
from index.read.pdf.page import Line, as_item, paragraphs
from index.read.pdf.running import without_running
from index.read.pdf.words import Box, PageText, Word
from index.records import BlockKind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped] # pypdfium2 carries no types

_NUMBERED = re.compile(r"(?:(?:\d+|[A-Z]|[IVXLC]+)(?:\.\d+)*\.?|chapter \d+:?)\s+", re.IGNORECASE)
_WIDE = 1.5  # line heights from one line of code to the next: an empty line stands between
_NO_TITLE = re.compile(r"(?:table of )?contents|index|inhalt(?:sverzeichnis)?|sommaire|índice|\W*", re.IGNORECASE)
_MOST_INDENT = 200
_LEADERS = re.compile(r"[\s._\-–—…·*=•□☐☑|│]")
_FEWEST = 15  # characters that a page must hold for the share of known ones to say something
_LEAST_KNOWN = 0.3
_Outline = dict[int, dict[str, int]]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: the words that are seen on it, its box, and whether there is a picture or a drawing and no text.

    `unknown` says that there is text of which the file does not say what its letters are.
    """

    words: list[Word]
    box: Box
    picture: bool
    unknown: bool = False


def read_pdf(data: bytes) -> Draft:
    """Read a PDF's text layer and form; lines are those of the page, and no block spans two pages.

    Pages that hold pictures alone are named in the draft's `unread`.
    """
    document = _opened(data)
    try:
        pages = [_page(document, index) for index in range(len(document))]
        outline = _outline(document)
        title = sensible_title(document.get_metadata_value("Title"))
    finally:
        document.close()
    words = without_running([page.words for page in pages], [page.box for page in pages])
    laid = [laid_out(of_page) for of_page in words]
    draft = Draft()
    writer = _Writer(draft, laid)
    writer.write(outline)
    if draft.empty:
        raise UnreadableError("holds no text, perhaps only pictures: run it through OCR first")
    pictures = [number for number, page in enumerate(pages, 1) if page.picture]
    unknown = [str(number) for number, page in enumerate(pages, 1) if page.unknown]
    draft.unread = [_pictures(pictures)] if pictures else []
    if unknown:
        draft.unread.append(f"the letters on page {', '.join(unknown)} cannot be told: run the file through OCR first")
    draft.title = title or writer.largest
    return draft


def _pictures(pages: Sequence[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]} holds a picture alone, which is not read: run the file through OCR first"
    names = f"{', '.join(map(str, pages[:-1]))} and {pages[-1]}"
    return f"pages {names} hold pictures alone, which are not read: run the file through OCR first"


def _opened(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
        if document.get_formtype():
            document.init_forms()
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableError("is locked with a password: save it without one first") from error
        raise UnreadableError("is not a PDF, or is damaged") from error
    return document


def _page(document: PdfDocument, index: int) -> _Page:
    from pypdfium2 import PdfiumError

    try:
        page = document[index]
        text_page = page.get_textpage()
    except PdfiumError:  # one damaged page does not cost the others
        return _Page([], (0.0, 0.0, 1.0, 1.0), picture=False)
    try:
        read = PageText(page, text_page)
        words = filled_in(document, page, read.words) if document.formenv is not None else read.words
        if _is_unknown(words):
            return _Page([], read.edges, picture=False, unknown=True)
        return _Page(words, read.edges, picture=not words and read.drawn)
    finally:
        text_page.close()
        page.close()


def _is_unknown(words: Sequence[Word]) -> bool:
    """Tell whether what a page holds is no text: nearly no letters and digits, and what is there is no leader."""
    characters = _LEADERS.sub("", "".join(word.text for word in words))
    known = sum(character.isalnum() for character in characters)
    return len(characters) >= _FEWEST and known < _LEAST_KNOWN * len(characters)


def _outline(document: PdfDocument) -> _Outline:
    """Return for each page index the outline's titles on it with their levels, outermost 1."""
    outline: _Outline = {}
    for entry in document.get_toc():
        destination = entry.get_dest()
        index = destination.get_index() if destination else None
        if index is not None:
            outline.setdefault(index, {})[_plain(entry.get_title())] = entry.level + 1
    return outline


def _plain(title: str) -> str:
    """Return a heading without its number, as an outline and a page may differ in it."""
    title = " ".join(title.split()).casefold()
    return _NUMBERED.sub("", title, count=1) or title


class _Writer:
    """Writes the lines and rows of all pages into a draft."""

    def __init__(self, draft: Draft, pages: Sequence[Sequence[Line | Row]]) -> None:
        self._draft = draft
        self._pages = pages
        lines = [item for page in pages for item in page if isinstance(item, Line)]
        self._sizes = sizes_of(lines)
        self._words = whole_words(lines)
        self._page = 0
        self._named: dict[str, int] = {}
        self._levels: dict[int, int] = {}
        self._left = 0
        self.largest: str | None = None

    def write(self, outline: _Outline) -> None:
        """Add all pages; what the outline names is a heading of its level, and so is what is set as large.

        `largest` becomes the first heading in the largest type that the outline does not name.
        """
        self._levels = self._learned(outline)
        for number, items in enumerate(self._pages, 1):
            self._page, self._named = number, outline.get(number - 1, {})
            self._left = len(items)
            for kind, group in groupby(items, key=self._kind):
                self._add(kind, list(group))

    def _kind(self, item: Line | Row) -> str:
        if isinstance(item, Row):
            return "row"
        if item.fixed:
            return "code"
        level = self._level(item)
        return f"heading {level}" if level else "text"

    def _learned(self, outline: _Outline) -> dict[int, int]:
        """Return for each size, by its rank, the level of headings that are set in it."""
        named: dict[int, int] = {}
        for number, items in enumerate(self._pages):
            titles = outline.get(number, {})
            for line in (item for item in items if isinstance(item, Line)):
                level, rank = titles.get(_plain(line.text)), self._sizes.level(line)
                if level is not None and rank is not None:
                    named.setdefault(rank, level)
        levels: dict[int, int] = {}
        for rank in range(1, len(self._sizes.larger) + 1):
            levels[rank] = named.get(rank, levels.get(rank - 1, 0) + 1)
        return levels

    def _level(self, line: Line) -> int | None:
        named = self._named.get(_plain(line.text))
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
        written: list[Fragment] = []
        above: Line | None = None
        for line in lines:
            if above is not None and above.bottom - line.bottom > _WIDE * line.height > 0:
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
        for number, group in enumerate(groups):
            bold = self._sizes.is_bold_heading(group) and (self._left > 0 or number + 1 < len(groups))
            text = list(joined(group, self._words))
            if bold:
                self._draft.heading(max(self._levels.values(), default=0) + 1, text, self._page)
                continue
            item = as_item(text[0][0])
            text[0] = (item or text[0][0], text[0][1])
            kind = BlockKind.PARAGRAPH if item is None else BlockKind.LIST_ITEM
            self._draft.flow(kind, text, self._page)
