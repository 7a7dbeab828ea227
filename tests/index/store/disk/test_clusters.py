"""Many vectors: searched in clusters, with recall measured; taken over code by code."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from index.arrays import Vectors
from index.build import clustering
from index.build.builder import BuildSettings
from index.build.recall import FLOOR
from index.build.vectors import Moved, NewVectors, VectorPlan
from index.errors import DamagedError
from index.store.disk import quantized
from index.store.disk.catalogue import Span
from index.store.disk.dense import Dense
from index.store.disk.generation import Generation
from index.store.disk.sentence_file import SentenceFile, SentenceWriter
from index.store.disk.verify import verify
from index.store.manifest import Clustering
from tests.index.conftest import Library, quiet

_COUNT, _DIMENSION = 6_000, 32


def _unit(vectors: np.ndarray) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    chance = np.random.default_rng(5)
    centres = chance.standard_normal((40, _DIMENSION))
    return _unit(centres[chance.integers(0, 40, _COUNT)] + 0.7 * chance.standard_normal((_COUNT, _DIMENSION)))


def _new(plan: VectorPlan, vectors: Vectors) -> NewVectors:
    made = NewVectors(plan, len(vectors), _DIMENSION, io.BytesIO())  # type: ignore[arg-type]
    for row in plan.to_encode:
        made.put(row, vectors[row])
    return made


def _written(path: Path, made: NewVectors, vectors: Vectors, before: Clustering | None = None) -> Clustering:
    after = clustering.write(path, made, before, vectors[::30])
    assert after is not None
    return after


@pytest.fixture(scope="module")
def clustered(vectors: Vectors, tmp_path_factory: pytest.TempPathFactory) -> tuple[Dense, Clustering]:
    path = tmp_path_factory.mktemp("clusters") / "v.faiss"
    after = _written(path, _new(VectorPlan(None, [], list(range(_COUNT))), vectors), vectors)
    return Dense(path), after


def test_the_nearest_are_found_as_often_as_was_measured(clustered: tuple[Dense, Clustering], vectors: Vectors) -> None:
    index, measured = clustered
    assert measured.recall >= FLOOR
    assert measured.looked_at < measured.clusters
    hits = [
        set(index.search(vector, 10)[0]) & set(np.argsort(-(vectors @ vector))[:10]) for vector in vectors[7:3000:20]
    ]
    assert sum(map(len, hits)) >= 0.97 * 10 * len(hits)
    stored = np.concatenate(list(index.blocks()))
    np.testing.assert_array_equal(index.vectors(np.arange(50)), stored[:50])
    assert (np.abs(stored - vectors) < 0.01).mean() > 0.999
    assert (stored * vectors).sum(axis=1).min() > 0.97


@pytest.mark.parametrize("size", [0, 1, 30, 60, 1_000, 5_900])
def test_a_part_however_small_or_far_is_searched_as_if_it_were_all_there_is(
    clustered: tuple[Dense, Clustering], vectors: Vectors, size: int
) -> None:
    """A small part is what is farthest from the question: none of it lies where the question does."""
    index, _ = clustered
    question = vectors[0]
    cosines = vectors @ question
    few = np.argsort(cosines)[:size]
    part = np.sort(few if size < 100 else np.random.default_rng(8).permutation(_COUNT)[:size])
    rows, scores = index.search(question, 50, index.filter_of(part))
    assert len(rows) == min(size, 50)
    assert set(rows) <= set(part.tolist())
    best = part[np.argsort(-cosines[part])[:10]]
    assert len(set(rows[:10]) & set(best)) >= 0.9 * len(best)
    np.testing.assert_allclose(scores, cosines[rows], atol=0.02)


def test_codes_are_taken_over_as_they_are_under_new_rows(
    clustered: tuple[Dense, Clustering], vectors: Vectors, tmp_path: Path
) -> None:
    """Three vectors come at the beginning, a hundred go from the middle, one is there twice."""
    index, before = clustered
    old = np.r_[-1, -1, -1, 0:2000, 2100:_COUNT, 5]
    moved = [Moved(3, 0, 2000, 0, 0, 0), Moved(2003, 2100, _COUNT - 2100, 0, 0, 0), Moved(len(old) - 1, 5, 1, 0, 0, 0)]
    fresh = _unit(np.random.default_rng(6).standard_normal((3, _DIMENSION)))
    wanted = np.where((old >= 0)[:, None], vectors[old], np.pad(fresh, ((0, len(old) - 3), (0, 0))))
    plan = VectorPlan(_Only(index), moved, [0, 1, 2])  # type: ignore[arg-type]
    after = _written(tmp_path / "v.faiss", _new(plan, wanted), wanted.astype(np.float32), before)
    assert after.trained == _COUNT
    new = Dense(tmp_path / "v.faiss")
    kept = np.flatnonzero(old >= 0)[:-1]
    np.testing.assert_array_equal(new.vectors(kept), index.vectors(old[kept]))
    assert (new.vectors(np.array([0, 1, 2, len(old) - 1])) * wanted[[0, 1, 2, -1]]).sum(axis=1).min() > 0.97
    assert new.search(fresh[1], 1)[0].tolist() == [1]


class _Only:
    """A generation of which only the vectors matter."""

    def __init__(self, dense: Dense) -> None:
        self.dense = dense


def test_where_a_byte_does_not_tell_vectors_apart_two_do(tmp_path: Path) -> None:
    chance = np.random.default_rng(7)
    centres = _unit(chance.standard_normal((60, _DIMENSION))).repeat(100, axis=0)
    alike = _unit(centres + 1e-3 * chance.standard_normal((_COUNT, _DIMENSION)))
    made = _new(VectorPlan(None, [], list(range(_COUNT))), alike)
    assert _written(tmp_path / "v.faiss", made, alike).bytes == 2


def test_packed_vectors_are_nearly_what_they_were_and_of_unit_length(vectors: Vectors) -> None:
    unpacked = quantized.unpacked(quantized.packed(vectors), _DIMENSION)
    assert quantized.packed(vectors).itemsize == 2 + _DIMENSION * 5 // 8
    np.testing.assert_allclose(np.linalg.norm(unpacked, axis=1), 1, atol=1e-3)
    assert np.sum(unpacked * vectors, axis=1).min() > 0.97


@pytest.mark.parametrize("pack", [False, True])
def test_sentences_are_written_in_any_order_and_moved_between_files(
    vectors: Vectors,
    tmp_path: Path,
    pack: bool,  # noqa: FBT001 -- a parameter of pytest
) -> None:
    for name in ("old", "new"):
        with (tmp_path / name).open("wb") as file:
            writer = SentenceWriter(file, 20, _DIMENSION, pack=pack if name == "old" else True)
            if name == "old":
                writer.put(12, vectors[12:20])
                writer.put(0, vectors[:12])
            else:
                writer.move(0, SentenceFile(tmp_path / "old", _DIMENSION), 10, 10)
                writer.move(10, SentenceFile(tmp_path / "old", _DIMENSION), 0, 10)
    old, new = (SentenceFile(tmp_path / name, _DIMENSION) for name in ("old", "new"))
    assert (old.is_packed, new.is_packed, len(new)) == (pack, True, 20)
    order = np.r_[10:20, 0:10]
    np.testing.assert_allclose(new.vectors(np.arange(20)), old.vectors(order), atol=0 if pack else 0.15)
    np.testing.assert_allclose(old.vectors(np.array([3, 4, 17])), vectors[[3, 4, 17]], atol=0.15 if pack else 1e-3)
    for rows in ([20], [-1]):
        with pytest.raises(DamagedError):
            old.vectors(np.array(rows))


_ANIMALS = ("cat", "dog", "ferret", "heron", "newt", "otter", "pike", "raven", "shrew", "toad")


_QUESTION = "How many hours does the otter of house 25 sleep?"


def _many(library: Library) -> None:
    for number in range(60):
        animal = _ANIMALS[number % 10]
        library.write(
            f"{number:02}.md",
            f"# The {animal} of house {number}\n\nThe {animal} sleeps {number + 3} hours. It eats {number} fish.\n\n"
            f"## Its home\n\nHouse {number} has a garden for the {animal}. It was built in {1900 + number}.\n",
        )


def test_an_index_in_clusters_answers_and_is_rebuilt_by_what_changed(library: Library) -> None:
    _many(library)
    builder = library.builder(BuildSettings(exact_up_to=50))
    builder.build(library.documents, quiet)
    assert library.ask(_QUESTION).quotes[0].text.startswith("The otter sleeps 28 hours.")
    before = _checked(library)
    assert before.manifest.clustering is not None
    assert before.manifest.clustering.recall >= FLOOR
    assert before.sentences.is_packed
    library.write("25.md", "# The otter of house 25\n\nNew words come first.\n\nThe otter sleeps 99 hours.\n")
    library.write("aa.md", "# The zebra\n\nThe zebra sleeps 7 hours.\n")
    (library.documents / "00.md").unlink()
    report = builder.build(library.documents, quiet)
    assert report.encoded == 2
    assert library.ask(_QUESTION).quotes[0].text.startswith("The otter sleeps 99 hours.")
    assert library.ask("How long does the zebra sleep?").quotes[0].text == "The zebra sleeps 7 hours."
    after = _checked(library)
    assert after.manifest.clustering is not None
    assert after.manifest.clustering.trained == before.manifest.counts.passages
    row, old = (_span(generation, "40.md") for generation in (after, before))
    np.testing.assert_array_equal(
        after.dense.vectors(np.arange(row.row, row.row + 2)), before.dense.vectors(np.arange(old.row, old.row + 2))
    )
    assert after.sentences.stored(row.sentence, 4).tobytes() == before.sentences.stored(old.sentence, 4).tobytes()


def test_what_is_unlike_all_that_clusters_were_found_for_is_stored_as_it_is(library: Library) -> None:
    """A byte holds the range of what it was trained on: new clusters are found, or two bytes taken."""
    for number in range(600):
        library.write(f"{number:03}.md", f"# Ticket {number}\n\nThe printer on floor {number % 40} does not print.\n")
    builder = library.builder(BuildSettings(exact_up_to=100))
    builder.build(library.documents, quiet)
    assert _checked(library).manifest.clustering is not None
    library.write("000a.md", "# Bread\n\nKnead the rye dough, let it rest overnight, and bake it in a cast-iron pot.\n")
    builder.build(library.documents, quiet)
    assert _checked(library).manifest.clustering is not None
    assert library.ask("How long does the rye dough rest?").quotes[0].source == "000a.md"


def test_an_index_that_shrinks_is_searched_exactly_again_without_the_model(library: Library) -> None:
    _many(library)
    library.builder(BuildSettings(exact_up_to=50)).build(library.documents, quiet)
    (library.documents / "00.md").unlink()
    report = library.builder(BuildSettings(exact_up_to=500)).build(library.documents, quiet)
    generation = _checked(library)
    assert (report.encoded, generation.manifest.clustering, generation.sentences.is_packed) == (0, None, False)
    assert (
        library.ask("How many hours does the otter of house 25 sleep?")
        .quotes[0]
        .text.startswith("The otter sleeps 28 hours.")
    )


def _span(generation: Generation, source: str) -> Span:
    number = generation.catalogue.id_of(source)
    return generation.catalogue.span(range(number, number + 1))


def _checked(library: Library) -> Generation:
    generation = library.shelf.open()
    assert verify(generation.folder, lambda _done, _total: None) == []
    return generation
