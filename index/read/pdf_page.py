"""The lines of a PDF page and the paragraphs that they make, told by the gaps between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage  # type: ignore[import-untyped] # pypdfium2 carries no types

# PDFium ends a line that was broken at a hyphen with one of these in the hyphen's place, and no line end.
_LINES = re.compile("[^\r\n\x02\ufffe]*(?:\r\n|[\r\n\x02\ufffe]|\\Z)")
_BROKEN = ("\x02", "\ufffe")
_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', ")")
_WIDE_GAP = 1.4  # in line distances; a line set in italics or with a formula stays below
_OTHER_SIZE = 0.08
_INDENT = 0.8  # in line heights


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its number from 1, whether it ends in a broken word, and where it stands if that is known."""

    text: str
    number: int
    broken: bool
    left: float = 0.0
    bottom: float = 0.0
    height: float = 0.0


def page_lines(text_page: PdfTextPage) -> list[Line]:
    """Return the lines of a page in reading order, blank ones left out."""
    text = text_page.get_text_range()
    boxed = len(text) == text_page.count_chars()  # otherwise a character is not at its own index
    lines: list[Line] = []
    for match in _LINES.finditer(text):
        seen = match[0].strip("\r\n\x02\ufffe")
        broken = match[0].endswith(_BROKEN)
        if seen.strip():
            at = match.start() + len(seen) - len(seen.lstrip()) + (len(match[0]) - len(match[0].lstrip("\x02\ufffe")))
            box = text_page.get_charbox(at, loose=True) if boxed else (0.0, 0.0, 0.0, 0.0)
            lines.append(Line(seen.strip(), len(lines) + 1, broken, box[0], box[1], box[3] - box[1]))
    return lines


def paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Return the lines grouped into paragraphs: a wide gap, another size or an indented first line begins a new one."""
    steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median([step for step in steps if step > 0] or [0.0])
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1][-1], line, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins(above: Line, line: Line, usual: float) -> bool:
    """Return whether a line begins a paragraph; one at the head of the next column goes on with the last one."""
    if above.broken or not above.height or not line.height:
        return False
    if abs(above.height - line.height) > _OTHER_SIZE * max(above.height, line.height):
        return True
    step = above.bottom - line.bottom
    if step > _WIDE_GAP * usual and step > above.height:
        return True
    indented = line.left > above.left + _INDENT * line.height
    return step > 0 and indented and above.text.endswith(_SENTENCE_END)
