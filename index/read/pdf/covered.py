"""Words of a PDF page that something is drawn over, so that no reader sees them, as where names were blacked out.

PDFium finds all text. Where a shape is drawn after text and over it, the page is drawn with all such shapes and without
them: a word is hidden where there is a trace of it without them, and nothing but one colour with them.
"""

from __future__ import annotations

import ctypes
import math
import time
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pypdfium2 import PdfPage  # type: ignore[import-untyped] # pypdfium2 carries no types

    from index.read.pdf.words import Box, PageText, Word

_MOST_OBJECTS = 5_000
"""Objects of a page that are looked at: text beyond those is taken for seen."""

_DEPTH = 8
"""Forms in forms: text deeper than that is taken for seen."""

_LAST = 2**31
"""The place of notes in the order in which a page is drawn: after all else."""

_THINNEST = 4.0
"""Points: what is lower or narrower is a line, which covers no word."""

_HEIGHT = 14.0
"""Pixels: the lowest of the words that are looked at is drawn as high, enough for each stroke to leave a trace."""

_PIXELS = 4_000_000
"""As large a page is drawn at most; what leaves no trace at that size is taken for seen."""

_EDGE = 0.15
"""The part of a word's box at each side that is not looked at: what covers a word may end there."""

_SAME = 12
"""Steps of 255 by which the pixels of one colour differ."""

_SECONDS = 1.0
"""For each file: enough for dozens of pages, and little beside the time that a file may take to be read."""

_OPAQUE, _MIDDLE = 255, 127
"""The most of an opacity, and the darkest half of a colour's part."""

_CORNERS = 5
"""Points of a rectangle, the first twice; some writers leave the last one out."""

_LEVEL = 0.01
"""Points by which the ends of a level line may differ."""

_TRACE = 48
"""Steps of 255 that text has to stand out by where nothing covers it: what makes less of it fainter is no cover."""


Colour = tuple[int, int, int]
"""Red, green and blue, each of 255."""


class _Cover(NamedTuple):
    """What may hide text: its place in the order of drawing, its box, its object and colour; a note has neither."""

    place: int
    box: Box
    drawn: Any = None
    colour: Colour | None = None
    is_picture: bool = False


