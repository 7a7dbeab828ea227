"""Where a stretch of a document stands, in words."""

from __future__ import annotations

import numpy as np

from bot.localisation.words import lines_between, pages_between
from index.read.kinds import has_lines
from index.store.values import StoredDocument


def where(document: StoredDocument, start: int, end: int) -> tuple[tuple[str, ...], str]:
    """Return the section that a stretch begins in, and its lines or pages in words ("" where there are none)."""
    return _section(document, start), _place(document, start, max(end - 1, start))


def _section(document: StoredDocument, start: int) -> tuple[str, ...]:
    row = int(np.searchsorted(document.blocks[:, 2], start, side="right"))
    return document.sections[int(document.blocks[row, 5])] if row < len(document.blocks) else ()


def _place(document: StoredDocument, start: int, last: int) -> str:
    if not len(document.places):
        return ""
    begins, ends = document.place(start), document.place(last)
    if begins.page is not None and ends.page is not None:
        return pages_between(begins.page, ends.page)
    return lines_between(begins.line, ends.line) if has_lines(document.source, ends.line) else ""
