"""Headings of a PDF: what its outline names, and what is set larger than the text, or bold on a line of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.read.pdf.page import Line

_LARGER = 1.15  # than the text
_ALIKE = 0.06  # two sizes that differ by less are one
_MOST_SIZES = 4
_MOST_SHARE = 0.25  # of a document's characters that are set large, or bold: more is a style, and no headings
_LONGEST = 14  # words
_LONGEST_BOLD = 10
_LINES_OF_A_QUESTION = 2
_LONGEST_QUESTION = 25
_ASKING = ("?", "\N{FULLWIDTH QUESTION MARK}")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes in which a document's headings are set, largest first, and whether bold lines are headings.

    `least` is the height of a line, in points, below which it is set as the text is.
    """

    larger: tuple[float, ...]
    bold: bool
    least: float = 0.0

    def level(self, line: Line) -> int | None:
        """Return the rank of a line's size among those of headings, the largest 1, or None where it is no heading."""
        if line.height < self.least or not _may_be(line, _LONGEST) or line.text.endswith((",", ";", "-")):
            return None
        ranks = (at for at, size in enumerate(self.larger, 1) if abs(size - line.height) <= _ALIKE * size)
        return next(ranks, None)

    def is_bold_heading(self, lines: Sequence[Line]) -> bool:
        """Tell whether a paragraph is one short bold line, as headings are, or a bold question of one or two."""
        if (
            not self.bold
            or len(lines) > _LINES_OF_A_QUESTION
            or not all(line.bold and not line.fixed for line in lines)
        ):
            return False
        if lines[-1].text.endswith(_ASKING):
            return _may_be(replace(lines[0], text=" ".join(line.text for line in lines)), _LONGEST_QUESTION)
        if len(lines) != 1 or not _may_be(lines[0], _LONGEST_BOLD):
            return False
        return not lines[0].text.endswith((".", ",", ":", ";", "-"))


def sizes_of(lines: Iterable[Line], cells: Iterable[Line] = ()) -> Sizes:
    """Return the sizes of headings in a document of these lines; cells of tables are text as they are."""
    characters: Counter[float] = Counter()
    bold = total = 0
    placed = [line for line in lines if line.height and not line.fixed]
    for line in [*placed, *(cell for cell in cells if cell.height and not cell.fixed)]:
        characters[round(line.height * 2) / 2] += len(line.text)
        bold += len(line.text) if line.bold else 0
        total += len(line.text)
    usual = characters.most_common(1)[0][0] if characters else 0.0
    large = [line for line in placed if line.height >= _LARGER * usual and _may_be(line, _LONGEST)]
    if sum(len(line.text) for line in large) > _MOST_SHARE * total:
        large = []
    larger: list[float] = []
    for height in sorted((line.height for line in large), reverse=True):
        if not larger or larger[-1] - height > _ALIKE * larger[-1]:
            larger.append(height)
    return Sizes(tuple(larger[:_MOST_SIZES]), bold <= _MOST_SHARE * total, _LARGER * usual)


def _may_be(line: Line, words: int) -> bool:
    return not line.fixed and len(line.text.split()) <= words and bool(_LETTER.search(line.text))
