"""A stretch of a document as its blocks part it, so that each is shown as what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from index.answer.blocks import is_lead_in, is_term
from index.records import BlockKind, BlockSpan, Quote
from index.store.values import KINDS, StoredDocument

Span = tuple[int, int]
_NOTHING: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one block, or part of it; `begins` tells whether it is the block's beginning.

    `marked` is the part of the text that stands out, as offsets in it: nothing where both are the same.
    """

    kind: BlockKind
    text: str
    begins: bool = True
    marked: Span = _NOTHING

    @property
    def stands_out(self) -> bool:
        """Whether any of it is marked."""
        return self.marked[0] < self.marked[1]


Pieces = tuple[Piece, ...]


def pieces_between(document: StoredDocument, start: int, end: int, marked: Span = _NOTHING) -> Pieces:
    """Return `document.text[start:end]` parted by blocks, `marked` (offsets in the document) standing out.

    What lies between blocks is blank and goes.
    """
    starts, ends = document.blocks[:, 1], document.blocks[:, 2]
    first = int(np.searchsorted(ends, start, side="right"))
    last = int(np.searchsorted(starts, end, side="left"))
    spans = (BlockSpan(KINDS[kind], begins, ends) for kind, begins, ends, *_ in document.blocks[first:last].tolist())
    return tuple(_pieces(spans, document.text[start:end], start, marked))


def pieces_of(quote: Quote) -> Pieces:
    """Return a quote parted by its blocks, the words that answer marked, below the header of its table.

    A quote that does not know its blocks is one paragraph.
    """
    spans = quote.blocks or (BlockSpan(BlockKind.PARAGRAPH, quote.start, quote.end),)
    own = _with_emphasis(tuple(_pieces(spans, quote.text, quote.start, quote.focus)))
    return (Piece(BlockKind.TABLE, quote.header), *own) if quote.header else own


def size(pieces: Pieces) -> int:
    """Return the number of characters in all pieces."""
    return sum(len(piece.text) for piece in pieces)


def shortened(pieces: Pieces, most: int) -> Pieces:
    """Return the first `most` characters of the pieces."""
    first: list[Piece] = []
    for piece in pieces:
        if most <= 0:
            break
        text = piece.text[:most]
        most -= len(text)
        low, high = (min(at, len(text)) for at in piece.marked)
        first.append(Piece(piece.kind, text, piece.begins, (low, high)))
    return tuple(first)


def _with_emphasis(pieces: Pieces) -> Pieces:
    """Return pieces with what is marked, or without any mark where no part of them answers best.

    So it is where all is marked that is no heading; where only what announces the rest is; where what is marked reaches
    over the name of a second thing, such as another option; and where several blocks are and some of them are no prose:
    steps, rows or code answer together, and the focus reaches as far as it may be long. A name that ends what is marked
    is of what follows, and not marked.
    """
    body = [piece for piece in pieces if piece.kind is not BlockKind.HEADING]
    marked = [piece for piece in body if piece.stands_out]
    following = list(takewhile(_is_name, marked[:0:-1]))
    marked = marked[: len(marked) - len(following)]
    together = len(marked) > 1 and any(piece.kind is not BlockKind.PARAGRAPH for piece in marked)
    announces = any(is_lead_in(piece.text[slice(*piece.marked)]) for piece in marked[-1:])
    if together or announces or any(map(_is_name, marked[1:])) or not any(map(_has_rest, body)):
        following = list(pieces)
    unmarked = {id(piece) for piece in following}
    return tuple(replace(piece, marked=_NOTHING) if id(piece) in unmarked else piece for piece in pieces)


def _is_name(piece: Piece) -> bool:
    """Tell whether a piece is a paragraph that only names what follows it."""
    return piece.kind is BlockKind.PARAGRAPH and is_term(piece.text)


def _has_rest(piece: Piece) -> bool:
    """Tell whether there is something to be read in a piece beside what is marked."""
    low, high = piece.marked
    return bool(piece.text[:low].strip() or piece.text[high:].strip())


def _pieces(spans: Iterable[BlockSpan], text: str, start: int, marked: Span) -> Iterable[Piece]:
    """Yield the part of each block in `text`, which stands at `start` of its document."""
    for span in spans:
        low, high = max(span.start, start), min(span.end, start + len(text))
        inside = (max(marked[0], low) - low, min(marked[1], high) - low)
        shown = text[low - start : high - start]
        yield Piece(span.kind, shown, low == span.start, inside if inside[0] < inside[1] else _NOTHING)
