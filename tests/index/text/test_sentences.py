"""What of a block may be quoted on its own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Block, BlockKind
from index.text.sentences import sentences_of


def _cut(text: str, kind: BlockKind, start: int = 0) -> list[str]:
    block = Block(kind, start, len(text), 1, None, ())
    return [text[sentence.start : sentence.end] for sentence in sentences_of(text, block)]


def test_prose_is_cut_at_sentence_ends_and_not_at_abbreviations() -> None:
    text = "Heading\n\nDr. Smith paid $3.50 for it. Did he?\nYes, e.g. in the U.S. market."
    assert _cut(text, BlockKind.PARAGRAPH, 9) == [
        "Dr. Smith paid $3.50 for it.",
        "Did he?",
        "Yes, e.g. in the U.S. market.",
    ]


@pytest.mark.parametrize("kind", [BlockKind.CODE, BlockKind.TABLE])
def test_code_and_table_rows_stay_whole(kind: BlockKind) -> None:
    text = "  First. Second.\nThird."
    assert _cut(text, kind) == [text]


@given(st.text())
def test_sentences_hold_everything_but_white_space(text: str) -> None:
    sentences = sentences_of(text, Block(BlockKind.PARAGRAPH, 0, len(text), 1, None, ()))
    pieces = [text[sentence.start : sentence.end] for sentence in sentences]
    assert all(piece == piece.strip() != "" for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(sentences))
