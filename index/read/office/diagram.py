"""SmartArt diagrams: their texts, each below what it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from index.read.archive import parsed_bytes
from index.read.office.slide_text import paragraphs
from index.read.office.word_xml import number

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
"""The namespace of what a diagram is made of."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def relation_of(element: Any) -> str | None:
    """Return the name of the relation to the data of the diagram that is drawn in an element, or None."""
    ids = next(element.iter(f"{DIAGRAM}relIds"), None)
    return None if ids is None else ids.get(f"{_RELATION}dm")


def diagram_of_shape(shape: Any) -> Iterator[str]:
    """Yield the texts of the diagram in a shape on a slide."""
    related = relation_of(shape.element)
    if related is not None:
        yield from diagram_in(parsed_bytes(shape.part.related_part(related).blob))


def diagram_in(data: Any) -> Iterator[str]:
    """Yield the texts of a diagram's data, each point's before those of the points below it."""
    points = {point.get("modelId"): point for point in (data.iter(f"{DIAGRAM}pt") if data is not None else ())}
    below: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for connection in data.iter(f"{DIAGRAM}cxn") if data is not None else ():
        if connection.get("type", "parOf") == "parOf":
            order = number(connection.get("srcOrd"), 0) or 0
            below[connection.get("srcId")].append((order, connection.get("destId")))
    waiting = [name for name, point in reversed(points.items()) if point.get("type") != "doc"]
    waiting += [name for name, point in points.items() if point.get("type") == "doc"]
    while waiting:
        name = waiting.pop()
        point = points.pop(name, None)
        if point is not None:
            waiting += [inner for _, inner in sorted(below[name], reverse=True)]
            yield from _texts(point)


def _texts(point: Any) -> Iterator[str]:
    body = point.find(f"{DIAGRAM}t")
    if body is not None and point.get("type") != "pres":
        yield from (text for _, text in paragraphs(body))