class Budget:
    """The time that is left for the pages of one file to be drawn in search of words in the colour behind them."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self._left = _SECONDS
        self._ends = math.inf

    @property
    def is_spent(self) -> bool:
        """Whether no time is left."""
        return min(self._left, self._ends - time.monotonic()) <= 0

    def __enter__(self) -> None:
        self._ends = time.monotonic() + self._left

    def __exit__(self, *_: object) -> None:
        self._left, self._ends = self._ends - time.monotonic(), math.inf


def without_covered(page: PdfPage, text: PageText, budget: Budget) -> list[Word]:
    """Return the words of a page without those that a shape or a note is drawn over, or that are in its colour."""
    shapes, texts = _objects(page)
    words = _without_faded(page, text, shapes, texts, budget)
    first = min((place for place, _ in texts.values()), default=_LAST)
    covers = [shape for shape in shapes if shape.place > first and not shape.is_picture]
    places = {drawn: place for drawn, (place, _) in texts.items()}
    covers += _notes(page)
    if not covers or not words:
        return words
    below = _below(words, [places.get(word.drawn, _LAST) for word in words], covers, text)
    if not below:
        return words
    boxes = [text.placed(words[number][1:5]) for number in below]
    scale = _scale(page, min(words[number].height for number in below))
    with_covers = _Picture(page, scale)
    plain = [contrast <= _SAME for contrast in map(with_covers.contrast, boxes)]
    if not any(plain):
        return words
    bare = _bare(page, covers, scale)
    hidden = {
        number
        for number, box, is_plain in zip(below, boxes, plain, strict=True)
        if is_plain and bare.contrast(box) > _TRACE
    }
    return [word for number, word in enumerate(words) if number not in hidden]


def _without_faded(
    page: PdfPage,
    text: PageText,
    shapes: Sequence[_Cover],
    texts: Mapping[int, tuple[int, Colour | None]],
    budget: Budget,
) -> list[Word]:
    """Return the words of a page without those that have the colour of the shape that they are drawn on."""
    if budget.is_spent:
        return text.words
    with budget:
        grounds = _alike(text, shapes, texts)
        faded = _faded(page, text, grounds, budget) if grounds else frozenset()
    return [word for number, word in enumerate(text.words) if number not in faded]


def _faded(page: PdfPage, text: PageText, grounds: Mapping[int, _Cover], budget: Budget) -> Collection[int]:
    """Return those of the words on shapes of their colour, by their numbers, that are not seen."""
    scale = _scale(page, min(text.words[number].height for number in grounds))
    boxes = {number: text.placed(text.words[number][1:5]) for number in grounds}
    shown = _Picture(page, scale)
    flat = [number for number, box in boxes.items() if shown.contrast(box) <= _SAME]
    if not flat or budget.is_spent:
        return frozenset()
    other = _recoloured(page, {id(grounds[number]): grounds[number] for number in flat}.values(), scale)
    return {number for number in flat if other.contrast(boxes[number]) > _TRACE}


def _alike(
    text: PageText, shapes: Sequence[_Cover], texts: Mapping[int, tuple[int, Colour | None]]
) -> dict[int, _Cover]:
    """Return the words, by their numbers, whose middle lies on a shape of their colour, and that shape.

    Nothing that is sure to hide it lies between.
    """
    known = [(number, found) for number, word in enumerate(text.words) if (found := texts.get(word.drawn)) and found[1]]
    if not known:
        return {}
    order, colours = np.array([place for _, (place, _) in known]), np.array([colour for _, (_, colour) in known])
    left, bottom, right, top = np.array([text.words[number][1:5] for number, _ in known]).T
    across, up = (left + right) / 2, (bottom + top) / 2
    grounds = np.full(len(known), -1)
    alike = {
        colour: abs(colours - np.array(colour)).max(axis=1) <= _SAME
        for colour in {shape.colour for shape in shapes}
        if colour
    }
    none = np.zeros(len(known), dtype=bool)
    for at, shape in enumerate(shapes):
        same = alike[shape.colour] if shape.colour else none
        touched = (order > shape.place) & (same | (grounds >= 0))
        if touched.any():
            box = text.upright(shape.box)
            touched &= (across >= box[0]) & (across <= box[2]) & (up >= box[1]) & (up <= box[3])
            grounds[touched & same] = at
            over = touched & ~same
            if over.any() and _is_opaque(shape):
                grounds[over] = -1
    return {known[int(at)][0]: shapes[grounds[at]] for at in np.flatnonzero(grounds >= 0)}


def _is_opaque(shape: _Cover) -> bool:
    """Tell whether a shape is sure to hide what lies below its box: a picture, or a rectangle that is filled."""
    from pypdfium2 import raw

    if shape.is_picture:
        return True
    alpha = ctypes.c_uint()
    unused = [ctypes.byref(ctypes.c_uint()) for _ in range(3)]
    if raw.FPDFPageObj_GetFillColor(shape.drawn.raw, *unused, ctypes.byref(alpha)) and alpha.value < _OPAQUE:
        return False
    count = raw.FPDFPath_CountSegments(shape.drawn.raw)
    segments = [raw.FPDFPath_GetPathSegment(shape.drawn.raw, at) for at in range(min(count, _CORNERS + 1))]
    kinds = {raw.FPDFPathSegment_GetType(segment) for segment in segments}
    return _CORNERS - 1 <= count <= _CORNERS and raw.FPDF_SEGMENT_BEZIERTO not in kinds and _has_level_sides(segments)


def _has_level_sides(segments: Sequence[Any]) -> bool:
    """Tell whether each line of a path goes along one of the axes in which it is written."""
    from pypdfium2 import raw

    corners: list[tuple[float, float]] = []
    for segment in segments:
        across, up = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(across), ctypes.byref(up))
        corners.append((across.value, up.value))
    return all(
        min(abs(one[0] - other[0]), abs(one[1] - other[1])) < _LEVEL for one, other in pairwise([*corners, corners[0]])
    )


def _objects(page: PdfPage) -> tuple[list[_Cover], dict[int, tuple[int, Colour | None]]]:
    """Return the pictures and filled shapes of a page, and place and colour of each text by its object's address."""
    from pypdfium2 import raw

    shapes: list[_Cover] = []
    texts: dict[int, tuple[int, Colour | None]] = {}
    for place, found in enumerate(islice(page.get_objects(max_depth=_DEPTH), _MOST_OBJECTS)):
        if found.type == raw.FPDF_PAGEOBJ_TEXT:
            texts[ctypes.addressof(found.raw.contents)] = (place, _colour(found, raw))
        elif found.type == raw.FPDF_PAGEOBJ_PATH and found.container is None and _is_filled(found, raw):
            box = found.get_bounds()
            if min(box[2] - box[0], box[3] - box[1]) >= _THINNEST:
                shapes.append(_Cover(place, box, found, _colour(found, raw)))
        elif found.type == raw.FPDF_PAGEOBJ_IMAGE and found.container is None:
            shapes.append(_Cover(place, found.get_bounds(), found, is_picture=True))
    return shapes, texts


