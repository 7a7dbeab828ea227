"""Paragraphs and rows as word processors keep them, on their way to a draft's blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.read.draft import Draft
from index.records import BlockKind

_MOST_OF_A_HEADING = 100
_ENDS_NO_HEADING = (".", ",", ";", ":")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a row of a table; `bold` says that all of it is, `depth` how deep in lists it is."""

    kind: BlockKind
    text: str
    level: int = 0
    bold: bool = False
    depth: int = 0


def add_pieces(draft: Draft, pieces: Iterable[Piece]) -> None:
    """Add pieces to a draft: lines of code as one block, and bold lines above a paragraph as headings."""
    for block in _blocks(pieces):
        if block.kind is BlockKind.HEADING:
            draft.heading(block.level, [(block.lines[0], 1)])
        elif block.kind is BlockKind.CODE:
            draft.verbatim(block.kind, [(line, 1) for text in block.lines for line in text.split("\n")])
        else:
            draft.flow(block.kind, [(block.lines[0], 1)])


@dataclass
class _Block:
    kind: BlockKind
    level: int
    lines: list[str]


def _blocks(pieces: Iterable[Piece]) -> Iterator[_Block]:
    """Make lines of code one block, and short bold paragraphs above others headings below the last real one."""
    code: list[str] = []
    level = 1
    for piece, following in _with_next(pieces):
        if piece.kind is BlockKind.CODE:
            code.append(piece.text)
            if following is None or following.kind is not BlockKind.CODE:
                yield _Block(BlockKind.CODE, 0, code)
                code = []
        elif piece.kind is BlockKind.HEADING:
            level = piece.level
            yield _Block(piece.kind, level, [piece.text])
        elif _heads(piece, following):
            yield _Block(BlockKind.HEADING, level + 1, [piece.text])
        else:
            yield _Block(piece.kind, 0, [piece.text])


def _heads(piece: Piece, following: Piece | None) -> bool:
    return (
        piece.bold
        and piece.kind is BlockKind.PARAGRAPH
        and following is not None
        and following.kind is not BlockKind.HEADING
        and not following.bold
        and len(piece.text) <= _MOST_OF_A_HEADING
        and not piece.text.rstrip().endswith(_ENDS_NO_HEADING)
    )


def _with_next(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Piece | None]]:
    last: Piece | None = None
    for piece in pieces:
        if last is not None:
            yield last, piece
        last = piece
    if last is not None:
        yield last, None
