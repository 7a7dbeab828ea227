"""Blocks: which run of a section's paragraphs, list items, rows and code is quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import numpy as np

from index.arrays import Vectors
from index.records import BlockKind, BlockSpan, QuoteKind, Sentence
from index.store.values import KINDS, StoredDocument

LEAD = 1000
"""Characters of the first block at most."""

SHOWN, LEAST, MOST = 1200, 200, 500
"""Characters of a block after it: what is left of `SHOWN`, but so many at least and at most. Of three blocks one helps
for as many questions of six communities as of four when each had 250, in fewer characters (`bench/RESULTS.md`)."""

SHARPNESS = 12.0
"""From a difference of scores to the log of a ratio of weights: 8 does as well, 5 less."""

_LONGEST_TERM = 60
_SENTENCE_ENDS = (".", "!", "…", ";", ",", "。", "！")  # noqa: RUF001 -- as Chinese and Japanese write them

_EMPTY_LINE = "\n\n"

_PROSE = {BlockKind.PARAGRAPH, BlockKind.HEADING}
_COLUMN_KIND, _COLUMN_START, _COLUMN_END = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch `text[start:end]` that is not cut, with the weight of the sentences in it.

    `is_term` tells whether it only names what follows it.
    """

    start: int
    end: int
    weight: float
    is_term: bool = False


def weights_of(scores: Vectors) -> Vectors:
    """Return how much sentences weigh in the choice of a block, the best one 1."""
    return np.asarray(np.exp(SHARPNESS * (scores - scores.max())))


def best_block(
    document: StoredDocument, sentences: Sequence[Sentence], weights: Vectors, longest: int
) -> tuple[int, int]:
    """Return the run of blocks, at most `longest` characters, whose sentences weigh most.

    `sentences` are those of neighbouring passages of one section, in order, with their `weights`. A paragraph that ends
    in a colon, or is a question, goes with what follows it, and no run ends in one that only names what follows it, or
    begins after it, if both fit. A block that is too long gives its sentences one by one; one that is too long itself
    is returned whole.
    """
    units = list(_units(document, sentences, weights, longest))
    best = (0.0, 0, units[0].start, units[0].end)
    for first, unit in enumerate(units):
        if first and _is_named_by(document, units[first - 1], unit, longest):
            continue
        weight = 0.0
        for other in units[first:]:
            if other is not unit and other.end - unit.start > longest:
                break
            weight += other.weight
            if other.is_term and other is not units[-1]:
                continue
            best = max(best, (weight, unit.start - other.end, unit.start, other.end))
    return best[2:]


