"""A stretch of a document as its blocks part it, so that each is shown as what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.records import BlockKind, Quote
from index.store.values import KINDS, StoredDocument


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one block, or part of it; `begins` tells whether it is the block's beginning.

    `marked` is the part of the text that stands out, as offsets in it: nothing where both are the same.
    """

    kind: BlockKind
    text: str
    begins: bool = True
    marked: tuple[int, int] = (0, 0)

    @property
    def stands_out(self) -> bool:
        """Whether any of it is marked."""
        return self.marked[0] < self.marked[1]


Pieces = tuple[Piece, ...]


def pieces_between(document: StoredDocument, start: int, end: int, marked: tuple[int, int] = (0, 0)) -> Pieces:
    """Return `document.text[start:end]` parted by blocks, `marked` (offsets in the document) standing out.

    What lies between blocks is blank and goes.
    """
    starts, ends = document.blocks[:, 1], document.blocks[:, 2]
    first = int(np.searchsorted(ends, start, side="right"))
    last = int(np.searchsorted(starts, end, side="left"))
    return tuple(_piece(document, row, start, end, marked) for row in range(first, last))


def pieces_of(quote: Quote, document: StoredDocument | None) -> Pieces:
    """Return a quote's own words, parted by the blocks of its document.

    Where the document is not at hand, or says something else there by now, they are one paragraph.
    """
    if document is not None and document.text[quote.start : quote.end] == quote.text:
        found = pieces_between(document, quote.start, quote.end)
        if found:
            return found
    return (Piece(BlockKind.PARAGRAPH, quote.text),)


def all_pieces(quotes: tuple[Quote, ...], documents: Mapping[str, StoredDocument]) -> list[Pieces]:
    """Return the pieces of each quote, with the documents by source."""
    return [pieces_of(quote, documents.get(quote.source)) for quote in quotes]


def size(pieces: Pieces) -> int:
    """Return the number of characters in all pieces."""
    return sum(len(piece.text) for piece in pieces)


def shortened(pieces: Pieces, most: int) -> Pieces:
    """Return the first `most` characters of the pieces."""
    kept: list[Piece] = []
    for piece in pieces:
        if most <= 0:
            break
        text = piece.text[:most]
        most -= len(text)
        low, high = (min(at, len(text)) for at in piece.marked)
        kept.append(Piece(piece.kind, text, piece.begins, (low, high)))
    return tuple(kept)


def _piece(document: StoredDocument, row: int, start: int, end: int, marked: tuple[int, int]) -> Piece:
    kind, begins, ends = (int(value) for value in document.blocks[row, :3])
    low, high = max(begins, start), min(ends, end)
    inside = (max(marked[0], low) - low, min(marked[1], high) - low)
    return Piece(KINDS[kind], document.text[low:high], low == begins, inside if inside[0] < inside[1] else (0, 0))
