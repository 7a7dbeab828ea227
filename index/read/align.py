"""Which source line each word of a rendered text comes from, where the markup's own parser does not say."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.read.draft import Fragment

_PIECES = re.compile(r"\w+|\s+|[^\w\s]+")
_WORD = re.compile(r"\w+")
# A longest-match alignment costs the product of both lengths at worst; this much takes about a second.
_MOST_COMPARISONS = 2_000_000


def aligned(text: str, source: Sequence[str], first: int) -> list[Fragment]:
    """Return the text in pieces, each with its line, by matching its words with those of the source lines.

    `first` is the number of the first source line. What the source does not have stands where the word before it does.
    """
    pieces: list[str] = _PIECES.findall(text)
    numbers = [number for number, piece in enumerate(pieces) if _WORD.match(piece)]
    wanted = [(word, line) for line, words in enumerate(map(_WORD.findall, source)) for word in words]
    pairs = _pairs([pieces[number] for number in numbers], [word for word, _ in wanted])
    lines = {numbers[at]: wanted[to][1] for at, to in pairs}
    line = lines[min(lines)] if lines else 0
    fragments: list[Fragment] = []
    for number, piece in enumerate(pieces):
        line = lines.get(number, line)
        fragments.append((piece, first + line))
    return fragments


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    if len(left) * len(right) > _MOST_COMPARISONS:
        return _in_turn(left, right)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [(a + step, b + step) for a, b, size in matcher.get_matching_blocks() for step in range(size)]


def _in_turn(left: Sequence[str], right: Sequence[str], ahead: int = 200) -> list[tuple[int, int]]:
    """Match each word with the next equal one, looking only a little ahead: linear, and right for long texts."""
    pairs: list[tuple[int, int]] = []
    cursor = 0
    for at, word in enumerate(left):
        to = next((to for to in range(cursor, min(cursor + ahead, len(right))) if right[to] == word), None)
        if to is not None:
            pairs.append((at, to))
            cursor = to + 1
    return pairs
