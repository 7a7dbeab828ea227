"""Pages of a PDF that hold pictures alone: their text where it is asked for, and what is said of them where not."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from index.read.pdf.words import Box, PageText, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped] # pypdfium2 carries no types

    from index.read.ocr.reader import Ocr

_OFF = (
    "page {} holds a picture alone, which is not read: run the file through OCR first",
    "pages {} hold pictures alone, which are not read: run the file through OCR first",
)
_MISSING = (
    "page {} holds a picture alone, which is not read: install the extra by `pip install -e '.[ocr]'`",
    "pages {} hold pictures alone, which are not read: install the extra by `pip install -e '.[ocr]'`",
)
_LATE = (
    (
        "page {} holds a picture alone and was not read for want of time: raise QUOTH_READ_SECONDS "
        "and run `quoth index build --fresh`"
    ),
    (
        "pages {} hold pictures alone and were not read for want of time: raise QUOTH_READ_SECONDS "
        "and run `quoth index build --fresh`"
    ),
)
_LARGE = (
    (
        "page {} holds a picture alone and was not read for want of memory: raise "
        "QUOTH_READ_MEMORY_MIB and run `quoth index build --fresh`"
    ),
    (
        "pages {} hold pictures alone and were not read for want of memory: raise "
        "QUOTH_READ_MEMORY_MIB and run `quoth index build --fresh`"
    ),
)
_BLANK = (
    "page {} holds a picture alone, in which no text can be read",
    "pages {} hold pictures alone, in which no text can be read",
)
_UNSURE = (
    "some lines on page {} cannot be read with certainty and are marked as illegible",
    "some lines on pages {} cannot be read with certainty and are marked as illegible",
)
"""What is said of one page, and of several."""

_MOST_OBJECTS = 5_000  # of a page that are looked at for pictures
_POINTS_AN_INCH = 72.0
_A_RUN = 4  # pages
_FINEST = 300.0  # pixels an inch: small pages are not made larger than scans are


@dataclass(slots=True)
class Scans:
    """The words of the pages that were read, by their index, and the numbers of those that were not, or not wholly."""

    words: dict[int, list[Word]] = field(default_factory=dict)
    late: list[int] = field(default_factory=list)
    large: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)


def read_scans(document: PdfDocument, indexes: Sequence[int], ocr: Ocr) -> Scans:
    """Read the text in the pictures of some pages, as many as there is time for."""
    scans = Scans()
    for index in indexes:
        if ocr.is_late:
            scans.late.append(index + 1)
            continue
        try:
            page_words = ocr.words(*_rendered(document, index))
        except MemoryError:  # the other pages are kept
            scans.large.append(index + 1)
            continue
        scans.words[index] = page_words.words
        if not page_words.words:
            scans.blank.append(index + 1)
        elif page_words.unsure:
            scans.unsure.append(index + 1)
    return scans


def _rendered(document: PdfDocument, index: int) -> tuple[NDArray[np.uint8], float]:
    """Return a page as a picture (height, width, 3; blue first), and how many of its pixels make a point."""
    from index.read.ocr.engine import MOST_PIXELS

    page = document[index]
    try:
        scale = min(MOST_PIXELS / max(*page.get_size(), 1.0), _FINEST / _POINTS_AN_INCH)
        bitmap = page.render(scale=scale, rev_byteorder=False, no_smoothtext=False)
        picture: NDArray[np.uint8] = bitmap.to_numpy()[..., :3].copy()
        bitmap.close()
    finally:
        page.close()
    return picture, scale


def unread(scans: Scans) -> Iterator[str]:
    """Yield what was not read of the pictures of a file, each with what to do."""
    for pages, reasons in ((scans.late, _LATE), (scans.large, _LARGE), (scans.blank, _BLANK), (scans.unsure, _UNSURE)):
        if pages:
            yield _reason(reasons, pages)


def not_read(pages: Sequence[int], ocr: Ocr | None) -> str:
    """Say that pages hold pictures alone, and what to do."""
    return _reason(_OFF if ocr is None else _MISSING, pages)


def _reason(reasons: tuple[str, str], pages: Sequence[int]) -> str:
    """Return what is said of one page, or of several."""
    return reasons[len(pages) > 1].format(_named(pages))


def _named(pages: Sequence[int]) -> str:
    """Return the numbers of pages: four and more in a row by the first and the last."""
    names: list[str] = []
    for _, run in groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0]):
        numbers = [page for _, page in run]
        short = len(numbers) < _A_RUN
        names += map(str, numbers) if short else [f"{numbers[0]} to {numbers[-1]}"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def pictures_beside(page: PdfPage, words: Sequence[Word], text: PageText) -> list[tuple[float, float]]:
    """Return width and height, in points, of the pictures of a page that no words stand on."""
    if not words:
        return []
    centres = [((word.left + word.right) / 2, (word.bottom + word.top) / 2) for word in words]
    boxes = [text.upright(box) for box in _pictures(page)]
    return [
        (right - left, top - bottom)
        for left, bottom, right, top in boxes
        if not any(left <= across <= right and bottom <= up <= top for across, up in centres)
    ]


def _pictures(page: PdfPage) -> Iterator[Box]:
    from pypdfium2 import raw

    for at in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        found = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(found) == raw.FPDF_PAGEOBJ_IMAGE:
            box = [ctypes.c_float() for _ in range(4)]
            if raw.FPDFPageObj_GetBounds(found, *map(ctypes.byref, box)):
                left, bottom, right, top = (edge.value for edge in box)
                yield left, bottom, right, top