def _colour(found: Any, raw: Any) -> Colour | None:
    """Return the colour that an object is filled with, None where that is not known."""
    parts = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(found.raw, *map(ctypes.byref, parts))
    return (parts[0].value, parts[1].value, parts[2].value) if known else None


def _is_filled(found: Any, raw: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(found, ctypes.byref(mode), ctypes.byref(stroke)) and mode.value)


def _notes(page: PdfPage) -> Iterator[_Cover]:
    from pypdfium2 import raw

    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if raw.FPDFAnnot_GetSubtype(note) in {raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_STAMP}:
            box = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(note, ctypes.byref(box)):
                yield _Cover(_LAST + 1, (box.left, box.bottom, box.right, box.top))
        raw.FPDFPage_CloseAnnot(note)


def _below(words: Sequence[Word], places: Sequence[int], covers: Sequence[_Cover], text: PageText) -> list[int]:
    """Return the numbers of the words whose middle lies in the box of something that is drawn after them."""
    order = np.array(places)
    left, bottom, right, top = np.array([word[1:5] for word in words]).T
    across, up = (left + right) / 2, (bottom + top) / 2
    below = np.zeros(len(words), dtype=bool)
    for cover in covers:
        box = text.upright(cover.box)
        inside = (across >= box[0]) & (across <= box[2]) & (up >= box[1]) & (up <= box[3])
        below |= inside & (order < cover.place)
    return [int(number) for number in np.flatnonzero(below)]


def _scale(page: PdfPage, height: float) -> float:
    """Return the pixels for a point at which words of a height in points can be told from nothing."""
    across, up = page.get_size()
    return min(_HEIGHT / max(1.0, height), math.sqrt(_PIXELS / max(1.0, across * up)))


def _bare(page: PdfPage, covers: Sequence[_Cover], scale: float) -> _Picture:
    """Return a page as it is drawn without what may cover words."""
    from pypdfium2 import raw

    drawn = [cover.drawn for cover in covers if cover.drawn is not None]
    try:
        for found in drawn:
            raw.FPDFPageObj_SetIsActive(found, 0)
        return _Picture(page, scale, draw_annots=False)
    finally:
        for found in drawn:
            raw.FPDFPageObj_SetIsActive(found, 1)


def _recoloured(page: PdfPage, grounds: Collection[_Cover], scale: float) -> _Picture:
    """Return a page as it is drawn with other colours behind words."""
    from pypdfium2 import raw

    colours = [ground.colour or (0, 0, 0) for ground in grounds]
    try:
        for ground, colour in zip(grounds, colours, strict=True):
            raw.FPDFPageObj_SetFillColor(ground.drawn.raw, *(0 if part > _MIDDLE else 255 for part in colour), _OPAQUE)
        return _Picture(page, scale)
    finally:
        for ground, colour in zip(grounds, colours, strict=True):
            raw.FPDFPageObj_SetFillColor(ground.drawn.raw, *colour, _OPAQUE)


class _Picture:
    """A page as it is drawn."""

    def __init__(self, page: PdfPage, scale: float, *, draw_annots: bool = True) -> None:
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=draw_annots)
        self._pixels = bitmap.to_numpy()[..., :3].copy()
        bitmap.close()
        self._page = page

    def contrast(self, box: Box) -> int:
        """Return by how many steps of 255 the pixels in a box differ, in points of the page; 0 where it has none."""
        first, last = self._pixel(box[0], box[1]), self._pixel(box[2], box[3])
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(first, last, strict=True))
        across, up = _EDGE * (right - left), _EDGE * (bottom - top)
        inside = self._pixels[
            math.ceil(top + up) : math.floor(bottom - up) + 1, math.ceil(left + across) : math.floor(right - across) + 1
        ]
        return int((inside.max(axis=(0, 1)) - inside.min(axis=(0, 1))).max()) if inside.size else 0

    def _pixel(self, across: float, up: float) -> tuple[int, int]:
        from pypdfium2 import raw

        height, width = self._pixels.shape[:2]
        x, y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, across, up, ctypes.byref(x), ctypes.byref(y))
        return max(0, x.value), max(0, y.value)
