"""Questions with their answers: each pair is a section of its own, named by its question.

A FAQ is written as a list, as terms with what they mean, as a table, as paragraphs or in panels. Whatever it looks
like, whoever asks one of its questions wants the answer to that one. Where each question is a heading, that needs
nothing: the heading is searched and cited with what is below it. Here the others are made equal to that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from index.records import Block, BlockKind

FEWEST = 3
"""Pairs that make a FAQ: one or two questions may as well be asked in passing."""

_LONGEST_QUESTION = 200

_SHARE = 0.5
"""Of the blocks from the first question on, those that begin with one, where none is a block of its own: prose asks now
and then, and answers itself."""

_ASKED = re.compile(rf"(?P<question>[^\n.!?…|]{{1,{_LONGEST_QUESTION}}}[?？؟])(?P<marks>[*_\"'”’)]*)")  # noqa: RUF001
"""A question: one sentence on one line, before anything that ends another."""

_LABEL = re.compile(r"\s*(?:(?:q|question|f|frage|p|pregunta|问) ?\d{0,4} ?[:.)：]\s*|\d{1,4} ?[.)]\s+)", re.IGNORECASE)  # noqa: RUF001
"""What stands before a question and is no part of it: "Q:", "3."."""

_WORD = re.compile(r"[^\W_]")
_CELLS = " | "
_ASKING = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE}


@dataclass(frozen=True, slots=True)
class _Pair:
    """The blocks `first` to `last` (both included) that hold a question and its answer."""

    question: str
    first: int
    last: int


def with_pairs(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a document, those of the pairs of a FAQ in sections that their questions name."""
    named = list(blocks)
    for first, last in _stretches(blocks):
        for pair in _pairs(text, blocks, first, last):
            for at in range(pair.first, pair.last + 1):
                named[at] = replace(blocks[at], section=(*blocks[at].section, pair.question))
    return tuple(named)


def _stretches(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the first and last block below each heading."""
    at = 0
    for is_heading, group in groupby(blocks, key=lambda block: block.kind is BlockKind.HEADING):
        count = len(list(group))
        if not is_heading:
            yield at, at + count - 1
        at += count


def _pairs(text: str, blocks: Sequence[Block], first: int, last: int) -> list[_Pair]:
    """Return the pairs of a FAQ below one heading; none where it is not made of them.

    A question is a block or the beginning of one, all of the kind that most of them are of. Its answer is in its block,
    or in those after it up to the next question.
    """
    asked = {at: question for at in range(first, last + 1) if (question := _question_at(text, blocks[at]))}
    if len(asked) < FEWEST:
        return []
    ((kind, count),) = Counter(blocks[at].kind for at in asked).most_common(1)
    if count < FEWEST:
        return []
    starts = [at for at in asked if blocks[at].kind is kind]
    alone = {at for at in starts if _is_question(text[blocks[at].start : blocks[at].end].strip())}
    if any(at in alone and after - at == 1 for at, after in pairwise([*starts, last + 1])):
        return []
    if not alone and len(starts) < _SHARE * (last + 1 - starts[0]):
        return []
    ends = _ends(blocks, starts, alone, last)
    pairs = [_Pair(asked[at], at, end) for at, end in zip(starts, ends, strict=True)]
    if starts[0] > first and _is_header(text, blocks, starts[0] - 1):
        pairs[0] = replace(pairs[0], first=starts[0] - 1)
    return pairs


def _ends(blocks: Sequence[Block], starts: Sequence[int], alone: Container[int], last: int) -> list[int]:
    """Return the last block of each answer: of a row its own, of others the one before the next question.

    The last of all ends where something else begins than the answers before it are made of.
    """
    if blocks[starts[0]].kind is BlockKind.TABLE:
        return list(starts)
    kinds = {block.kind for at, after in pairwise(starts) for block in blocks[at + 1 : after]}
    final = starts[-1] + (starts[-1] in alone)
    end = next((at - 1 for at in range(final + 1, last + 1) if blocks[at].kind not in kinds), last)
    return [*(at - 1 for at in starts[1:]), max(end, final)]


def _question_at(text: str, block: Block) -> str | None:
    """Return the question that a block is, or begins with and goes on to answer."""
    if block.kind not in _ASKING:
        return None
    whole = text[block.start : block.end]
    asked = _asked_in(whole)
    if asked is None:
        return None
    rest = whole[asked.end() :]
    if block.kind is BlockKind.TABLE:
        is_pair = rest.startswith(_CELLS) and not _is_question(rest.removeprefix(_CELLS).strip())
    else:
        is_pair = not rest or (rest[0].isspace() and not _is_question(rest.strip()))
    return asked["question"].strip("*_ ") if is_pair else None


def _is_header(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Tell whether the row `at` heads the table of the row after it: an empty line stands before it."""
    block, after = blocks[at], blocks[at + 1]
    in_one_table = block.kind is after.kind is BlockKind.TABLE and after.start - block.end == 1
    return in_one_table and text[max(block.start - 2, 0) : block.start] in ("", "\n\n")


def _is_question(whole: str) -> bool:
    """Tell whether a text is one short question and nothing else."""
    asked = _asked_in(whole)
    return asked is not None and asked.end() == len(whole)


def _asked_in(whole: str) -> re.Match[str] | None:
    """Return the question that a text begins with, after its label."""
    label = _LABEL.match(whole)
    asked = _ASKED.match(whole, label.end() if label else 0)
    return asked if asked is not None and _WORD.search(asked["question"]) else None
