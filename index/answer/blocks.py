"""Blocks: which run of a section's paragraphs, list items, rows and code is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import numpy as np

from index.answer.quotes import LONGEST, Run
from index.arrays import Vectors
from index.records import BlockKind, BlockSpan, QuoteKind, Sentence
from index.store.values import KINDS, StoredDocument

LEAD = 1000
"""Characters of the first block at most."""

SHOWN, LEAST, MOST = 950, 200, 500
"""Characters of a block after it: what is left of `SHOWN`, but so many at least and at most. Of three blocks one helps
for as many questions of six communities as of four when each had 250, in fewer characters (`bench/RESULTS.md`)."""

COMPLETED = 400
"""Characters up to which a further block is not cut inside of a sentence or of code, and gets what stands before it
that it needs."""

SHORT_BEFORE, SHORT_AFTER = 100, 200
"""Characters that are not worth leaving out, before a block and after it, where warnings stand."""

SHARPNESS = 12.0
"""From a difference of scores to the log of a ratio of weights: 8 does as well, 5 less."""

_LONGEST_TERM = 60
_SENTENCE_ENDS = (".", "!", "…", ";", ",", "。", "！")  # noqa: RUF001 -- as Chinese and Japanese write them

OPENS_WITH_PRONOUN = re.compile(
    r"(?:it|its|they|their|them|this|these|those|that|such|he|she|his|her|the (?:latter|former))\b", re.IGNORECASE
)

_SMILEY = re.compile(r"\s[:;]-?\)[\s*_]*$")

_SAYS = re.compile(r"[.!?…](?=\s)|[。！？]|\n")  # noqa: RUF001 -- as Chinese and Japanese write them
"""What stands between a sentence and the next one, or between two lines."""

_EMPTY_LINE = "\n\n"

_ROWS = {BlockKind.LIST_ITEM, BlockKind.TABLE}
_PROSE = {BlockKind.PARAGRAPH, BlockKind.HEADING}
_COLUMN_KIND, _COLUMN_START, _COLUMN_END = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch `text[start:end]` that is not cut, with the weight of the sentences in it.

    `is_term` tells whether it only names or announces what follows it, and `goes_on` whether it is a further item, row
    or line of the list, table or code of the one before.
    """

    start: int
    end: int
    weight: float
    is_term: bool = False
    goes_on: bool = False


def weights_of(scores: Vectors) -> Vectors:
    """Return how much sentences weigh in the choice of a block, the best one 1."""
    return np.asarray(np.exp(SHARPNESS * (scores - scores.max())))


def best_block(
    document: StoredDocument, sentences: Sequence[Sentence], weights: Vectors, longest: int, kept: float = 1.0
) -> tuple[int, int]:
    """Return the shortest run of blocks that has the share `kept` of what can weigh most in `longest` characters.

    `sentences` are those of neighbouring passages of one section, in order, with their `weights`. A paragraph that ends
    in a colon, or is a question, goes with what follows it, and no run ends in one that only names or announces what
    follows it, or begins after a name, if both fit. A block that is too long gives its sentences one by one; one that
    is too long itself is returned whole. What is left out is no part of a list, and no code beside what is kept.
    """
    units = list(_units(document, sentences, weights, longest))
    runs = list(_runs(document, units, longest)) or [Run(0, 0, 0.0)]
    most = max(runs, key=lambda run: (run.probability, units[run.first].start - units[run.last].end))
    inside = (run for run in runs if run.first >= most.first and run.last <= most.last)
    enough = (
        run for run in inside if run.probability >= kept * most.probability and _may_be_of(document, units, run, most)
    )
    run = min(enough, key=lambda run: units[run.last].end - units[run.first].start)
    return _completed(document, units, run, longest)


def _runs(document: StoredDocument, units: Sequence[Unit], longest: int) -> Iterator[Run]:
    """Yield the runs of units that may be quoted, with what the units weigh together."""
    for first, unit in enumerate(units):
        if first and _is_named_by(document, units[first - 1], unit, longest):
            continue
        weight = 0.0
        for last in range(first, len(units)):
            if last > first and units[last].end - unit.start > longest:
                break
            weight += units[last].weight
            if not units[last].is_term or len(units) == 1 or _ends_section(document, units, last):
                yield Run(first, last, weight)


def _ends_section(document: StoredDocument, units: Sequence[Unit], last: int) -> bool:
    """Tell whether a short line names nothing, because nothing follows it."""
    return last == len(units) - 1 and not is_lead_in(document.text[units[last].start : units[last].end])


def _may_be_of(document: StoredDocument, units: Sequence[Unit], run: Run, longer: Run) -> bool:
    """Tell whether a run may be quoted instead of a longer one.

    It may where what that has more is no short remark, no part of a list that the run goes on with, and no code beside
    it.
    """
    before, after = units[longer.first : run.first], units[run.last + 1 : longer.last + 1]
    parts_list = (before and units[run.first].goes_on) or (after and after[0].goes_on)
    parts_code = (before and _is_code(document, before[-1].end - 1)) or (after and _is_code(document, after[0].start))
    remarks = [(left, short) for left, short in ((before, SHORT_BEFORE), (after, SHORT_AFTER)) if left]
    says = [(left, short) for left, short in remarks if not all(unit.is_term for unit in left)]
    is_short = any(left[-1].end - left[0].start < short for left, short in says)
    return not (parts_list or parts_code or is_short)


