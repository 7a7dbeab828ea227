"""PowerPoint slides (PPTX): a slide is a page, its lines are those of its text in the order that it is read in.

Left out are hidden slides and shapes, what lies beside the slide, speaker notes and comments, which are not shown to an
audience, and what stands on every slide: its date, footer and number.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableError
from index.read.archive import office_title, opened, transitional_package
from index.read.draft import Draft, Fragment
from index.read.missing import chart_mark
from index.read.office.diagram import diagram_of_shape
from index.read.office.picture import POINT, said_of, unread
from index.read.office.slide_order import in_order
from index.read.office.slide_text import paragraphs
from index.read.office.slide_white import Paper
from index.read.spans import joined
from index.records import BlockKind

if TYPE_CHECKING:
    from pptx.slide import Slide

Line = tuple[BlockKind, int, str]
"""A block to be: its kind, the level if it is a heading, and its text."""

_DAMAGED = "is not a PowerPoint presentation, or is damaged"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = frozenset(["0", "false"])
_WITH_MACROS = [f"application/vnd.ms-powerpoint.{kind}.macroEnabled.main+xml" for kind in ("slideshow", "template")]
"""Kinds of presentations that python-pptx does not know of itself."""

_ON_EVERY_SLIDE = frozenset(["dt", "ftr", "sldNum", "hdr"])


def read_slides(data: bytes) -> Draft:
    """Read a PPTX file with its tables; a chart is named and its figures are left out."""
    from pptx.opc.package import PartFactory
    from pptx.package import Package
    from pptx.parts.presentation import PresentationPart

    PartFactory.part_type_for.update(dict.fromkeys(_WITH_MACROS, PresentationPart))
    draft = Draft()
    data = transitional_package(data, _DAMAGED)
    with opened(data, _DAMAGED) as archive:
        draft.title = office_title(archive)
        part = Package.open(io.BytesIO(data)).presentation_part
        if not isinstance(part, PresentationPart):
            raise UnreadableError(_DAMAGED)
        presentation = part.presentation
        size = (presentation.slide_width or 0, presentation.slide_height or 0)
        pictures: list[tuple[float, float]] = []
        for page, slide in enumerate(presentation.slides, 1):
            if slide.element.get("show") not in _OFF:
                add_lines(draft, page, _slide(slide, size))
                pictures += _pictures(shape for shape in slide.shapes if not _is_beside(shape, size))
    draft.unread = unread(pictures)
    draft.title = draft.title or draft.first_heading
    return draft


def add_lines(draft: Draft, page: int, lines: Iterable[Line]) -> None:
    """Add the blocks of a slide, whose lines are counted in it."""
    number = 1
    for kind, level, text in lines:
        seen = [part for part in text.replace("\x0b", "\n").split("\n") if part.strip()]
        fragments: list[Fragment] = [(f"{part}\n", number + step) for step, part in enumerate(seen)]
        if kind is BlockKind.HEADING:
            draft.heading(level, fragments, page)
        else:
            draft.flow(kind, fragments, page)
        number += len(seen)


def _slide(slide: Slide, size: tuple[int, int]) -> Iterator[Line]:
    _unwrap(slide.element)
    title, paper = slide.shapes.title, Paper(slide)
    if title is not None and not _is_hidden(title):
        yield BlockKind.HEADING, 1, " ".join(text for _, text in _paragraphs(title, paper))
    seen = [shape for shape in slide.shapes if not _is_beside(shape, size)]
    for shape in in_order(seen):
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape, paper)


def _paragraphs(shape: Any, paper: Paper, frame: Any = None) -> Iterator[tuple[int, str]]:
    """Return the paragraphs of a shape that are seen; `frame` is the outermost group that it is in."""
    body = shape.text_frame._txBody  # noqa: SLF001 # its XML
    return paragraphs(body, lambda run: paper.hides(run, shape, frame))


def _unwrap(slide: Any) -> None:
    """Put shapes that only newer programs know, formulas for one, where python-pptx finds shapes."""
    for alternatives in list(slide.iter(f"{_MC}AlternateContent")):
        parent = alternatives.getparent()
        if parent is not None and parent.tag.endswith(("}spTree", "}grpSp")):
            choice = next((child for child in alternatives if child.tag == f"{_MC}Choice"), None)
            for shape in list(choice) if choice is not None else ():
                alternatives.addprevious(shape)
            parent.remove(alternatives)


def _is_hidden(shape: Any) -> bool:
    named = next((element for element in shape.element.iter() if str(element.tag).endswith("}cNvPr")), None)
    return named is not None and named.get("hidden") in {"1", "true"}


def _is_beside(shape: Any, size: tuple[int, int]) -> bool:
    """Return whether all of a shape lies outside of the slide, where nobody sees it."""
    if not all(size) or None in {shape.left, shape.top, shape.width, shape.height}:
        return False
    right, bottom = shape.left + shape.width, shape.top + shape.height
    return bool(shape.left >= size[0] or shape.top >= size[1] or right <= 0 or bottom <= 0)


def _shape(shape: Any, paper: Paper, frame: Any = None) -> Iterator[Line]:
    if _is_hidden(shape) or _is_on_every_slide(shape):
        return
    if hasattr(shape, "shapes"):
        for inner in in_order(shape.shapes):
            yield from _shape(inner, paper, frame or shape)
    elif getattr(shape, "has_table", False):
        yield from ((BlockKind.TABLE, 0, row) for row in _rows(shape.table, paper))
    elif getattr(shape, "has_chart", False):
        yield BlockKind.PARAGRAPH, 0, _chart(shape.chart)
    elif shape.has_text_frame:
        kind = BlockKind.LIST_ITEM if shape.is_placeholder else BlockKind.PARAGRAPH
        yield from ((kind, 0, text) for text in with_parents(_paragraphs(shape, paper, frame)))
    else:
        yield from _drawn(shape)


def _pictures(shapes: Iterable[Any]) -> Iterator[tuple[float, float]]:
    """Yield the width and height, in points, of each picture that is seen and of which nothing is said."""
    for shape in shapes:
        if _is_hidden(shape):
            continue
        if shape.element.tag.endswith("}grpSp"):
            yield from _pictures(shape.shapes)
        elif shape.element.tag.endswith("}pic") and not said_of(shape.element.nvPicPr.cNvPr.get("descr")):
            yield (shape.width or 0) / POINT, (shape.height or 0) / POINT


def _drawn(shape: Any) -> Iterator[Line]:
    """Yield the texts of a diagram, a mark for a chart that python-pptx does not know, or what a picture shows."""
    drawn = next((element for element in shape.element.iter() if str(element.tag).endswith("}graphicData")), None)
    if shape.element.tag.endswith("}pic"):
        yield BlockKind.PARAGRAPH, 0, said_of(shape.element.nvPicPr.cNvPr.get("descr"))
    elif drawn is not None and "chartex" in (drawn.get("uri") or ""):
        yield BlockKind.PARAGRAPH, 0, chart_mark("")
    else:
        yield from ((BlockKind.LIST_ITEM, 0, text) for text in diagram_of_shape(shape))


def _is_on_every_slide(shape: Any) -> bool:
    mark = next((element for element in shape.element.iter() if str(element.tag).endswith("}ph")), None)
    return mark is not None and mark.get("type") in _ON_EVERY_SLIDE


def with_parents(outline: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Yield each paragraph of the outermost level with those that are indented below it; each comes with its level."""
    text, outermost = "", 0
    for level, paragraph in outline:
        if text and level > outermost:
            text += f"\n{paragraph}"
            continue
        yield text
        text, outermost = paragraph, level
    yield text


