"""Pages of a PDF that hold pictures alone: their text where it is asked for, and what is said of them where not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from index.read.ocr.mode import INSTALL
from index.read.ocr.reader import Ocr
from index.read.pdf.words import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped] # pypdfium2 carries no types

_LATE = "split the file, or raise QUOTH_READ_SECONDS and run `quoth index build --fresh`"
ADVICE = "run the file through OCR first"
_POINTS_AN_INCH = 72.0
_A_RUN = 4  # pages
_FINEST = 300.0  # pixels an inch: small pages are not made larger than scans are


@dataclass(slots=True)
class Scans:
    """The words of the pages that were read, by their index, and the numbers of those that were not, or not wholly."""

    words: dict[int, list[Word]] = field(default_factory=dict)
    late: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)


def read_scans(document: PdfDocument, indexes: Sequence[int], ocr: Ocr) -> Scans:
    """Read the text in the pictures of some pages, as many as there is time for."""
    scans = Scans()
    for index in indexes:
        if ocr.is_late:
            scans.late.append(index + 1)
            continue
        picture, scale = _rendered(document, index)
        found = ocr.words(picture, scale)
        scans.words[index] = found.words
        if not found.words:
            scans.blank.append(index + 1)
        elif found.unsure:
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
    if scans.late:
        yield f"{_pages(scans.late)} and were not read for want of time: {_LATE}"
    if scans.blank:
        yield f"{_pages(scans.blank)}, in which no text can be read"
    if scans.unsure:
        yield f"some lines on {_named(scans.unsure)} cannot be read with certainty and are marked as illegible"


def not_read(pages: Sequence[int], ocr: Ocr | None) -> str:
    """Say that pages hold pictures alone, and what to do."""
    advice = ADVICE if ocr is None else INSTALL
    return f"{_pages(pages)}, which {'is' if len(pages) == 1 else 'are'} not read: {advice}"


def _pages(pages: Sequence[int]) -> str:
    return f"{_named(pages)} {'holds a picture alone' if len(pages) == 1 else 'hold pictures alone'}"


def _named(pages: Sequence[int]) -> str:
    """Return the numbers of pages as a text: four and more in a row by the first and the last."""
    names: list[str] = []
    for _, run in groupby(enumerate(pages), key=lambda one: one[1] - one[0]):
        numbers = [page for _, page in run]
        short = len(numbers) < _A_RUN
        names += map(str, numbers) if short else [f"{numbers[0]} to {numbers[-1]}"]
    if len(pages) == 1:
        return f"page {names[0]}"
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"pages {listed}"