def _completed(document: StoredDocument, units: Sequence[Unit], run: Run, longest: int) -> tuple[int, int]:
    """Return a run with what it needs, as far as that fits.

    One that opens with a pronoun, or with code, needs what stands before it, and one that begins inside of a list the
    items before (within `longest` characters or `COMPLETED`); one that ends inside of a paragraph needs the rest of it
    (within `longest` or `quotes.LONGEST`).
    """
    first, end = run.first, units[run.last].end
    start, earliest = units[first].start, end - max(longest, COMPLETED)
    while first and _leans(document, units[first]) and not _is_heading(document, units[first - 1]):
        first -= 1
        is_inside = units[first].goes_on
        start = units[first].start if units[first].start >= earliest and not is_inside else start
    kind, _, ends = blocks_in(document, start, end)[-1]
    if KINDS[kind] is not BlockKind.CODE and ends - start <= max(longest, LONGEST):
        end = max(end, ends)
    return start, end


def _leans(document: StoredDocument, unit: Unit) -> bool:
    """Tell whether what a unit is about is said before it: a list goes on, or it is code or opens with a pronoun."""
    return unit.goes_on or _is_code(document, unit.start) or bool(OPENS_WITH_PRONOUN.match(document.text, unit.start))


def _is_code(document: StoredDocument, offset: int) -> bool:
    return KINDS[blocks_in(document, offset, offset + 1)[0][0]] is BlockKind.CODE


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
    """Tell whether a paragraph only announces what follows it: it ends in a colon, not of a smiley, or asks."""
    return not _SMILEY.search(text) and text.rstrip("*_ \n\"'”’)").endswith((":", "?", "：", "？"))  # noqa: RUF001 -- as Chinese and Japanese write them


def only_announces(text: str) -> bool:
    """Tell whether all of a text announces what follows it, and nothing in it says anything."""
    return is_lead_in(text) and not _SAYS.search(text.rstrip()[:-1])


def is_term(text: str) -> bool:
    """Tell whether a paragraph only names what follows it: an option, a state, a caption."""
    if len(text) > _LONGEST_TERM or "\n" in text or _SMILEY.search(text):
        return False
    return not text.rstrip("*_ \n\"'”’)").endswith(_SENTENCE_ENDS)  # noqa: RUF001


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
    """Return the first row of the table that `start` stands in, where it is another row's; "" elsewhere."""
    inside = blocks_in(document, start, start + 1)
    if not inside or KINDS[inside[0][0]] is not BlockKind.TABLE:
        return ""
    kind, begins, ends = blocks_in(document, table_start(document, inside[0][1]), start + 1)[0]
    return document.text[begins:ends] if KINDS[kind] is BlockKind.TABLE and begins < inside[0][1] else ""


def table_start(document: StoredDocument, start: int) -> int:
    """Return where the table begins that the row at `start` is of: an empty line stands before each, and none in it."""
    empty = document.text.rfind(_EMPTY_LINE, 0, start)
    return empty + len(_EMPTY_LINE) if empty >= 0 else 0


def _units(document: StoredDocument, sentences: Sequence[Sentence], weights: Vectors, longest: int) -> Iterator[Unit]:
    """Yield what may be quoted together, in order."""
    waiting: Unit | None = None
    before: BlockKind | None = None
    blocks = list(_by_block(document, sentences))
    kinds = [KINDS[blocks_in(document, start, end)[0][0]] for start, end, _ in blocks]
    for (start, end, rows), kind, following in zip(blocks, kinds, [*kinds[1:], None], strict=True):
        unit = Unit(start, end, float(weights[rows].sum()), goes_on=kind is before and kind in _ROWS)
        before = kind
        announced = waiting is not None and end - waiting.start <= longest
        if waiting and announced:
            unit = replace(waiting, end=end, weight=waiting.weight + unit.weight)
        elif waiting:
            yield replace(waiting, is_term=True)
        waiting = None
        is_name = kind is BlockKind.PARAGRAPH and is_term(document.text[start:end])
        is_caption = announced and is_name and following is BlockKind.CODE
        if unit.end - unit.start > longest:
            yield from _each(unit, kind, [sentences[row] for row in rows], weights[rows])
        elif is_caption or is_lead_in(document.text[start:end]):
            waiting = unit
        else:
            yield replace(unit, is_term=_is_term(document, unit))
    if waiting:
        yield replace(waiting, is_term=True)


def _each(unit: Unit, kind: BlockKind, sentences: Sequence[Sentence], weights: Vectors) -> Iterator[Unit]:
    """Yield the sentences of a block, or the parts of its code, each by itself."""
    for number, (sentence, weight) in enumerate(zip(sentences, weights.tolist(), strict=True)):
        goes_on = kind in _WHOLE if number else unit.goes_on
        yield replace(unit, start=sentence.start, end=sentence.end, weight=weight, goes_on=goes_on)


def _is_named_by(document: StoredDocument, before: Unit, unit: Unit, longest: int) -> bool:
    """Tell whether what stands before only names it, such as an option; a heading is told with the quote anyway."""
    return before.is_term and unit.end - before.start <= longest and not _is_heading(document, before)


def _is_heading(document: StoredDocument, unit: Unit) -> bool:
    return any(KINDS[kind] is BlockKind.HEADING for kind, _, _ in blocks_in(document, unit.start, unit.end))


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
