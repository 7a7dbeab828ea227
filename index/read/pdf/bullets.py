"""Bullets that a program has drawn before the lines of a PDF, and not written, as browsers do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, islice
from operator import attrgetter

from index.read.pdf.words import Box, Word

_BULLET = "•"
_SMALLEST, _LARGEST = 1.5, 7.0
"""Points: Chromium draws bullets of 3.7 and circles of 5.6 before text of 12."""

_SQUARE = 0.25  # of its size: how much wider than high a bullet may be
_PART = 0.55  # of a line's height
_NEAR = 1.6  # line heights from a bullet to the line
_LOWEST, _HIGHEST = 0.25, 0.65  # of a line's height: where the middle of a bullet is, at 0.43 by Chromium
_FEWEST = 2
_MOST = 300
_MOST_PAIRS = 200_000  # of bullets and lines


def with_bullets(words: list[Word], boxes: Sequence[Box]) -> list[Word]:
    """Return the words of a page with a bullet before each line that one is drawn before, if that are several.

    A line of code stays as it is: the bullet would become a part of it.
    """
    dots = list(islice(filter(_is_dot, boxes), _MOST + 1))
    if not _FEWEST <= len(dots) <= _MOST:
        return words
    lines = (list(line) for _, line in groupby(words, key=attrgetter("line")))
    firsts = [line[0] for line in lines if not all(word.style.fixed for word in line)]
    if len(firsts) * len(dots) > _MOST_PAIRS:
        return words
    before = {id(word): dot for word in firsts for dot in dots if _is_before(dot, word)}
    if len(before) < _FEWEST:
        return words
    return [new for word in words for new in (*_bullet(before.get(id(word)), word), word)]


def _is_dot(box: Box) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return _SMALLEST <= wide <= _LARGEST and -_SQUARE * wide <= high - wide <= _SQUARE * wide


def _is_before(dot: Box, word: Word) -> bool:
    if word.style.turned or not 0 < word.left - dot[2] <= _NEAR * word.height or dot[3] - dot[1] > _PART * word.height:
        return False
    middle = (dot[1] + dot[3]) / 2 - word.bottom
    return _LOWEST * word.height <= middle <= _HIGHEST * word.height


def _bullet(dot: Box | None, word: Word) -> tuple[Word, ...]:
    return () if dot is None else (word._replace(text=_BULLET, left=dot[0], right=dot[2], broken=False),)
