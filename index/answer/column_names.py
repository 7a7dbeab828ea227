"""The rows of tables that name the columns: which rows they head, and which row leads in place of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.answer.blocks import table_start
from index.arrays import Vectors
from index.records import BlockKind, Sentence
from index.store.values import StoredDocument
from index.text.words import Ids, SentenceWords

SET_BACK = 0.5
"""What a row that names columns loses against the rows below it: as much as a sentence that only names its document."""

_NO_TABLE = -1


def heads_of(passages: Sequence[tuple[StoredDocument, Sequence[Sentence]]]) -> Ids:
    """Return for each sentence the number of the first row of its table, or its own where that row is none of them."""
    tables = [(document.id, table) for document, sentences in passages for table in _tables(document, sentences)]
    starts = (sentence.start for _, sentences in passages for sentence in sentences)
    firsts = {
        table: number for number, (table, start) in enumerate(zip(tables, starts, strict=True)) if table[1] == start
    }
    return np.array([firsts.get(table, number) for number, table in enumerate(tables)], np.int64)


def _tables(document: StoredDocument, sentences: Sequence[Sentence]) -> Iterator[int]:
    """Yield where the table of each sentence begins."""
    table, end = _NO_TABLE, 0
    for sentence in sentences:
        if sentence.kind is not BlockKind.TABLE:
            table = _NO_TABLE
        elif table == _NO_TABLE or "\n\n" in document.text[end : sentence.start]:
            table = table_start(document, sentence.start)
        yield table
        end = sentence.end


def with_rows_ahead(scores: Vectors, heads: Ids, stated: Vectors, words: Sequence[SentenceWords]) -> Vectors:
    """Return `scores` where rows that say more of the question than the names of their columns come before those.

    They get what the best of them lacks to the row that names the columns, so that their section stays where it is.
    `heads` is of `heads_of`, and `stated` tells for each sentence which terms of the question it says. A first row with
    a figure names no columns, but is data like the others.
    """
    ahead = scores.copy()
    for head in np.unique(heads[heads != np.arange(len(heads))]).tolist():
        rows = np.flatnonzero((heads == head) & (stated > stated[head]).any(axis=1))
        if len(rows) and not words[head].figures:
            ahead[rows] += max(float(scores[head] - scores[rows].max()), 0)
            ahead[head] -= SET_BACK
    return ahead
