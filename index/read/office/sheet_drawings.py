"""What lies over the cells of a worksheet: text boxes are read, pictures described, charts named."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from index.read.archive import parsed
from index.read.office.chart import CHART, chart_in
from index.read.office.picture import said_of
from index.read.office.slide_text import paragraphs
from index.read.office.word_xml import relations, targets

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ON = frozenset(["1", "true"])


def texts_over(archive: ZipFile, sheet: str) -> Iterator[str]:
    """Yield the text of each shape over a worksheet, given its part's name, and a mark for each chart."""
    for name in _related(archive, sheet, "drawing"):
        root = parsed(archive, name)
        kinds = (f"{_DRAWING}{kind}" for kind in ("sp", "graphicFrame", "pic"))
        for shape in root.iter(*kinds) if root is not None else ():
            if not _is_hidden(shape):
                yield _text(archive, name, shape)


def _related(archive: ZipFile, part: str, kind: str) -> list[str]:
    folder, name = posixpath.split(part)
    return [
        target for target_kind, target in targets(archive, folder, f"{folder}/_rels/{name}.rels") if target_kind == kind
    ]


def _is_hidden(shape: _Element) -> bool:
    return any(properties.get("hidden") in _ON for properties in shape.iter(f"{_DRAWING}cNvPr"))


def _text(archive: ZipFile, drawing: str, shape: _Element) -> str:
    body = shape.find(f"{_DRAWING}txBody")
    if body is not None:
        return "\n".join(text for _, text in paragraphs(body))
    chart = next(shape.iter(f"{CHART}chart"), None)
    if chart is None:
        return said_of(next((properties.get("descr") for properties in shape.iter(f"{_DRAWING}cNvPr")), None))
    folder, file = posixpath.split(drawing)
    parts = {named: part for named, _, part in relations(archive, folder, f"{folder}/_rels/{file}.rels")}
    return chart_in(parsed(archive, parts.get(chart.get(_RELATION) or "", "")))
