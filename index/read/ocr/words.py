"""What the lines of text in a picture make of a page: words that stand somewhere, as those of a PDF do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from index.read.missing import ILLEGIBLE
from index.read.ocr.engine import Seen
from index.read.pdf.words import Style, Word

SURE = 0.9
"""The score from which a line counts as read; below, it is marked as illegible.

Of 540 lines of ten made pages, no right one scored below 0.97, and half of those with a fault below 0.9
(`bench/ocr.py`); photos of paper score less than made pages, so that some room is left.
"""

_TEXT = 0.5
"""The score below which there is no text: RapidOCR's own threshold. Structures of photos score less."""

_FEWEST = 4
"""Characters that a line must seem to have to be marked: icons and dirt seem to have one or two."""

_SAME_ROW = 0.5  # of a line's height, between the middles of two lines
_SIZES = ((1.9, 2.2), (1.35, 1.5), (0.75, 1.0))
"""From how many heights of the usual line on a line counts as how many: boxes fit loosely, and sizes tell headings."""

_SMALL = 0.7
_LOOSE = 0.75  # of a box's height that the letters take


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page in the order of its lines, and whether any of it was not sure enough."""

    words: list[Word]
    unsure: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is set upright: its text, its edges and middle in pixels, and its height."""

    text: str
    left: float
    right: float
    middle: float
    height: float


def words_of(lines: Sequence[Seen], height: int, scale: float = 1.0) -> PageWords:
    """Return the words of a picture that is `height` pixels high, of which `scale` make a point."""
    shown = [line for line in lines if line.text.strip() and line.score >= _TEXT]
    sure = [line for line in shown if line.score >= SURE]
    unsure = [line for line in shown if line.score < SURE and len(line.text.strip()) >= _FEWEST]
    if not sure:
        return PageWords([], unsure=bool(unsure))
    slope = _slope(sure)
    placed = [_placed(line.text, line, slope) for line in sure] + [_placed(ILLEGIBLE, line, slope) for line in unsure]
    usual = median(line.height for line in placed for _ in line.text)
    words = [
        word
        for number, row in enumerate(_rows(placed))
        for line in row
        for word in _words(line, number, _size(line.height / usual) * usual, height, scale)
    ]
    return PageWords(words, unsure=bool(unsure))


def _slope(lines: Sequence[Seen]) -> float:
    """Return how far lines sink (pixels a pixel), as on a page that was laid askew."""
    tops = [(line.corners[0], line.corners[1], len(line.text)) for line in lines]
    slopes = [
        (right[1] - left[1]) / (right[0] - left[0])
        for left, right, length in tops
        for _ in range(length)
        if right[0] > left[0]
    ]
    return median(slopes) if slopes else 0.0


def _placed(text: str, line: Seen, slope: float) -> _Line:
    across = [corner[0] for corner in line.corners]
    up = [corner[1] - slope * corner[0] for corner in line.corners]
    height = (abs(up[3] - up[0]) + abs(up[2] - up[1])) / 2
    return _Line(text, min(across), max(across), sum(up) / len(up), max(height, 1.0))


def _size(share: float) -> float:
    sizes = (size for least, size in _SIZES if share >= least)
    return next(sizes, _SMALL)


def _rows(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield lines that stand beside each other together, from the top down, each row from the left."""
    row: list[_Line] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if row and line.middle - row[0].middle > _SAME_ROW * min(line.height, row[0].height):
            yield sorted(row, key=lambda line: line.left)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda line: line.left)


def _words(line: _Line, number: int, size: float, height: int, scale: float) -> Iterator[Word]:
    """Yield the words of a line, each as wide as its share of the characters."""
    letters = size * _LOOSE / scale
    bottom = (height - line.middle) / scale - letters / 2
    pitch = (line.right - line.left) / max(len(line.text), 1)
    at = 0
    for text in line.text.split():
        start = line.text.index(text, at)
        at = start + len(text)
        left, right = line.left + pitch * start, line.left + pitch * at
        yield Word(text, left / scale, bottom, right / scale, bottom + letters, number, Style())
