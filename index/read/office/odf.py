"""OpenDocument texts, spreadsheets and presentations (ODT, ODS, ODP), without what is hidden in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.read.archive import opened
from index.read.draft import Draft
from index.read.missing import FORMULA
from index.read.office.odf_package import DRAW, OFFICE, PRESENTATION, SVG, TABLE, TEXT, WHITE, OdfPackage, points
from index.read.office.odf_table import numbered_rows
from index.read.office.odf_text import OdfText
from index.read.office.picture import unread
from index.read.office.pieces import Piece, add_pieces
from index.read.office.sheet_titles import add_rows
from index.read.office.slide_order import in_order
from index.read.office.slides import Line, add_lines, with_parents
from index.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_WITHOUT_VALUE = FORMULA
_ON_EVERY_SLIDE = frozenset(["header", "footer", "date-time", "page-number", "notes", "handout"])

_NO_TEXT = "is not an OpenDocument text, or is damaged"
_NO_SPREADSHEET = "is not an OpenDocument spreadsheet, or is damaged"
_NO_PRESENTATION = "is not an OpenDocument presentation, or is damaged"


def read_odt(data: bytes) -> Draft:
    """Read a text document; lines are those of the text."""
    draft = Draft(own_lines=True)
    with opened(data, _NO_TEXT) as archive:
        package = OdfPackage(archive, _NO_TEXT)
        body = package.body("text")
        if body is not None:
            add_pieces(draft, OdfText(package).pieces(body))
    draft.unread = unread(package.pictures)
    draft.title = package.title or draft.first_heading
    return draft


def read_ods(data: bytes) -> Draft:
    """Read a spreadsheet: a heading a sheet, a table row a row, with the values as they are shown."""
    draft = Draft(own_lines=True)
    with opened(data, _NO_SPREADSHEET) as archive:
        package = OdfPackage(archive, _NO_SPREADSHEET)
        body = package.body("spreadsheet")
        for sheet in body.iterfind(f"{TABLE}table") if body is not None else ():
            style = sheet.get(f"{TABLE}style-name")
            if package.styles.value("table", style, "table", f"{TABLE}display") != "false":
                draft.heading(1, [(sheet.get(f"{TABLE}name") or "", 1)])
                text_of = _CellText(OdfText(package, _paper(sheet)))
                add_rows(draft, list(numbered_rows(sheet, package.styles, text_of)))
                for piece in OdfText(package).pieces(sheet.iterfind(f"{TABLE}shapes/*")):
                    draft.flow(piece.kind, [(piece.text, 1)])
    draft.unread = unread(package.pictures)
    draft.title = package.title
    return draft


def read_odp(data: bytes) -> Draft:
    """Read a presentation: a slide is a page, as in PowerPoint's."""
    draft = Draft()
    with opened(data, _NO_PRESENTATION) as archive:
        package = OdfPackage(archive, _NO_PRESENTATION)
        body = package.body("presentation")
        for page, slide in enumerate(body.iterfind(f"{DRAW}page") if body is not None else (), 1):
            style = slide.get(f"{DRAW}style-name")
            shown = package.styles.value("drawing-page", style, "drawing-page", f"{PRESENTATION}visibility")
            if shown != "hidden":
                add_lines(draft, page, _slide(package, slide))
    draft.unread = unread(package.pictures)
    draft.title = package.title or draft.first_heading
    return draft


def _paper(sheet: _Element) -> str | None:
    """Return the colour of a sheet, None where pictures or scales of colour may lie behind its cells."""
    coloured = next(sheet.iter(f"{DRAW}image", "{*}color-scale", "{*}data-bar"), None) is not None
    return None if coloured else WHITE


class _CellText:
    """The text of a spreadsheet's cell, or a mark where a formula has none."""

    def __init__(self, reader: OdfText) -> None:
        self._reader = reader

    def __call__(self, cell: _Element, style: str | None) -> str:
        text = self._reader.cell(cell, style)
        if text or cell.find(f"{TEXT}p") is not None:
            return text
        value = cell.get(f"{OFFICE}string-value") or cell.get(f"{OFFICE}value")
        value = value or cell.get(f"{OFFICE}date-value") or cell.get(f"{OFFICE}time-value")
        return value or (_WITHOUT_VALUE if cell.get(f"{TABLE}formula") else "")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape on a slide with its place in points, as `in_order` wants it."""

    element: _Element
    left: int
    top: int
    width: int
    height: int


def _slide(package: OdfPackage, slide: _Element) -> Iterator[Line]:
    size = package.slide_size(slide)
    placed = (_placed(element) for element in slide if _is_of_the_slide(element))
    shapes = [shape for shape in placed if not _is_beside(shape, size)]
    titles = [shape for shape in shapes if shape.element.get(f"{PRESENTATION}class") == "title"]
    reader = OdfText(package)
    for shape in titles:
        yield BlockKind.HEADING, 1, " ".join(piece.text for piece in reader.pieces([shape.element]))
    for shape in in_order(shape for shape in shapes if shape not in titles):
        yield from _lines(list(reader.pieces([shape.element])))


def _lines(pieces: list[Piece]) -> Iterator[Line]:
    listed = [(piece.depth, piece.text) for piece in pieces if piece.kind is BlockKind.LIST_ITEM]
    if len(listed) == len(pieces):
        yield from ((BlockKind.LIST_ITEM, 0, text) for text in with_parents(listed))
    else:
        yield from ((piece.kind, piece.level, piece.text) for piece in pieces)


def _is_of_the_slide(element: _Element) -> bool:
    if not isinstance(element.tag, str) or not element.tag.startswith(DRAW):
        return False
    return element.get(f"{PRESENTATION}class") not in _ON_EVERY_SLIDE


def _is_beside(shape: _Shape, size: tuple[int, int]) -> bool:
    """Tell whether all of a shape lies outside of the slide, where nobody sees it."""
    if not (all(size) and shape.width and shape.height):
        return False
    right, bottom = shape.left + shape.width, shape.top + shape.height
    return shape.left >= size[0] or shape.top >= size[1] or right <= 0 or bottom <= 0


def _placed(element: _Element) -> _Shape:
    left, top, width, height = (points(element.get(f"{SVG}{name}")) for name in ("x", "y", "width", "height"))
    return _Shape(element, left, top, width, height)
