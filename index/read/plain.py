"""Plain text: a paragraph is what stands between empty lines, and keeps its line ends."""

from __future__ import annotations

from itertools import groupby

from index.read.decoding import decoded
from index.read.draft import Draft
from index.records import BlockKind


def read_plain(data: bytes) -> Draft:
    """Read plain text in whatever encoding it has."""
    draft = Draft()
    lines = enumerate(decoded(data).split("\n"), 1)
    for blank, group in groupby(lines, key=lambda numbered: not numbered[1].strip()):
        if not blank:
            draft.verbatim(BlockKind.PARAGRAPH, [(text, number) for number, text in group])
    return draft
