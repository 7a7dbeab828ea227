"""Tables of contents: lists whose lines are headings of their own page, which help nobody who asks a question."""

from __future__ import annotations

import re

from index.records import BlockKind
from index.store.values import KINDS, StoredDocument

_FEWEST = 3
"""Lines from which on a list can be a table of contents."""

_SHARE = 0.75
"""Share of the lines that are headings, from which on it is one."""

_WORD = re.compile(r"\w+")


def is_contents(document: StoredDocument, start: int, end: int) -> bool:
    """Tell whether most lines of `text[start:end]` are headings of the document."""
    lines = [_words(line) for line in document.text[start:end].splitlines() if line.strip()]
    if len(lines) < _FEWEST:
        return False
    headings = {_words(heading) for heading in _headings(document)}
    return sum(line in headings for line in lines) >= _SHARE * len(lines)


def _headings(document: StoredDocument) -> list[str]:
    table = document.blocks[document.blocks[:, 0] == KINDS.index(BlockKind.HEADING)]
    return [document.text[start:end] for _, start, end, *_ in table.tolist()]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))
