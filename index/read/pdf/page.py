"""The lines of a PDF page and the paragraphs that they make, told by the gaps between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', ")")
_WIDE_GAP = 1.4  # in line distances; a line set in italics or with a formula stays below
_FAR = 2.4  # in line heights: more than lines that are set with double space
_SHORT = 10  # words of a bold line that is more likely a heading than the beginning of a sentence
_BULLET = re.compile("[•‣◦▪●○∙·❖➢✓\uf020-\uf0ff]\\s*")
"""Bullets, and what Word puts in their place: characters of Symbol and Wingdings, which Unicode has no names for."""

_COUNTED = re.compile(r"(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s+")
_NUMBER = re.compile(r"(\d{1,3})([.)])\s+\S")
_SAME_EDGE = 1.0  # line heights: numbers of two figures begin farther left
_OTHER_SIZE = 0.08  # of a line's height, where one of two lines is bold
_OTHER_REACH = 0.13  # of a line's height: one whose words all reach above or below is higher by 0.12 (`layout`)
_INDENT = 0.8  # in line heights


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its number from 1, whether it ends in a broken word, and where it stands if that is known.

    `fixed` and `bold` say that all of it is set so; `pitch` is how wide a character is on average, in points.
    """

    text: str
    number: int
    broken: bool
    left: float = 0.0
    bottom: float = 0.0
    height: float = 0.0
    fixed: bool = False
    bold: bool = False
    pitch: float = 0.0


def as_item(text: str) -> str | None:
    """Return a line that begins a list item, with its number and without its bullet; None for any other line."""
    if bullet := _BULLET.match(text):
        return text[bullet.end() :] or None
    counted = _COUNTED.match(text)
    return text if counted and len(text) > counted.end() else None


def paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Return the lines grouped into paragraphs: a wide gap, another size or an indented first line begins a new one."""
    steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median([step for step in steps if step > 0] or [0.0])
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not (_begins(groups[-1][-1], line, usual) or _counts_on(groups[-1][0], line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins(above: Line, line: Line, usual: float) -> bool:
    """Return whether a line begins a paragraph; one at the head of the next column goes on with the last one."""
    if above.broken or not above.height or not line.height:
        return False
    if _begins_item(above, line) or _is_bold_head(above, line):
        return True
    other = _OTHER_REACH if above.bold is line.bold else _OTHER_SIZE
    if abs(above.height - line.height) > other * max(above.height, line.height):
        return True
    step = above.bottom - line.bottom
    if step > _FAR * above.height or (step > _WIDE_GAP * usual and step > above.height):
        return True
    indented = line.left > above.left + _INDENT * line.height
    return step > 0 and indented and above.text.endswith(_SENTENCE_END)


def _begins_item(above: Line, line: Line) -> bool:
    if _BULLET.match(line.text):
        return True
    return bool(_COUNTED.match(line.text)) and above.text.endswith(_SENTENCE_END)


def _counts_on(item: Line, line: Line) -> bool:
    """Return whether a line has the number after that of an item which begins as far left, however that item ends."""
    before, number = _NUMBER.match(item.text), _NUMBER.match(line.text)
    if not before or not number or before[2] != number[2] or int(number[1]) != int(before[1]) + 1:
        return False
    return bool(line.height) and abs(line.left - item.left) <= _SAME_EDGE * line.height


def _is_bold_head(above: Line, line: Line) -> bool:
    short = above.bold and not line.bold and len(above.text.split()) <= _SHORT
    return short and not above.text.endswith((",", "-", ";")) and not line.text[0].islower()
