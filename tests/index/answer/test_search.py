"""Candidates: by meaning, by words, and never from outside the scope."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.answer import search as search_module
from index.answer.search import LEXICAL_WEIGHT, Search
from index.errors import DamagedError
from index.store.disk import dense, lexical
from index.store.disk.dense import Dense
from index.store.disk.lexical import Lexical, LexicalPassage
from index.store.scope import document_filter
from index.text.terms import idf
from tests.index.conftest import Library, every_vector, numbering

_SOURCES = [f"{number:02}.md" for number in range(60)]


@pytest.fixture(scope="session")
def ferries(tmp_path_factory: pytest.TempPathFactory, built: Library) -> Library:
    """Sixty documents alike, of which the last ones suit a question about ferries least."""
    folder = tmp_path_factory.mktemp("ferries")
    library = Library(folder / "documents", type(built.shelf)(folder / "data"), built.encoder)
    for number, source in enumerate(_SOURCES):
        topic = "The ferry leaves at noon." if number < 55 else f"Cake number {number} is sweet."
        library.write(source, f"# Note {number}\n\n{topic}\n")
    library.build()
    return library


def test_a_scope_is_searched_as_if_it_were_all_there_is(ferries: Library) -> None:
    """Results inside are not fewer for all the better ones outside."""
    generation = ferries.shelf.open()
    vector = ferries.encoder.questions(["When does the ferry leave?"])[0]
    search = Search(generation)
    for inside in (_SOURCES[-5:], _SOURCES[10:12], _SOURCES[-1:], []):
        hits = search.search("When does the ferry leave?", vector, 6, inside)
        stored = generation.catalogue.passages(hits.rows.tolist())
        assert sorted(passage.passage.source for passage in stored) == inside
    assert len(search.search("ferry", vector, 6).rows) == 6


def test_scores_are_the_cosine_and_the_share_of_the_best_bm25(built: Library) -> None:
    generation = built.shelf.open()
    vector = built.encoder.questions(["rover wheels"])[0]
    hits = Search(generation).search("rover wheels", vector, 20)
    assert hits.lexical.max() == 1
    assert (np.diff(hits.score) <= 0).all()
    np.testing.assert_allclose(hits.score, hits.dense + LEXICAL_WEIGHT * hits.lexical, rtol=1e-6)
    np.testing.assert_allclose(hits.dense, generation.dense.vectors(hits.rows) @ vector, atol=1e-6)
    assert generation.catalogue.passages([int(hits.rows[0])])[0].passage.source == "rover.txt"
    assert len(hits.rows) == generation.manifest.counts.passages


def _unit(*rows: list[float]) -> np.ndarray:
    vectors = np.array(rows, np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_words_of_a_passage_that_only_its_meaning_found_count_as_well(
    ferries: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    vector = ferries.encoder.questions(["When does the ferry leave?"])[0]
    monkeypatch.setattr(search_module, "_DEPTH", 3)
    hits = Search(ferries.shelf.open()).search("ferry", vector, 20)
    assert len(hits.rows) > 3
    assert (hits.lexical > 0).all()


def test_the_nearest_vectors_come_first_and_only_those_there_are(tmp_path: Path) -> None:
    vectors = _unit([1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1])
    dense.write(tmp_path / "v.faiss", vectors)
    index = Dense(tmp_path / "v.faiss")
    rows, scores = index.search(vectors[0], 99)
    assert rows[:2].tolist() == [0, 2]
    assert sorted(rows.tolist()) == [0, 1, 2, 3]
    np.testing.assert_allclose(scores[:2], [1, 0.5**0.5], atol=1e-6)
    rows, _ = index.search(vectors[0], 99, index.filter_of(np.array([3, 1])))
    assert sorted(rows.tolist()) == [1, 3]
    assert len(index.search(vectors[0], 99, index.filter_of(np.empty(0, np.int64)))[0]) == 0
    np.testing.assert_array_equal(index.vectors(np.array([2, 0])), vectors[[2, 0]])
    np.testing.assert_array_equal(every_vector(index), vectors)
    with pytest.raises(DamagedError, match="lacks passages"):
        index.vectors(np.array([1, 4]))


def test_a_file_of_something_else_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").write_bytes(b"nothing")
    with pytest.raises(DamagedError):
        Dense(tmp_path / "v.faiss")
    with pytest.raises(DamagedError):
        Lexical(tmp_path / "missing", numbering(1))


def test_words_can_be_opened_again_and_again_and_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread of tantivy's puts a lock beside the files while the folder of links is being removed."""
    for name in ("index", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    lexical.write(tmp_path / "index", [LexicalPassage(0, 0, "Cats", "Cats sleep.")])
    assert all(len(Lexical(tmp_path / "index", numbering(1))) == 1 for _ in range(200))
    assert list((tmp_path / "temporary").iterdir()) == []


_TWO = numbering(2, 2)


@pytest.fixture
def words(tmp_path: Path) -> Lexical:
    texts = ["Cats are sleeping.", "The cat sat.", "A dog barked.", "Ein Kätzchen"]
    lexical.write(tmp_path, (LexicalPassage(*divmod(row, 2), f"Title {row}", text) for row, text in enumerate(texts)))
    return Lexical(tmp_path, _TWO)


def test_words_are_matched_by_their_stems_and_rare_ones_count_more(words: Lexical) -> None:
    assert words.terms("The CATS' sleeping-cat!") == ["the", "cat", "sleep"]
    rows, scores = words.search(words.terms("sleep, cat"), 9)
    assert rows.tolist() == [0, 1]
    assert scores[0] > scores[1] > 0
    counts = [words.passages_with(term) for term in ("unheard", "sleep", "cat", "titl")]
    assert counts == [0, 1, 2, 4]
    rarity = [idf(count, len(words)) for count in counts]
    assert rarity == sorted(rarity, reverse=True)
    assert len(set(rarity)) == 4


def test_titles_are_searched_and_documents_can_be_chosen(words: Lexical) -> None:
    assert words.search(["titl", "3"], 1)[0].tolist() == [3]
    assert sorted(words.search(["titl"], 9, document_filter([1], _TWO))[0].tolist()) == [2, 3]
    np.testing.assert_array_equal(words.search(["cat"], 9, document_filter([0], _TWO))[1], words.search(["cat"], 9)[1])
    for terms, documents in (([], None), (["cat"], []), ([], [0]), (["cat"], [1])):
        inside = None if documents is None else document_filter(documents, _TWO)
        assert len(words.search(terms, 9, inside)[0]) == 0


def test_a_long_question_is_cut_to_its_first_terms(words: Lexical) -> None:
    assert len(words.terms(" ".join(f"w{number}" for number in range(500)))) == 64
    assert words.terms("x" * 81) == []