def grown(document: StoredDocument, start: int, end: int, within: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return the blocks of `text[start:end]` with those after, and then before, that fit into `longest` characters.

    Only blocks that the stretch `within` has a part of are added; none is the last that only announces the next.
    """
    inside, around = blocks_in(document, start, end), blocks_in(document, *within)
    start, end = min(start, inside[0][1]), max(end, inside[-1][2])
    ends = (block[2] for block in around if block[2] - start <= longest and not _announces(document, block))
    end = max([end, *ends])
    return min([start, *(begins for _, begins, _ in around if end - begins <= longest)]), end


def _announces(document: StoredDocument, block: tuple[int, int, int]) -> bool:
    """Tell whether a block is prose that only announces or names what follows it."""
    kind, start, end = block
    text = document.text[start:end]
    return KINDS[kind] in _PROSE and (is_lead_in(text) or is_term(text))


def lines_within(text: str, start: int, end: int, longest: int) -> tuple[int, int]:
    """Return the first lines of a stretch that fit into `longest` characters, or as many characters of its first."""
    if end - start <= longest:
        return start, end
    cut = text.rfind("\n", start, start + longest)
    return start, cut if cut > start else start + longest


def is_lead_in(text: str) -> bool:
    """Tell whether a paragraph only announces what follows it: it ends in a colon, or asks."""
    return text.rstrip("*_ \n\"'”’)").endswith((":", "?", "：", "？"))  # noqa: RUF001 -- as Chinese and Japanese write them


def is_term(text: str) -> bool:
    """Tell whether a paragraph only names what follows it: an option, a state, a caption."""
    return len(text) <= _LONGEST_TERM and "\n" not in text and not text.rstrip("*_ \n\"'”’)").endswith(_SENTENCE_ENDS)  # noqa: RUF001


def kind_of(document: StoredDocument, start: int, end: int) -> QuoteKind:
    """Return what `text[start:end]` is: the kind of the blocks in it, or what they are together."""
    inside = blocks_in(document, start, end)
    kinds = {KINDS[kind] for kind, _, _ in inside} - {BlockKind.HEADING}
    if len(inside) == 1 and kinds == {BlockKind.PARAGRAPH}:
        whole = inside[0][1] >= start and inside[0][2] <= end
        return QuoteKind.PARAGRAPH if whole else QuoteKind.SENTENCE
    if len(kinds) > 1 and document.text[start:end].split("\n", 1)[0].rstrip("*_ ").endswith("?"):
        return QuoteKind.FAQ
    if len(kinds - {BlockKind.PARAGRAPH}) == 1:
        return _WHOLE[next(iter(kinds - {BlockKind.PARAGRAPH}))]
    return QuoteKind.PARAGRAPH if kinds <= {BlockKind.PARAGRAPH} else QuoteKind.SECTION


_WHOLE = {
    BlockKind.LIST_ITEM: QuoteKind.LIST,
    BlockKind.CODE: QuoteKind.CODE,
    BlockKind.TABLE: QuoteKind.TABLE,
}


def blocks_in(document: StoredDocument, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return kind (its number), start and end of the blocks that `text[start:end]` has a part of."""
    table = document.blocks
    first = int(np.searchsorted(table[:, _COLUMN_END], start, side="right"))
    last = int(np.searchsorted(table[:, _COLUMN_START], end, side="left"))
    return [(kind, begins, ends) for kind, begins, ends, *_ in table[first:last].tolist()]


def end_of_whole(document: StoredDocument, start: int, longest: int) -> int:
    """Return where the block at `start` ends, or the list or table that it begins, as far as it ends by `longest`."""
    inside = blocks_in(document, start, max(longest, start + 1))
    kind, _, first = inside[0]
    whole = takewhile(lambda block: block[0] == kind, inside) if KINDS[kind] in _WHOLE else ()
    return max((end for _, _, end in whole if end <= longest), default=first)


def spans_in(document: StoredDocument, start: int, end: int) -> tuple[BlockSpan, ...]:
    """Return the blocks that `text[start:end]` has a part of."""
    return tuple(BlockSpan(KINDS[kind], begins, ends) for kind, begins, ends in blocks_in(document, start, end))


def header_row(document: StoredDocument, start: int) -> str:
    """Return the first row of the table that `start` stands in, where it is another row's; "" elsewhere.

    An empty line stands before each table, and none in it.
    """
    inside = blocks_in(document, start, start + 1)
    if not inside or KINDS[inside[0][0]] is not BlockKind.TABLE:
        return ""
    first = document.text.rfind(_EMPTY_LINE, 0, inside[0][1])
    kind, begins, ends = blocks_in(document, first + len(_EMPTY_LINE) if first >= 0 else 0, start + 1)[0]
    return document.text[begins:ends] if KINDS[kind] is BlockKind.TABLE and begins < inside[0][1] else ""


def heads_rows(document: StoredDocument, row: Sentence) -> bool:
    """Tell whether a row of a table is the first of several."""
    text = document.text
    has_next = text.startswith("\n", row.end) and not text.startswith(_EMPTY_LINE, row.end)
    return has_next and (row.start == 0 or text.endswith(_EMPTY_LINE, 0, row.start))


def _units(document: StoredDocument, sentences: Sequence[Sentence], weights: Vectors, longest: int) -> Iterator[Unit]:
    """Yield what may be quoted together, in order."""
    waiting: Unit | None = None
    for start, end, rows in _by_block(document, sentences):
        unit = Unit(start, end, float(weights[rows].sum()))
        if waiting and end - waiting.start <= longest:
            unit = Unit(waiting.start, end, waiting.weight + unit.weight)
        elif waiting:
            yield waiting
        waiting = None
        if unit.end - unit.start > longest:
            yield from (Unit(sentences[row].start, sentences[row].end, float(weights[row])) for row in rows)
        elif is_lead_in(document.text[start:end]):
            waiting = unit
        else:
            yield replace(unit, is_term=_is_term(document, unit))
    if waiting:
        yield waiting


def _is_named_by(document: StoredDocument, before: Unit, unit: Unit, longest: int) -> bool:
    """Tell whether what stands before only names it, such as an option; a heading is told with the quote anyway."""
    if not before.is_term or unit.end - before.start > longest:
        return False
    return all(KINDS[kind] is not BlockKind.HEADING for kind, _, _ in blocks_in(document, before.start, before.end))


def _is_term(document: StoredDocument, unit: Unit) -> bool:
    kinds = {KINDS[kind] for kind, _, _ in blocks_in(document, unit.start, unit.end)}
    return kinds <= _PROSE and is_term(document.text[unit.start : unit.end])


def _by_block(document: StoredDocument, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, list[int]]]:
    """Yield start, end and the numbers of the sentences of each block, as far as its sentences are there."""
    ends = document.blocks[:, _COLUMN_END]
    owners = np.searchsorted(ends, [sentence.start for sentence in sentences], side="right")
    edges = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(sentences)]
    for first, last in pairwise(edges):
        yield sentences[first].start, sentences[last - 1].end, list(range(first, last))
