"""PDF: page by page, as a reader sees it, with the headings that its outline or its type gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.draft import Draft
from index.read.office.metadata import sensible_title
from index.read.office.picture import unread as of_pictures
from index.read.pdf.bullets import with_bullets
from index.read.pdf.covered import Budget, without_covered
from index.read.pdf.form import filled_in
from index.read.pdf.layers import has_layers, switched_off
from index.read.pdf.layout import laid_out
from index.read.pdf.rules import NO_RULES, Rules, rules_of
from index.read.pdf.running import is_page_number, without_running
from index.read.pdf.scans import Scans, not_read, pictures_beside, read_scans, unread
from index.read.pdf.struck import remarked, struck_out
from index.read.pdf.words import Box, PageText, Word, quarter_turns
from index.read.pdf.writer import Outline, Writer, plain

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage  # type: ignore[import-untyped] # pypdfium2 carries no types

    from index.read.ocr.reader import Ocr

_OFF = "holds no text, perhaps only pictures: run it through OCR first"
_MISSING = "holds no text, perhaps only pictures: install the extra by `pip install -e '.[ocr]'`"
_LETTERS = "the letters on page {} cannot be told: run the file through OCR first"
_LETTERS_MISSING = "the letters on page {} cannot be told: install the extra by `pip install -e '.[ocr]'`"
_LEADERS = re.compile(r"[\s._\-–—…·*=•□☐☑|│]")
_FEWEST = 15  # characters that a page must hold for the share of known ones to say something
_LEAST_KNOWN = 0.3


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: the words that are seen on it, its box, and whether there is a picture or a drawing and no text.

    `unknown` says that there is text of which the file does not say what its letters are; `beside` are the sizes of
    pictures beside the words.
    """

    words: list[Word]
    box: Box
    picture: bool
    unknown: bool = False
    beside: Sequence[tuple[float, float]] = ()
    rules: Rules = NO_RULES


def read_pdf(data: bytes, ocr: Ocr | None = None) -> Draft:
    """Read a PDF's text layer and form; lines are those of the page, and no block spans two pages.

    Pages that hold pictures alone are read by `ocr`, and those that are not are named in the draft's `unread`.
    """
    document = _opened(data)
    try:
        layers = has_layers(data)
        budget = Budget()
        pages = [_page(document, index, budget, layers=layers) for index in range(len(document))]
        scans = _scanned(document, pages, ocr)
        outline = _outline(document)
        title = sensible_title(document.get_metadata_value("Title"))
    finally:
        document.close()
    read = [scans.words.get(index) or page.words for index, page in enumerate(pages)]
    words = without_running(read, [page.box for page in pages])
    draft = Draft()
    writer = Writer(draft, [laid_out(of_page, page.rules) for of_page, page in zip(words, pages, strict=True)])
    writer.write(outline)
    draft.unread = [*_unread(pages, scans, ocr), *of_pictures(size for page in pages for size in page.beside)]
    if draft.empty:
        raise UnreadableError(_nothing(draft.unread, ocr))
    draft.title = title or writer.largest
    return draft


def _scanned(document: PdfDocument, pages: Sequence[_Page], ocr: Ocr | None) -> Scans:
    """Read the pages that hold no text but may show some, where that is asked for."""
    if ocr is None or ocr.missing:
        return Scans()
    return read_scans(document, [index for index, page in enumerate(pages) if page.picture or page.unknown], ocr)


def _unread(pages: Sequence[_Page], scans: Scans, ocr: Ocr | None) -> Iterator[str]:
    """Yield what of a file was not read, each with what to do."""
    if ocr is not None and not ocr.missing:
        yield from unread(scans)
        return
    pictures = [number for number, page in enumerate(pages, 1) if page.picture]
    unknown = [str(number) for number, page in enumerate(pages, 1) if page.unknown]
    if pictures:
        yield not_read(pictures, ocr)
    if unknown:
        reason = _LETTERS if ocr is None else _LETTERS_MISSING
        yield reason.format(", ".join(unknown))


def _nothing(reasons: Sequence[str], ocr: Ocr | None) -> str:
    """Return why a file without text is left out, and what to do."""
    if ocr is not None and not ocr.missing:
        return "; ".join(reasons) or "holds no text"
    return _OFF if ocr is None else _MISSING


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


def _page(document: PdfDocument, index: int, budget: Budget, *, layers: bool) -> _Page:
    from pypdfium2 import PdfiumError

    try:
        page = document[index]
        text_page = _text_of(page)
    except PdfiumError:  # one damaged page does not cost the others
        return _Page([], (0.0, 0.0, 1.0, 1.0), picture=False)
    try:
        read = PageText(page, text_page, switched_off(page) if layers else ())
        words, rules = _marked(page, read, without_covered(page, read, budget))
        words = filled_in(document, page, words, read.upright)
        if _is_unknown(words):
            return _Page([], read.edges, picture=False, unknown=True)
        beside = pictures_beside(page, words, read)
        picture = read.drawn if not words else is_page_number(words, read.edges) and read.is_scanned
        return _Page(words, read.edges, picture=picture, beside=beside, rules=rules)
    finally:
        text_page.close()
        page.close()


def _marked(page: PdfPage, read: PageText, words: list[Word]) -> tuple[list[Word], Rules]:
    """Return the words of a page with bullets and with marks around what is struck out, and the page's other lines."""
    drawn = list(read.drawn_boxes())
    words = with_bullets(words, [shape.box for shape in drawn if shape.own])
    words, others = struck_out(words, [*drawn, *remarked(page, read.upright)], read.text_places)
    return words, rules_of(others)


def _text_of(page: PdfPage) -> PdfTextPage:
    """Return the text of a page, in the order that it has where it is upright, however the page is shown."""
    text_page, rotation = page.get_textpage(), page.get_rotation()
    upright = -90 * quarter_turns(text_page) % 360
    if rotation != upright:
        text_page.close()
        page.set_rotation(upright)
        text_page = page.get_textpage()
        page.set_rotation(rotation)
    return text_page


def _is_unknown(words: Sequence[Word]) -> bool:
    """Tell whether what a page holds is no text: nearly no letters and digits, and what is there is no leader."""
    characters = _LEADERS.sub("", "".join(word.text for word in words))
    known = sum(character.isalnum() for character in characters)
    return len(characters) >= _FEWEST and known < _LEAST_KNOWN * len(characters)


def _outline(document: PdfDocument) -> Outline:
    """Return for each page index the outline's titles on it with their levels, outermost 1."""
    outline: Outline = {}
    for entry in document.get_toc():
        destination = entry.get_dest()
        index = destination.get_index() if destination else None
        if index is not None:
            outline.setdefault(index, {})[plain(entry.get_title())] = entry.level + 1
    return outline
