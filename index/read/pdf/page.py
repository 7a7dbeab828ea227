"""The lines of a PDF page and the paragraphs that they make, told by the gaps between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.read.struck import STRUCK

_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', ")")
_WIDE_GAP = 1.4  # in line distances; a line set in italics or with a formula stays below
_FAR = 2.4  # in line heights: more than lines that are set with double space
_SHORT = 10  # words of a bold line that is more likely a heading than the beginning of a sentence
_BULLET = re.compile("[•‣◦▪●○∙·❖➢✓\uf020-\uf0ff]\\s*")
"""Bullets, and what Word puts in their place: characters of Symbol and Wingdings, which Unicode has no names for."""

_COUNTED = re.compile(r"(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s+")
_ASKED = re.compile(r"(?:[QAFPR]|Question|Answer|Frage|Antwort|Pregunta|Respuesta|Réponse) ?\d{0,3} ?:\s+")
_FIRST = re.compile(r"\((?:1|a|i)\)\s+")
_DASH = re.compile(r"[–‒-]\s+[^\W\d_]")  # noqa: RUF001 -- dashes
"""A dash before a word: one before a number may be a minus, or go on with a range."""

_NUMBER = re.compile(r"(\(?)(\d{1,3}|[a-z]|[ivx]{2,4})([.)])\s+\S")
_ITEM_END = re.compile(r"[.!?:;](?: (?:and|or|und|oder))?$")
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()  # noqa: SIM905 -- as they are counted
_ALIKE = 0.3  # of a line's height
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
    bare = [_bare(line) for line in lines]
    starts = [0] if lines else []
    for number, line in enumerate(bare[1:], 1):
        above = bare[number - 1]
        if _begins(above, line, usual) or _counts_on(bare[starts[-1]], above, line):
            starts.append(number)
    return [lines[start:end] for start, end in pairwise([*starts, len(lines)])]


def _bare(line: Line) -> Line:
    """Return a line without the marks around what is struck out, which say nothing of paragraphs."""
    return replace(line, text=line.text.replace(STRUCK, "")) if STRUCK in line.text else line


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
    hangs = _BULLET.match(above.text) or _COUNTED.match(above.text)
    indented = line.left > above.left + _INDENT * line.height and not hangs
    return step > 0 and indented and above.text.endswith(_SENTENCE_END)


def _begins_item(above: Line, line: Line) -> bool:
    if _BULLET.match(line.text):
        return True
    if above.text.endswith(":") and (_FIRST.match(line.text) or _DASH.match(line.text)):
        return True
    return bool(_COUNTED.match(line.text) or _ASKED.match(line.text)) and above.text.endswith(_SENTENCE_END)


def _counts_on(item: Line, above: Line, line: Line) -> bool:
    """Return whether a line has the number after that of an item which begins as far left, however that item ends.

    One in brackets comes where the line above ends an item: "(2)" is named in sentences, too. A dash comes after a
    dash.
    """
    if not line.height:
        return False
    if _is_dashed_as(item, line):
        return True
    number = _NUMBER.match(line.text)
    before = number and _NUMBER.match(item.text)
    if not before or not number or (before[1], before[3]) != (number[1], number[3]):
        return False
    if number[1] and not _ITEM_END.search(above.text):
        return False
    return _follows(before[2], number[2]) and abs(line.left - item.left) <= _SAME_EDGE * line.height


def _follows(before: str, number: str) -> bool:
    if before.isdecimal() or number.isdecimal():
        return before.isdecimal() and number.isdecimal() and int(number) == int(before) + 1
    if len(before) == len(number) == 1 and ord(number) == ord(before) + 1:
        return True
    return (before, number) in set(pairwise(_ROMAN))


def _is_dashed_as(item: Line, line: Line) -> bool:
    """Tell whether two lines begin with the same dash, equally far left."""
    if line.text[:1] != item.text[:1] or not (_DASH.match(line.text) and _DASH.match(item.text)):
        return False
    return abs(line.left - item.left) <= _ALIKE * line.height


def dashed(groups: Sequence[Sequence[Line]]) -> set[int]:
    """Return which of some paragraphs are items of a list: each begins with a dash, and so does one beside it."""
    alike = [at for at, (above, below) in enumerate(pairwise(groups)) if _is_dashed_as(above[0], below[0])]
    return {*alike, *(at + 1 for at in alike)}


def without_dash(text: str) -> str:
    """Return the text of an item without the dash that it begins with."""
    return text[1:].lstrip() if _DASH.match(text) else text


def _is_bold_head(above: Line, line: Line) -> bool:
    short = above.bold and not line.bold and len(above.text.split()) <= _SHORT
    return short and not above.text.endswith((",", "-", ";")) and not line.text[0].islower()
