"""Which source line each word of a rendered text comes from, where the markup's own parser does not say."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.read.draft import Fragment

_WORDS_AND_SPACES = re.compile(r"\s+|\S+")
_LETTERS = re.compile(r"\w+")
# A longest-match alignment costs the product of both lengths at worst; this much takes about a second.
_MOST_COMPARISONS = 2_000_000


def aligned(text: str, source: Sequence[str], first: int) -> list[Fragment]:
    """Return the text in pieces, each with its line, by matching its words with those of the source lines.

    `first` is the number of the first source line. Words that the source does not have stand where the word before
    them does.
    """
    pieces: list[str] = _WORDS_AND_SPACES.findall(text)
    numbers = [at for at, piece in enumerate(pieces) if not piece.isspace()]
    found = _matched([pieces[at] for at in numbers], source)
    offsets = dict(zip(numbers, _filled(found), strict=True))
    fragments: list[Fragment] = []
    offset = 0
    for at, piece in enumerate(pieces):
        offset = offsets.get(at, offset)
        fragments.append((piece, first + offset))
    return fragments


def _matched(words: Sequence[str], source: Sequence[str]) -> list[int | None]:
    """Return for each word the index of its source line, or None where it has none of its own."""
    letters, owners = _split(words)
    wanted, lines = _split(source)
    found: list[int | None] = [None] * len(words)
    for at, to in _pairs(letters, wanted):
        if found[owners[at]] is None:
            found[owners[at]] = lines[to]
    return found


def _split(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    pairs = [(word, number) for number, text in enumerate(texts) for word in _LETTERS.findall(text)]
    return [word for word, _ in pairs], [number for _, number in pairs]


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


def _filled(found: Sequence[int | None]) -> list[int]:
    last = next((line for line in found if line is not None), 0)
    filled: list[int] = []
    for line in found:
        last = last if line is None else line
        filled.append(last)
    return filled
