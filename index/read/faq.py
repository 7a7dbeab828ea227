"""Questions with their answers: each pair is a section of its own, named by its question.

A FAQ is written as a list, as terms with what they mean, as a table, as paragraphs or in panels. Whatever it looks
like, whoever asks one of its questions wants the answer to that one. Where each question is a heading, that needs
nothing: the heading is searched and cited with what is below it. Here the others are made equal to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from index.records import Block, BlockKind

FEWEST = 3
"""Pairs that make a FAQ: one or two questions may as well be asked in passing."""

_LONGEST_QUESTION = 200

_ASKED = re.compile(r"(?P<question>[^\n.!?…|]*[^\W_][^\n.!?…|]*[?？؟])(?P<marks>[*_\"'”’)]*)")  # noqa: RUF001
"""A question: one sentence on one line, before anything that ends another."""

_LABEL = re.compile(r"\s*(?:(?:q|question|f|frage|p|pregunta|问)\s*\d*\s*[:.)：]\s*|\d+\s*[.)]\s+)", re.IGNORECASE)  # noqa: RUF001
"""What stands before a question and is no part of it: "Q:", "3."."""

_CELLS = " | "
_ASKING = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}


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
    """Return the pairs of a FAQ below one heading; none where it is not made of them."""
    for found in (_in_one_block(text, blocks, first, last), _one_after_the_other(text, blocks, first, last)):
        if len(found) >= FEWEST:
            return found
    return []


def _in_one_block(text: str, blocks: Sequence[Block], first: int, last: int) -> list[_Pair]:
    """Return the rows, items and paragraphs that begin with a question and go on with its answer.

    They follow each other; a row that heads their table goes with the first of them.
    """
    runs: list[list[_Pair]] = [[]]
    for at in range(first, last + 1):
        question = _answered_in(text, blocks[at])
        if question is None:
            runs.append([])
        else:
            runs[-1].append(_Pair(question, at, at))
    longest = max(runs, key=len)
    if not longest:
        return []
    head = longest[0].first - 1
    if head >= first and _is_header(text, blocks, head):
        longest[0] = replace(longest[0], first=head)
    return longest


def _answered_in(text: str, block: Block) -> str | None:
    """Return the question that a block begins with, where it holds the answer as well."""
    whole = text[block.start : block.end]
    label = _LABEL.match(whole)
    asked = _ASKED.match(whole, label.end() if label else 0)
    if asked is None or len(asked["question"]) > _LONGEST_QUESTION:
        return None
    rest = whole[asked.end() :]
    is_row = block.kind is BlockKind.TABLE
    if not (rest.startswith(_CELLS) if is_row else rest[:1].isspace()):
        return None
    if not is_row and block.kind not in _ASKING:
        return None
    answer = rest.removeprefix(_CELLS).strip()
    return asked["question"].strip() if answer and not _is_question(answer) else None


def _is_header(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Tell whether the row `at` heads the table of the row after it: an empty line stands before it."""
    block, after = blocks[at], blocks[at + 1]
    in_one_table = block.kind is after.kind is BlockKind.TABLE and after.start - block.end == 1
    return in_one_table and text[max(block.start - 2, 0) : block.start] in ("", "\n\n")


def _one_after_the_other(text: str, blocks: Sequence[Block], first: int, last: int) -> list[_Pair]:
    """Return the questions that are blocks of their own, each with the blocks after it up to the next one.

    All have an answer, or it is a list of questions. The last answer ends where something else begins than the answers
    before it are made of.
    """
    asked = [at for at in range(first, last + 1) if _question_of(text, blocks[at]) is not None]
    if len(asked) < FEWEST or any(after - at == 1 for at, after in pairwise([*asked, last + 1])):
        return []
    if len({blocks[at].kind for at in asked}) > 1:
        return []
    kinds = {block.kind for at, after in pairwise(asked) for block in blocks[at + 1 : after]}
    end = next((at - 1 for at in range(asked[-1] + 1, last + 1) if blocks[at].kind not in kinds), last)
    ends = [*(at - 1 for at in asked[1:]), max(end, asked[-1] + 1)]
    return [_Pair(_question_of(text, blocks[at]) or "", at, to) for at, to in zip(asked, ends, strict=True)]


def _question_of(text: str, block: Block) -> str | None:
    """Return the question that a block is."""
    whole = text[block.start : block.end].strip()
    if block.kind not in _ASKING or not _is_question(whole):
        return None
    label = _LABEL.match(whole)
    return whole[label.end() if label else 0 :].strip("*_ ")


def _is_question(whole: str) -> bool:
    """Tell whether a text is one short question and nothing else."""
    label = _LABEL.match(whole)
    asked = _ASKED.match(whole, label.end() if label else 0)
    return asked is not None and asked.end() == len(whole) and len(whole) <= _LONGEST_QUESTION
