"""Where the sentences of a text begin and end."""

from __future__ import annotations

from index.records import Block, BlockKind, Sentence


def sentences_of(text: str, block: Block) -> list[Sentence]:
    """Cut the block `text[block.start:block.end]` of a document into what may be quoted on its own.

    Code and table rows stay whole; prose is cut at sentence ends (nupunkt). No sentence begins or ends with white
    space, and together they hold everything in the block but white space.
    """
    if block.kind in (BlockKind.CODE, BlockKind.TABLE):
        return [Sentence(block.start, block.end, block.kind)]
    spans = _prose_spans(text[block.start : block.end])
    return [Sentence(block.start + start, block.start + end, block.kind) for start, end in spans]


def _prose_spans(prose: str) -> list[tuple[int, int]]:
    import nupunkt

    trimmed = (_trim(prose, start, end) for start, end in nupunkt.sent_spans(prose))
    return [(start, end) for start, end in trimmed if start < end]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
