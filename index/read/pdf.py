"""PDF: page by page, with the headings that the file's outline names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.draft import Draft, Fragment
from index.read.metadata import sensible_title
from index.read.pdf_page import Line, page_lines, paragraphs
from index.records import BlockKind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped] # pypdfium2 carries no types

_WORD = re.compile(r"\w+(?:-\w+)*")
_NUMBERED = re.compile(r"(?:(?:\d+|[A-Z]|[IVXLC]+)(?:\.\d+)*\.?|chapter \d+:?)\s+", re.IGNORECASE)
_Outline = dict[int, dict[str, int]]


def read_pdf(data: bytes) -> Draft:
    """Read a PDF's text layer; lines are those of the page, and no block spans two pages."""
    document = _opened(data)
    try:
        pages = [_lines(document, index) for index in range(len(document))]
        outline = _outline(document)
        title = sensible_title(document.get_metadata_value("Title"))
    finally:
        document.close()
    draft = Draft()
    words = {word.lower() for page in pages for line in page for word in _WORD.findall(line.text)}
    for index, lines in enumerate(pages):
        _add_page(draft, lines, index + 1, outline.get(index, {}), words)
    if draft.empty:
        raise UnreadableError("holds no text, perhaps only pictures: run it through OCR first")
    draft.title = title  # an outline's first heading is that of a chapter
    return draft


def _opened(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("is locked with a password: save it without one first") from error
        raise UnreadableError("is not a PDF, or is damaged") from error


def _lines(document: PdfDocument, index: int) -> list[Line]:
    from pypdfium2 import PdfiumError

    try:
        page = document[index]
        text_page = page.get_textpage()
    except PdfiumError:  # one damaged page does not cost the others
        return []
    try:
        return page_lines(text_page)
    finally:
        text_page.close()
        page.close()


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


def _add_page(draft: Draft, lines: Sequence[Line], page: int, titles: dict[str, int], words: set[str]) -> None:
    plain: list[Line] = []
    for line in lines:
        level = titles.get(_plain(line.text))
        if level is None:
            plain.append(line)
            continue
        _add_paragraphs(draft, plain, page, words)
        plain = []
        draft.heading(level, [(line.text, line.number)], page)
    _add_paragraphs(draft, plain, page, words)


def _add_paragraphs(draft: Draft, lines: list[Line], page: int, words: set[str]) -> None:
    for group in paragraphs(lines):
        draft.flow(BlockKind.PARAGRAPH, _joined(group, words), page)


def _joined(lines: Sequence[Line], words: set[str]) -> Iterator[Fragment]:
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if below is None or not line.broken:
            yield line.text + ("-" if line.broken else " "), line.number
        else:
            yield line.text + _hyphen(line.text, below.text, words), line.number


def _hyphen(above: str, below: str, words: set[str]) -> str:
    """Return nothing where the document has the word whole elsewhere, else the hyphen that stands on the page."""
    left, right = _WORD.findall(above), _WORD.findall(below)
    whole = (left[-1] + right[0]).lower() if left and right else ""
    return "" if whole in words else "-"
