"""The rows of a worksheet: in which column they begin, and which are titles, single cells above names of columns."""

from __future__ import annotations

from collections.abc import Sequence

from index.read.data.comma_separated import SAMPLE_ROWS, is_header
from index.read.draft import Draft
from index.read.spans import joined
from index.records import BlockKind

Row = tuple[int, list[str]]
"""A row: its number, and its cells."""


def add_rows(draft: Draft, rows: Sequence[Row]) -> None:
    """Add the rows of a sheet: tables, without the columns before them that hold nothing, and titles as paragraphs."""
    margin = min((at for _, row in rows for at, cell in enumerate(row) if cell), default=0)
    rows = [(number, row[margin:]) for number, row in rows]
    titles = titles_in(rows)
    for at, (_, row) in enumerate(rows):
        if at in titles:
            draft.flow(BlockKind.PARAGRAPH, [("".join(row), 1)])
        else:
            draft.flow(BlockKind.TABLE, [(joined((cell, 1) for cell in row), 1)])


def titles_in(rows: Sequence[Row]) -> set[int]:
    """Return the places in `rows` of titles: single cells above the first wider row, and those after an empty row.

    The latter are titles only where the wider row that follows names columns: else they part the rows of a table.
    """
    first = next((at for at, row in enumerate(rows) if not _is_single(row)), 0)
    titles = set(range(first))
    at = first + 1
    while at < len(rows):
        if not _is_single(rows[at]) or rows[at][0] == rows[at - 1][0] + 1:
            at += 1
            continue
        wider = next((later for later in range(at, len(rows)) if not _is_single(rows[later])), len(rows))
        if is_header(rows[wider : wider + SAMPLE_ROWS]):
            titles.update(range(at, wider))
        at = wider
    return titles


def _is_single(row: Row) -> bool:
    return sum(map(bool, row[1])) == 1
