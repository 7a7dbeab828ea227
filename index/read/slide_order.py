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


def _span(start: int | None, size: int | None) -> tuple[int, int]:
    return start or 0, (start or 0) + max(size or 0, 1)


def _cut(boxes: Sequence[_Box]) -> Iterator[_Box]:
    """Yield boxes column by column, or row by row where no columns can be told apart."""
    if len(boxes) <= 1:
        yield from boxes
        return
    for axis in (1, 2):
        parts = list(_parts(boxes, axis))
        if len(parts) > 1:
            for part in parts:
                yield from _cut(part)
            return
    yield from boxes


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
