"""The rows of a worksheet that are titles of tables: single cells above rows that name columns."""

from __future__ import annotations

from collections.abc import Sequence

from index.read.data.comma_separated import SAMPLE_ROWS, is_header

Row = tuple[int, list[str]]
"""A row: its number, and its cells."""


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
