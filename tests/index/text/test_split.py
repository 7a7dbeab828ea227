"""Passages: what of a document they hold, and where they are cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encode.encoder import Encoder
from index.read.draft import Draft
from index.read.markdown.reader import read_markdown
from index.records import BlockKind, Document, Passage
from index.text.split import Splitter

_WORDS = st.text("abcdefghijklmnopqrstuvwxyzÄß猫9.,;:!?()'\"-", min_size=1, max_size=12)
_LINES = st.lists(_WORDS, min_size=1, max_size=30).map(" ".join)
_PARTS = st.tuples(
    st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.HEADING] * 3 + [BlockKind.HEADING]),
    st.lists(_LINES, min_size=1, max_size=5),
    st.integers(0, 1),
)


def _document(parts: list[tuple[BlockKind, list[str], int]]) -> Document:
    """Return a document of blocks, each a kind, its lines, and how many pages on from the last it stands."""
    draft, page, at = Draft(), 1, 1
    for kind, lines, turned in parts:
        page += turned
        numbered = [(line, at + i) for i, line in enumerate(lines)]
        if kind is BlockKind.HEADING:
            draft.heading(1 + len(lines[0]) % 3, numbered[:1], page)
        elif kind is BlockKind.CODE:
            draft.verbatim(kind, [("  " + line, number) for line, number in numbered], page)
        else:
            draft.flow(kind, [(f"{line}\n", number) for line, number in numbered], page)
        at += len(lines) + 1
    return draft.finished("a.md", "Title", "0" * 64)


def _markdown(text: str) -> Document:
    return read_markdown(text.encode()).finished("a.md", "Title", "0" * 64)


def _texts(document: Document, passages: tuple[Passage, ...]) -> list[str]:
    return [document.text[passage.start : passage.end] for passage in passages]


@given(parts=st.lists(_PARTS, min_size=1, max_size=8), limit=st.sampled_from([16, 40, 200]))
@settings(max_examples=60)
def test_every_document_is_split_into_ordered_passages_that_lose_nothing(
    encoder: Encoder, parts: list[tuple[BlockKind, list[str], int]], limit: int
) -> None:
    """They do not overlap, cross no heading and no page, fit the limit, and hold all text but headings."""
    document = _document(parts)
    passages = Splitter(encoder.token_spans, limit).split(document)
    assert all(0 <= p.start < p.end <= len(document.text) for p in passages)
    assert all(before.end <= after.start for before, after in pairwise(passages))
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    for passage in passages:
        inside = [block for block in document.blocks if block.start < passage.end and passage.start < block.end]
        assert {(block.section, block.page) for block in inside} == {(passage.section, passage.page)}
        assert len(inside) == 1 or not any(block in headings for block in inside)
        assert len(encoder.token_spans(document.text[passage.start : passage.end])) <= limit
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert all(a.end <= b.start for a, b in pairwise(passage.sentences))
    covered = {at for passage in passages for s in passage.sentences for at in range(s.start, s.end)}
    covered |= {at for heading in headings for at in range(heading.start, heading.end)}
    assert not "".join(text for at, text in enumerate(document.text) if at not in covered).strip()


@given(parts=st.lists(_PARTS, min_size=1, max_size=8))
@settings(max_examples=30)
def test_every_passage_says_where_it_stands(encoder: Encoder, parts: list[tuple[BlockKind, list[str], int]]) -> None:
    document = _document(parts)
    for passage in Splitter(encoder.token_spans, 40).split(document):
        for offset, line in zip((passage.start, passage.end - 1), passage.lines, strict=True):
            place = [place for place in document.places if place.offset <= offset][-1]
            assert (place.line, place.page) == (line, passage.page)


def test_blocks_of_a_section_share_a_passage(encoder: Encoder) -> None:
    document = _markdown("# H\n\nOne.\n\n- two\n- three\n\n## I\n\nFour.\n")
    passages = Splitter(encoder.token_spans, 200).split(document)
    assert _texts(document, passages) == ["One.\n\ntwo\nthree", "Four."]
    assert [passage.lines for passage in passages] == [(3, 6), (10, 10)]
    assert [len(passage.sentences) for passage in passages] == [3, 1]


def test_sections_of_the_same_name_do_not_share_a_passage(encoder: Encoder) -> None:
    document = _markdown("Before.\n\n# Title\n\nAfter.\n\n## Example\n\nOne.\n\n## Example\n\nTwo.\n")
    assert _texts(document, Splitter(encoder.token_spans, 200).split(document)) == ["Before.", "After.", "One.", "Two."]


def test_a_heading_with_nothing_below_it_is_found_on_its_own(encoder: Encoder) -> None:
    document = _markdown("## Full\n\nText.\n\n## Empty\n\n## Parent\n\n### Child\n\nText.\n\n## Last\n")
    passages = Splitter(encoder.token_spans, 200).split(document)
    assert _texts(document, passages) == ["Text.", "Empty", "Text.", "Last"]
    assert [p.section for p in passages] == [("Full",), ("Empty",), ("Parent", "Child"), ("Last",)]


def test_a_long_paragraph_is_cut_at_sentence_ends_into_like_parts(encoder: Encoder) -> None:
    document = _markdown(" ".join(f"The number of birds seen on day {i} was high." for i in range(24)))
    passages = Splitter(encoder.token_spans, 100).split(document)
    texts = _texts(document, passages)
    assert all(text.startswith("The number") and text.endswith("high.") for text in texts)
    sizes = [len(encoder.token_spans(text)) for text in texts]
    assert len(sizes) == 3
    assert max(sizes) - min(sizes) <= 22


@pytest.mark.parametrize("separator", [";\n    ", "; "])
def test_long_code_is_cut_between_lines_and_a_long_line_between_words(encoder: Encoder, separator: str) -> None:
    code = separator.join(f"value_{i} = compute({i})" for i in range(40))
    document = _markdown(f"```\n    {code}\n```\n")
    passages = Splitter(encoder.token_spans, 60).split(document)
    texts = _texts(document, passages)
    assert len(texts) > 5
    assert " ".join(texts).split() == document.text.split()
    begins = "    value" if "\n" in separator else ("value", "    value", "=", "compute")
    assert all(text.startswith(begins) for text in texts)
    assert all(passage.sentences[0].kind is BlockKind.CODE for passage in passages)
