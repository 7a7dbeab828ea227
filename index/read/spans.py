"""Rows of a table on one line each, with what spans several columns in every one of them."""

from __future__ import annotations

from collections.abc import Iterable


def joined(cells: Iterable[tuple[str, int]]) -> str:
    """Return a row of cells, each with its text and the columns that it spans; the empty ones at its end go.

    What spans the whole row stands there once.
    """
    row = [(" ".join(text.split()), span) for text, span in cells]
    texts = [text for text, span in row for _ in range(span if len(row) > 1 else 1)]
    while texts and not texts[-1]:
        texts.pop()
    return " | ".join(texts)
