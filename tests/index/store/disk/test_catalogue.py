"""Documents and passages come out of the store as they went in, taken over or not."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedError
from index.records import Block, BlockKind, Document, Passage, Place, Sentence
from index.store.disk.catalogue import Catalogue
from index.store.disk.catalogue_writer import CatalogueWriter

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
_NUMBERS = st.integers(0, 2**31 - 1)
_LINES = st.integers(1, 2**31 - 1)
_PAGES = st.none() | _LINES
_SECTIONS = st.lists(_TEXT, max_size=2).map(tuple)
_KINDS = st.sampled_from(BlockKind)
_SENTENCES = st.builds(Sentence, _NUMBERS, _NUMBERS, _KINDS)
_BLOCKS = st.builds(Block, _KINDS, _NUMBERS, _NUMBERS, _LINES, _PAGES, _SECTIONS)
_PLACES = st.lists(st.builds(Place, _NUMBERS, _LINES, _PAGES), min_size=1, max_size=3)


@st.composite
def _filed(draw: st.DrawFn, source: str) -> tuple[Document, tuple[Passage, ...]]:
    document = Document(
        source,
        draw(_TEXT),
        draw(_TEXT),
        tuple(draw(st.lists(_BLOCKS, max_size=3))),
        tuple(sorted(draw(_PLACES), key=lambda place: place.offset)),
        draw(_TEXT),
        draw(st.none() | _TEXT),
    )
    sentences = st.lists(_SENTENCES, min_size=1, max_size=3).map(tuple)
    passage = st.builds(
        Passage, st.just(source), _NUMBERS, _NUMBERS, _SECTIONS, _PAGES, st.tuples(_LINES, _LINES), sentences
    )
    return document, tuple(draw(st.lists(passage, min_size=1, max_size=3)))


def _write(path: Path, filed: list[tuple[Document, tuple[Passage, ...]]], kept: Path | None = None) -> None:
    """Write all documents, those of which `kept` has one of that source as taken over from there."""
    old = Catalogue(kept) if kept else None
    with CatalogueWriter(path, kept) as writer:
        for document, passages in filed:
            if old and document.source in {source.source for source in old.sources}:
                number = old.id_of(document.source)
                writer.keep(old.span(range(number, number + 1)))
            else:
                writer.add(document, "en", passages, [_key(passage) for passage in passages])
    if old:
        old.close()


def _key(passage: Passage) -> bytes:
    return repr(passage).encode()


@given(filed=st.tuples(_filed("a"), _filed("b/ü"), _filed("c")))
@settings(max_examples=40)
def test_what_was_written_or_taken_over_is_read_back(filed: tuple[tuple[Document, tuple[Passage, ...]], ...]) -> None:
    """The second of two is taken over from a catalogue where it stands elsewhere, with other rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "kept.sqlite", list(filed[:2]))
        _write(folder / "new.sqlite", list(filed[1:]), folder / "kept.sqlite")
        catalogue = Catalogue(folder / "new.sqlite")
        row = sentence = 0
        for document, passages in filed[1:]:
            stored = catalogue.document(document.source)
            assert (stored.title, stored.url, stored.text) == (document.title, document.url, document.text)
            assert tuple(stored.each_block()) == document.blocks
            assert [tuple(place) for place in stored.places.tolist()] == [
                (place.offset, place.line, place.page or 0) for place in document.places
            ]
            for passage, read in zip(passages, catalogue.passages_of(stored.id), strict=True):
                assert read.passage == passage
                assert (read.row, read.first_sentence, read.key) == (row, sentence, _key(passage))
                row, sentence = row + 1, sentence + len(passage.sentences)
        assert catalogue.counts() == (row, sentence)
        assert catalogue.file_checksums() == {document.source: document.sha256 for document, _ in filed[1:]}
        catalogue.close()


def _catalogue(folder: Path) -> Catalogue:
    places = (Place(0, 1, 1), Place(10, 2, 1), Place(20, 1, 2))
    document = Document("a.pdf", "A", "x" * 30, (), places, "0", None)
    passages = tuple(
        Passage("a.pdf", at, at + 10, (), 1, (1, 1), (Sentence(at, at + 10, BlockKind.PARAGRAPH),)) for at in (0, 10)
    )
    _write(folder / "a.sqlite", [(document, passages)])
    return Catalogue(folder / "a.sqlite")


def test_the_place_of_an_offset_is_that_of_the_last_place_before_it(tmp_path: Path) -> None:
    document = _catalogue(tmp_path).document("a.pdf")
    places = [document.place(offset) for offset in (0, 9, 10, 19, 20, 29)]
    assert [(place.line, place.page) for place in places] == [(1, 1), (1, 1), (2, 1), (2, 1), (1, 2), (1, 2)]


def test_passages_come_in_the_order_they_are_asked_for(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path)
    assert [stored.row for stored in catalogue.passages([1, 0, 1])] == [1, 0, 1]
    with pytest.raises(DamagedError, match="lacks passages"):
        catalogue.passages([0, 2])


def test_passages_are_found_by_what_their_vectors_depend_on(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path)
    second = catalogue.passages([1])[0]
    assert catalogue.same_as(second.key) == (1, 1)
    assert catalogue.same_as(b"another") is None


def test_threads_may_share_it(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        rows = list(threads.map(lambda i: catalogue.passages([i % 2])[0].row, range(400)))
    assert rows == [0, 1] * 200


@pytest.mark.parametrize("content", [None, b"", b"not a database" * 100])
def test_what_is_no_catalogue_is_told(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "a.sqlite").write_bytes(content)
    with pytest.raises(DamagedError, match="cannot be read"):
        Catalogue(tmp_path / "a.sqlite")
