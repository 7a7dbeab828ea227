"""Words of a PDF page that something is drawn over, so that no reader sees them, as where names were blacked out.

PDFium finds all text. Where a shape is drawn after text and over it, the page is drawn with all such shapes and without
them: a word is hidden where there is a trace of it without them, and nothing but one colour with them.
"""

from __future__ import annotations

import ctypes
import math
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


def without_covered(page: PdfPage, text: PageText) -> list[Word]:
    """Return the words of a page without those that a shape or a note is drawn over, or that are in its colour."""
    shapes, texts = _objects(page)
    words = _without_faded(page, text, shapes, texts)
    first = min((place for place, _ in texts.values()), default=_LAST)
    covers = [shape for shape in shapes if shape.place > first]
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
    page: PdfPage, text: PageText, shapes: Sequence[_Cover], texts: Mapping[int, tuple[int, Colour | None]]
) -> list[Word]:
    """Return the words of a page without those that have the colour of the shape that they are drawn on."""
    grounds = _alike(text, shapes, texts)
    if not grounds:
        return text.words
    scale = _scale(page, min(text.words[number].height for number in grounds))
    shown, bare = _Picture(page, scale), _bare(page, list(grounds.values()), scale)
    boxes = {number: text.placed(text.words[number][1:5]) for number in grounds}
    faded = {number for number, box in boxes.items() if shown.contrast(box) <= _SAME and bare.contrast(box) > _TRACE}
    return [word for number, word in enumerate(text.words) if number not in faded]


def _alike(
    text: PageText, shapes: Sequence[_Cover], texts: Mapping[int, tuple[int, Colour | None]]
) -> dict[int, _Cover]:
    """Return the numbers of the words whose middle lies in a shape of their colour that is drawn before them."""
    known = [(number, found) for number, word in enumerate(text.words) if (found := texts.get(word.drawn)) and found[1]]
    if not known:
        return {}
    order, colours = np.array([place for _, (place, _) in known]), np.array([colour for _, (_, colour) in known])
    left, bottom, right, top = np.array([text.words[number][1:5] for number, _ in known]).T
    across, up = (left + right) / 2, (bottom + top) / 2
    grounds: dict[int, _Cover] = {}
    for shape in shapes:
        if shape.colour is None:
            continue
        same = (order > shape.place) & (abs(colours - np.array(shape.colour)).max(axis=1) <= _SAME)
        if same.any():
            box = text.upright(shape.box)
            inside = same & (across >= box[0]) & (across <= box[2]) & (up >= box[1]) & (up <= box[3])
            grounds.update((known[int(at)][0], shape) for at in np.flatnonzero(inside))
    return grounds


def _objects(page: PdfPage) -> tuple[list[_Cover], dict[int, tuple[int, Colour | None]]]:
    """Return the filled shapes of a page, and place and colour of each text by the address of its object."""
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
