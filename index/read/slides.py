"""PowerPoint slides (PPTX): a slide is a page, its lines are those of its text from top to bottom."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from index.read.archive import office_title, opened
from index.read.draft import Draft, Fragment
from index.records import BlockKind

if TYPE_CHECKING:
    from pptx.slide import Slide

_Line = tuple[BlockKind, int, str]
"""A block to be: its kind, the level if it is a heading, and its text."""


def read_slides(data: bytes) -> Draft:
    """Read a PPTX file with its tables and the notes to its slides."""
    from pptx import Presentation

    draft = Draft()
    with opened(data, "a PowerPoint presentation") as archive:
        draft.title = office_title(archive)
        for page, slide in enumerate(Presentation(io.BytesIO(data)).slides, 1):
            _add(draft, page, _slide(slide))
    draft.title = draft.title or draft.first_heading
    return draft


def _add(draft: Draft, page: int, lines: Iterable[_Line]) -> None:
    number = 1
    for kind, level, text in lines:
        seen = [part for part in text.replace("\x0b", "\n").split("\n") if part.strip()]
        fragments: list[Fragment] = [(f"{part}\n", number + step) for step, part in enumerate(seen)]
        if kind is BlockKind.HEADING:
            draft.heading(level, fragments, page)
        else:
            draft.flow(kind, fragments, page)
        number += len(seen)


def _slide(slide: Slide) -> Iterator[_Line]:
    title = slide.shapes.title
    if title is not None:
        yield BlockKind.HEADING, 1, title.text_frame.text
    for shape in _in_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        yield BlockKind.HEADING, 2, "Notes"
        for paragraph in notes.paragraphs:
            yield BlockKind.PARAGRAPH, 0, paragraph.text


def _in_order(shapes: Iterable[Any]) -> list[Any]:
    return sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))


def _shape(shape: Any) -> Iterator[_Line]:
    if hasattr(shape, "shapes"):
        for inner in _in_order(shape.shapes):
            yield from _shape(inner)
    elif getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield BlockKind.TABLE, 0, " | ".join(" ".join(cell.text.split()) for cell in row.cells)
    elif shape.has_text_frame:
        kind = BlockKind.LIST_ITEM if shape.is_placeholder else BlockKind.PARAGRAPH
        for paragraph in shape.text_frame.paragraphs:
            yield kind, 0, paragraph.text
