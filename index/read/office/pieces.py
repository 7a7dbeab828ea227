"""Paragraphs and rows as word processors keep them, on their way to a draft's blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.read.draft import Draft
from index.records import BlockKind

_MOST_OF_A_HEADING = 100
_BETWEEN = " | "
_FEWEST_ROWS, _PARTS = 2, 3
_ENDS_NO_HEADING = (".", ",", ";", ":")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a row of a table; `bold` says that all of it is, `depth` how deep in lists it is."""

    kind: BlockKind
    text: str
    level: int = 0
    bold: bool = False
    depth: int = 0


def is_of_data(rows: Sequence[Sequence[tuple[bool, int]]]) -> bool:
    """Tell whether a table that holds others is one of data, and no frame.

    Each cell says whether it holds a table, and how many paragraphs with text are beside it. In one of data all rows
    have as many cells, those of the first hold no table, and at most a third of all hold one, with nothing beside it.
    Several paragraphs in a cell speak for a frame.
    """
    cells = [cell for row in rows for cell in row]
    wide = len(rows[0]) if len(rows) > _FEWEST_ROWS else 0
    if wide <= 1 or any(len(row) != wide for row in rows) or any(holds for holds, _ in rows[0]):
        return False
    several = any(paragraphs > (0 if holds else 1) for holds, paragraphs in cells)
    return not several and _PARTS * sum(holds for holds, _ in cells) <= len(cells)


def cell_text(pieces: Iterable[Piece]) -> str:
    """Return what a cell holds on one line; the rows of a table in it are parted by semicolons."""
    text = ""
    above: Piece | None = None
    for piece in pieces:
        both = above is not None and above.kind is BlockKind.TABLE is piece.kind
        text += ("; " if both else " " if above is not None else "") + _as_words(piece)
        above = piece
    return text


def _as_words(piece: Piece) -> str:
    return " ".join(piece.text.replace(_BETWEEN, " ").split()) if piece.kind is BlockKind.TABLE else piece.text


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
