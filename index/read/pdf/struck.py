"""Words of a PDF page that a line is drawn through: by the author's program, or as a remark that shows on the page."""

from __future__ import annotations

import ctypes
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from index.read.pdf.words import Box, Word
from index.read.struck import struck

if TYPE_CHECKING:
    from pypdfium2 import PdfPage  # type: ignore[import-untyped] # pypdfium2 carries no types

_THIN = 2.5
"""Points: what is higher is a bar, and no line through words."""

_LOWEST, _HIGHEST = 0.3, 0.65
"""Of a word's height: where a line through it is, by Chromium at 0.45, by ReportLab at 0.41; one below it is at 0.1."""

_REACH = 0.3
"""Of a word's height: how much of a word at the end of a line may be free of it, and how far it goes on after it."""

_HIDDEN = 1 | 2 | 32  # of an annotation's flags: invisible, hidden, not to be viewed
_MOST = 500

_bottom = attrgetter("bottom")


def struck_out(words: list[Word], boxes: Sequence[Box]) -> tuple[list[Word], list[Box]]:
    """Return words with marks around those that are struck out, and the boxes that are no lines through words."""
    if not any(map(_is_thin, boxes)):
        return words, list(boxes)
    upward = sorted((word for word in words if word.height and not word.style.turned), key=_bottom)
    highest = max((word.height for word in upward), default=0.0)
    gone: set[int] = set()
    left: list[Box] = []
    for box in boxes:
        through = _through(upward, box, highest) if _is_thin(box) else []
        gone |= set(map(id, through))
        if not through:
            left.append(box)
    return (list(_marked(words, gone)) if gone else words), left


def _is_thin(box: Box) -> bool:
    return box[3] - box[1] <= _THIN < box[2] - box[0]


def _through(upward: Sequence[Word], box: Box, highest: float) -> list[Word]:
    """Return the words that a thin box goes through, none where it goes on beside them, as the line of a table does."""
    at = (box[1] + box[3]) / 2
    near = upward[bisect_left(upward, at - _HIGHEST * highest, key=_bottom) : bisect(upward, at, key=_bottom)]
    found = [word for word in near if _crosses(word, box, at)]
    if not any(character.isalnum() for word in found for character in word.text):
        return []  # the bar of a fraction beside a large bracket
    reach = 2 * _REACH * found[0].height
    ends = min(word.left for word in found) - box[0], box[2] - max(word.right for word in found)
    return found if max(ends) <= reach else []


def _crosses(word: Word, box: Box, at: float) -> bool:
    reach = _REACH * word.height
    inside = _LOWEST * word.height <= at - word.bottom <= _HIGHEST * word.height
    return inside and box[0] <= word.left + reach and word.right - reach <= box[2]


def _marked(words: Sequence[Word], gone: set[int]) -> Iterator[Word]:
    run: list[Word] = []
    for word in words:
        if id(word) in gone:
            run.append(word)
            continue
        yield from _as_struck(run)
        run = []
        yield word
    yield from _as_struck(run)


def _as_struck(run: Sequence[Word]) -> Iterator[Word]:
    texts = struck(" ".join(word.text for word in run)).split(" ") if run else []
    yield from (word._replace(text=text) for word, text in zip(run, texts, strict=True))


def remarked(page: PdfPage, upright: Callable[[Box], Box]) -> Iterator[Box]:
    """Yield a line for each line of words that somebody has struck out with a remark."""
    from pypdfium2 import raw

    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        remark = raw.FPDFPage_GetAnnot(page.raw, number)
        if not remark:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(remark) == raw.FPDF_ANNOT_STRIKEOUT and not (
                raw.FPDFAnnot_GetFlags(remark) & _HIDDEN
            ):
                yield from map(upright, _lines_of(remark))
        finally:
            raw.FPDFPage_CloseAnnot(remark)


def _lines_of(remark: object) -> Iterator[Box]:
    from pypdfium2 import raw

    corners = raw.FS_QUADPOINTSF()
    for number in range(min(raw.FPDFAnnot_CountAttachmentPoints(remark), _MOST)):
        if raw.FPDFAnnot_GetAttachmentPoints(remark, number, ctypes.byref(corners)):
            across = (corners.x1, corners.x2, corners.x3, corners.x4)
            middle = (corners.y1 + corners.y2 + corners.y3 + corners.y4) / 4
            yield min(across), middle, max(across), middle
