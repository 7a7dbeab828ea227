"""Pieces of a document as Discord Markdown: prose quoted, code and tables in fences, lists as lists.

The words are the source's. What is added is what Discord draws from: bars, bullets, fences, and the spaces that align
a table's columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby, pairwise

from bot.cards.escape import escape, in_fence
from bot.cards.piece import Piece
from bot.cards.table import aligned
from bot.cards.visible import visible
from index.records import BlockKind

_ROWS = {BlockKind.LIST_ITEM, BlockKind.TABLE}
_LONGEST_WORD = 200
_WORD_END = re.compile(r"[!-~]+\Z")
_WORD_START = re.compile(r"[!-~]+")
_OWN_BULLET = re.compile(r"\s*(?:\d+[.)]|[-*+•])\s")


class Bar(Enum):
    """Which pieces stand behind the bar of a block quote."""

    PROSE = auto()
    """All but those in a fence, which has a frame of its own."""
    MARKED = auto()
    """Those that stand out, fence or not."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: BlockKind
    markdown: str
    fenced: bool
    barred: bool


def render(pieces: Sequence[Piece], bar: Bar) -> str:
    """Return pieces as Markdown; "" where there is nothing to see in them."""
    chunks = list(_chunks([piece for piece in pieces if visible(piece.text).strip()], bar))
    parts = [_behind_bar(chunk.markdown) if chunk.barred else chunk.markdown for chunk in chunks]
    gaps = [_gap(before, after) for before, after in pairwise(chunks)]
    return "".join(part for pair in zip(parts, [*gaps, ""], strict=True) for part in pair) if chunks else ""


def fence(code: str) -> str:
    """Return code in a fence that nothing in it ends."""
    return f"```\n{in_fence(code)}\n```"


def _chunks(pieces: Sequence[Piece], bar: Bar) -> Iterator[_Chunk]:
    for (kind, out), group in groupby(pieces, key=lambda piece: (piece.kind, bar is Bar.MARKED and piece.stands_out)):
        markdown, fenced = _block(kind, list(group))
        yield _Chunk(kind, markdown, fenced, barred=out if bar is Bar.MARKED else not fenced)


def _block(kind: BlockKind, group: list[Piece]) -> tuple[str, bool]:
    """Return the Markdown of neighbours of one kind, and whether they stand in a fence."""
    match kind:
        case BlockKind.CODE:
            return "\n".join(fence(piece.text) for piece in group), True
        case BlockKind.TABLE:
            table = aligned([piece.text for piece in group])
            return (fence(table), True) if table else ("\n".join(map(_prose, group)), False)
        case BlockKind.LIST_ITEM:
            return "\n".join(map(_item, group)), False
        case BlockKind.HEADING:
            return "\n".join(_bold(piece.text) for piece in group), False
        case BlockKind.PARAGRAPH:
            return "\n\n".join(map(_prose, group)), False


def _prose(piece: Piece) -> str:
    if not piece.stands_out:
        return escape(piece.text)
    low, high = _whole_words(piece.text, *piece.marked)
    before, marked, after = piece.text[:low], piece.text[low:high], piece.text[high:]
    return f"{escape(before)}{_bold(marked)}{escape(after)}"


def _item(piece: Piece) -> str:
    bulleted = piece.begins and not _OWN_BULLET.match(piece.text)
    return f"- {_prose(piece)}".replace("\n", "\n  ") if bulleted else _prose(piece)


def _whole_words(text: str, low: int, high: int) -> tuple[int, int]:
    """Return a stretch with all of the words that it begins and ends in.

    What means something to Discord (a mention, an address, an emoji) is then escaped as the whole that it is. Other
    scripts than the Latin one have no blanks to look for, and no such words.
    """
    before = _WORD_END.search(text[max(low - _LONGEST_WORD, 0) : low])
    after = _WORD_START.match(text, high, high + _LONGEST_WORD)
    if before and _WORD_START.match(text, low):
        low -= len(before[0])
    return low, after.end() if after and _WORD_END.search(text[high - 1 : high]) else high


def _bold(text: str) -> str:
    return "\n".join(map(_bold_line, visible(text).split("\n")))


def _bold_line(line: str) -> str:
    words = line.strip()
    if not words:
        return line
    before, _, after = line.partition(words)
    return f"{before}**{escape(words)}**{after}"


def _behind_bar(markdown: str) -> str:
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def _gap(before: _Chunk, after: _Chunk) -> str:
    if before.barred and after.barred:
        return "\n> \n"
    if before.fenced or after.fenced or (before.kind is after.kind and before.kind in _ROWS):
        return "\n"
    return "\n\n"
