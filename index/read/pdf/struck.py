"""Words of a PDF page that a line is drawn through: by the author's program, or as a remark that shows on the page."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from index.read.pdf.words import Box, Drawn, Word
from index.read.struck import struck

if TYPE_CHECKING:
    from pypdfium2 import PdfPage  # type: ignore[import-untyped] # pypdfium2 carries no types

_THIN = 2.5
"""Points: what is higher is a bar, and no line through words."""

_LOWEST, _HIGHEST = 0.35, 0.6
"""Of a word's height: where a line through it is, by Chromium at 0.45, by ReportLab at 0.41; one below it is at 0.1."""

_REACH = 0.3
"""Of a word's height: how much of a word at the end of a line may be free of it, and how far it goes on after it."""

_HIDDEN = 1 | 2 | 32  # of an annotation's flags: invisible, hidden, not to be viewed
_MOST = 500
_MOST_PAIRS = 200_000
"""Words beside lines that are looked at, of a page: pages of books have some thousands."""

_AFTER_ALL = 1 << 32
"""The place of remarks in the order of drawing; words of which it is not known come right before them."""

_APART = 0.9  # of a word's height: what is farther apart on a line may stand in two cells
_MARKER = re.compile(r"[\W_]+|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]")

_bottom = attrgetter("bottom")


def struck_out(words: list[Word], drawn: Sequence[Drawn], places: Mapping[int, int]) -> tuple[list[Word], list[Box]]:
    """Return words with marks around those that are struck out, and the boxes that are no lines through words.

    `places` has the place of each text object in the order of drawing: a line that is drawn before a word lies behind
    it, as that below a word does, or one between the steps of a journey.
    """
    thin = [shape for shape in drawn if shape.own and _is_thin(shape.box)]
    if not thin:
        return words, [shape.box for shape in drawn]
    upward = sorted((word for word in words if word.height and not word.style.turned), key=_bottom)
    highest = max((word.height for word in upward), default=0.0)
    gone: set[int] = set()
    lines: set[Drawn] = set()
    left = _MOST_PAIRS
    for line in thin:
        near = _near(upward, line.box, highest)
        left -= len(near)
        if left < 0:
            return words, [shape.box for shape in drawn]
        before = [word for word in near if places.get(word.drawn, _AFTER_ALL - 1) < line.place]
        if through := _through(before, line.box):
            gone |= set(map(id, through))
            lines.add(line)
    return (list(_marked(words, gone)) if gone else words), [shape.box for shape in drawn if shape not in lines]


def _is_thin(box: Box) -> bool:
    return box[3] - box[1] <= _THIN < box[2] - box[0]


def _near(upward: Sequence[Word], box: Box, highest: float) -> Sequence[Word]:
    """Return the words that a thin box may go through, as far as it is known how far up they stand."""
    at = (box[1] + box[3]) / 2
    return upward[bisect_left(upward, at - _HIGHEST * highest, key=_bottom) : bisect(upward, at, key=_bottom)]


def _through(words: Sequence[Word], box: Box) -> list[Word]:
    """Return the words that a thin box goes through, none where it goes on beside them, as the line of a table does."""
    at = (box[1] + box[3]) / 2
    found = [word for word in words if _crosses(word, box, at)]
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
    """Yield words with marks around each stretch of a line that is struck out: lines and cells may become blocks."""
    run: list[Word] = []
    for word in words:
        is_gone = id(word) in gone
        if run and not (is_gone and _goes_on(run[-1], word)):
            yield from _as_struck(run)
            run = []
        if is_gone and (run or not _MARKER.fullmatch(word.text)):
            run.append(word)
        else:
            yield word
    yield from _as_struck(run)


def _goes_on(last: Word, word: Word) -> bool:
    gap = max(word.left - last.right, last.left - word.right)
    return word.line == last.line and gap <= _APART * word.height


def _as_struck(run: Sequence[Word]) -> Iterator[Word]:
    texts = struck(" ".join(word.text for word in run)).split(" ") if run else []
    yield from (word._replace(text=text) for word, text in zip(run, texts, strict=True))


def remarked(page: PdfPage, upright: Callable[[Box], Box]) -> Iterator[Drawn]:
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
                yield from (Drawn(upright(box), _AFTER_ALL) for box in _lines_of(remark))
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
