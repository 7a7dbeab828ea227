"""What is read of a chart: its title; its figures are drawn, not written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.read.missing import chart_mark

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


def chart_in(part: _Element | None) -> str:
    """Return what stands in a text for the chart that a part of an Office file holds."""
    title = part.find(f"{CHART}chart/{CHART}title") if part is not None else None
    return chart_mark("".join(text.text or "" for text in title.iter(_TEXT)) if title is not None else "")
