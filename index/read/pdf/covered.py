"""Words of a PDF page that something lies over, so that no reader sees them, as where names were blacked out.

PDFium finds all text. Where a shape is drawn after text, or a dark one below, the page is drawn, and a word is hidden
where nothing but one colour is seen in its place: a mark that text shines through hides nothing.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfPage  # type: ignore[import-untyped] # pypdfium2 carries no types

    from index.read.pdf.words import Box, PageText, Word

_MOST_OBJECTS = 5_000
"""Objects of a page that are looked at: text below those beyond is taken for seen."""

_THINNEST = 4.0
"""Points: what is lower or narrower is a line, which covers no word."""

_DARK = 64
"""Of 255: below black text, a shape of a lighter colour leaves it to be seen."""

_PIXELS = 500_000
"""As large a page is drawn: a letter of 6 points is then some 6 pixels high, which is enough to leave a trace."""

_EDGE = 0.15
"""The part of a word's box at each side that is not looked at: what covers a word may end there."""

_SAME = 12
"""Steps of 255 by which the pixels of one colour differ."""


def without_covered(page: PdfPage, text: PageText) -> list[Word]:
    """Return the words of a page without those that a shape or a note is drawn over."""
    covers = [text.upright(box) for box in _covers(page)]
    below = {number for number, word in enumerate(text.words) if any(_is_below(word, cover) for cover in covers)}
    if not below:
        return text.words
    picture = _Picture(page)
    return [
        word
        for number, word in enumerate(text.words)
        if number not in below or not picture.is_plain(text.placed((word.left, word.bottom, word.right, word.top)))
    ]


def _is_below(word: Word, cover: Box) -> bool:
    across, up = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    return cover[0] <= across <= cover[2] and cover[1] <= up <= cover[3]


def _covers(page: PdfPage) -> Iterator[Box]:
    """Yield the boxes of all that may hide text: shapes that are dark or drawn after some, and what notes draw."""
    from pypdfium2 import raw

    drawn = (raw.FPDFPage_GetObject(page, at) for at in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)))
    after_text = False
    for found in drawn:
        kind = raw.FPDFPageObj_GetType(found)
        after_text = after_text or kind in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM}
        if kind == raw.FPDF_PAGEOBJ_PATH and _is_filled(found, raw) and (after_text or _is_dark(found, raw)):
            yield from _large(raw.FPDFPageObj_GetBounds, found)
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if raw.FPDFAnnot_GetSubtype(note) in {raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_STAMP}:
            box = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(note, ctypes.byref(box)):
                yield box.left, box.bottom, box.right, box.top
        raw.FPDFPage_CloseAnnot(note)


def _is_filled(found: Any, raw: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(found, ctypes.byref(mode), ctypes.byref(stroke)) and mode.value)


def _is_dark(found: Any, raw: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(found, *map(ctypes.byref, parts))
    return bool(known) and max(part.value for part in parts[:3]) <= _DARK


def _large(bounds: Any, found: Any) -> Iterator[Box]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if bounds(found, *map(ctypes.byref, (left, bottom, right, top))):
        box = (left.value, bottom.value, right.value, top.value)
        if min(box[2] - box[0], box[3] - box[1]) >= _THINNEST:
            yield box


class _Picture:
    """A page as it is drawn, with its notes."""

    def __init__(self, page: PdfPage) -> None:
        width, height = page.get_size()
        scale = min(1.0, math.sqrt(_PIXELS / max(1.0, width * height)))
        bitmap = page.render(scale=scale, may_draw_forms=False)
        self._pixels = bitmap.to_numpy()[..., :3].copy()
        bitmap.close()
        self._page = page

    def is_plain(self, box: Box) -> bool:
        """Tell whether nothing but one colour is seen in a box, in points of the page; not where it has no inside."""
        first, last = self._pixel(box[0], box[1]), self._pixel(box[2], box[3])
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(first, last, strict=True))
        across, up = _EDGE * (right - left), _EDGE * (bottom - top)
        inside = self._pixels[
            math.ceil(top + up) : math.floor(bottom - up) + 1, math.ceil(left + across) : math.floor(right - across) + 1
        ]
        return bool(inside.size) and int((inside.max(axis=(0, 1)) - inside.min(axis=(0, 1))).max()) <= _SAME

    def _pixel(self, across: float, up: float) -> tuple[int, int]:
        from pypdfium2 import raw

        height, width = self._pixels.shape[:2]
        x, y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, across, up, ctypes.byref(x), ctypes.byref(y))
        return max(0, x.value), max(0, y.value)