def _chart(chart: Any) -> str:
    """Return a mark for a chart: its figures are drawn, not written."""
    title = " ".join(chart.chart_title.text_frame.text.split()) if _has_title(chart) else ""
    return chart_mark(title)


def _has_title(chart: Any) -> bool:
    return bool(chart.has_title and chart.chart_title.has_text_frame)


def _rows(table: Any, paper: Paper) -> Iterator[str]:
    """Yield a table's rows, the text of merged cells in every row and column that they span."""
    above: dict[int, str] = {}
    for row in table.rows:
        cells: list[tuple[str, int]] = []
        for column, cell in enumerate(row.cells):
            element = cell._tc  # noqa: SLF001 # its attributes say what it is merged with
            if element.vMerge:
                text = above.get(column, "")
            elif element.hMerge and cells:
                text = above[column] = cells[-1][0]
            else:
                text = above[column] = _of_cell(element, paper)
            cells.append((text, 1))
        yield joined(_once(row, cells))


def _of_cell(cell: Any, paper: Paper) -> str:
    body = cell.get_or_add_txBody()
    return " ".join(text for _, text in paragraphs(body, lambda run: paper.hides_in_cell(run, cell)))


def _once(row: Any, cells: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return one cell for a row that is a single one."""
    merged = all(cell._tc.hMerge for cell in list(row.cells)[1:])  # noqa: SLF001
    return cells[:1] if merged else cells
