"""What lies over the cells of a worksheet: text boxes are read, charts are named."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from index.read.archive import parsed
from index.read.slide_text import paragraphs
from index.read.word_xml import targets

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ON = frozenset(["1", "true"])


def texts_over(archive: ZipFile, sheet: str) -> Iterator[str]:
    """Yield the text of each shape over a worksheet, given its part's name, and a mark for each chart."""
    for name in _related(archive, sheet, "drawing"):
        root = parsed(archive, name)
        for shape in root.iter(f"{_DRAWING}sp", f"{_DRAWING}graphicFrame") if root is not None else ():
            if not _is_hidden(shape):
                yield _text(shape)


def _related(archive: ZipFile, part: str, kind: str) -> list[str]:
    folder, name = posixpath.split(part)
    return [target for found, target in targets(archive, folder, f"{folder}/_rels/{name}.rels") if found == kind]


def _is_hidden(shape: _Element) -> bool:
    return any(found.get("hidden") in _ON for found in shape.iter(f"{_DRAWING}cNvPr"))


def _text(shape: _Element) -> str:
    body = shape.find(f"{_DRAWING}txBody")
    if body is not None:
        return "\n".join(text for _, text in paragraphs(body))
    return "[chart]" if next(shape.iter(f"{_CHART}chart"), None) is not None else ""
