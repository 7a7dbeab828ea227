"""Table rows as columns of characters of one width."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.cards.visible import visible

WIDEST = 27
"""Columns that a code block shows before it wraps, on a phone of 390 pixels (`bench/card_pictures.py`)."""

_BETWEEN = " | "


def aligned(rows: Sequence[str]) -> str | None:
    """Return rows, whose cells ` | ` parts, as lines with their columns aligned.

    None where they are no table of more than one column and as many cells in each row, or are wider than `WIDEST`.
    """
    cells = [visible(row).split(_BETWEEN) for row in rows]
    columns = len(cells[0])
    if columns < 2 or any(len(row) != columns or "\n" in "".join(row) for row in cells):  # noqa: PLR2004 -- a table
        return None
    widths = [max(_width(row[column]) for row in cells) for column in range(columns)]
    if sum(widths) + len(_BETWEEN) * (columns - 1) > WIDEST:
        return None
    return "\n".join(_BETWEEN.join(map(_padded, row, widths)).rstrip() for row in cells)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Return how many columns `text` takes: two for wide characters, none for combining ones (UAX 11)."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
