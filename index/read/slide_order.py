"""The order in which a person reads what stands on a slide: columns from left to right, each from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_MOST = 400
"""Shapes on a slide that are put in order by columns; of more, by their tops: it takes the square of them."""


def in_order(shapes: Iterable[Any]) -> list[Any]:
    """Return shapes in reading order: cut into columns where a gap runs through all of them, else into rows."""
    boxes = [(shape, _span(shape.left, shape.width), _span(shape.top, shape.height)) for shape in shapes]
    boxes.sort(key=lambda box: (box[2][0], box[1][0]))
    return [box[0] for box in (boxes if len(boxes) > _MOST else _cut(boxes))]


_Box = tuple[Any, tuple[int, int], tuple[int, int]]


_ACROSS, _DOWN = 1, 2
"""Where a box has its extent along each axis."""


def _span(start: int | None, size: int | None) -> tuple[int, int]:
    return start or 0, (start or 0) + max(size or 0, 1)


def _cut(boxes: Sequence[_Box]) -> Iterator[_Box]:
    """Yield boxes column by column, or row by row where no columns can be told apart."""
    columns = list(_parts(boxes, _ACROSS))
    if len(columns) > 1:
        for column in columns:
            yield from _cut(column)
        return
    rows = list(_rows(boxes))
    if len(rows) > 1:
        for row in rows:
            yield from _cut(row)
        return
    yield from boxes


def _rows(boxes: Sequence[_Box]) -> Iterator[list[_Box]]:
    """Yield the rows of boxes from top to bottom; those that have columns in common stay together."""
    together: list[_Box] = []
    for row in _parts(boxes, _DOWN):
        if together and sum(1 for _ in _parts([*together, *row], _ACROSS)) == 1:
            yield together
            together = []
        together = [*together, *row]
    if together:
        yield together


def _parts(boxes: Sequence[_Box], axis: int) -> Iterator[list[_Box]]:
    """Yield the groups of boxes between which there is a gap along an axis, in order."""
    part: list[_Box] = []
    end = 0
    for box in sorted(boxes, key=lambda box: box[axis][0]):  # a stable sort: what starts alike stays in order
        start, stop = box[axis]
        if part and start >= end:
            yield sorted(part, key=lambda box: (box[2][0], box[1][0]))
            part = []
        end = max(end, stop) if part else stop
        part.append(box)
    if part:
        yield sorted(part, key=lambda box: (box[2][0], box[1][0]))
