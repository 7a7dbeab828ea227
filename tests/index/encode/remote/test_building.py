"""Indexes built here and asked elsewhere, built elsewhere and asked here, and builds that a server ends."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from serving import Serving, serving

from index.arrays import Vectors
from index.encode import probes
from index.encode.encoder import Encoder
from index.encode.remote.patience import Patience
from index.errors import BuildError, OtherModelError
from index.store import manifest
from index.store.disk.generation import Generation
from index.store.manifest import Manifest
from tests.index.conftest import CATS, ROVER, Library, every_vector
from tests.index.encode.remote.conftest import model_of, remote

_QUESTION = "How long do cats sleep?"
_SLEEP = "sixteen hours"


def _recipe(library: Library) -> manifest.Recipe:
    place = library.shelf.place()
    return manifest.read(place, place.name.rpartition("-")[2]).recipe


def _sentences(generation: Generation) -> Vectors:
    return generation.sentence_vectors(np.arange(generation.manifest.counts.sentences))


def test_an_index_built_here_is_asked_elsewhere_with_the_same_answers(library: Library, server: Serving) -> None:
    library.write("cats.md", CATS)
    library.write("rover.txt", ROVER)
    library.build()
    there = replace(library, encoder=remote(server.url))
    for question in (_QUESTION, "What are its wheels made of?", "Which team won the cup?"):
        here, elsewhere = library.ask(question), there.ask(question)
        assert [quote.text for quote in elsewhere.quotes or elsewhere.closest] == [
            quote.text for quote in here.quotes or here.closest
        ]
        assert elsewhere.confidence == pytest.approx(here.confidence, abs=1e-3)


def test_an_index_stays_until_the_documents_change_and_then_holds_one_kind_of_sentences(
    library: Library, server: Serving
) -> None:
    library.write("cats.md", CATS)
    name = library.build().generation
    there = replace(library, encoder=remote(server.url))
    assert not there.builder().is_stale(library.documents)
    assert there.build().generation == name
    assert server.asked == []
    library.write("rover.txt", ROVER)
    report = there.build()
    assert (report.swapped, report.anew, report.added) == (True, True, ("rover.txt",))
    assert report.encoded == report.passages
    assert _recipe(library).second_pass
    library.write("rover.txt", ROVER.replace("seven", "eight"))
    report = there.build()
    assert (report.swapped, report.anew) == (True, False)
    assert report.encoded < report.passages
    assert not library.builder().is_stale(library.documents)
    assert _SLEEP in library.ask(_QUESTION).quotes[0].text
    library.write("more.txt", "The village has a pond.")
    report = library.build()
    assert (report.swapped, report.anew) == (True, True)
    assert not _recipe(library).second_pass


def test_the_vectors_of_passages_are_the_same_wherever_they_were_made(library: Library, server: Serving) -> None:
    library.write("cats.md", CATS)
    replace(library, encoder=remote(server.url)).build()
    there = library.shelf.open()
    library.build(fresh=True)
    here = library.shelf.open()
    assert float((every_vector(there.dense) * every_vector(here.dense)).sum(axis=1).min()) > 0.9999
    assert float((_sentences(there) * _sentences(here)).sum(axis=1).min()) < 0.999
    assert there.manifest.probes is not None
    there.close()
    here.close()


def test_a_manifest_of_before_says_neither_and_agrees_with_both(library: Library) -> None:
    library.write("cats.md", CATS)
    library.build()
    path = library.shelf.place() / manifest.FILE_NAME
    fields = json.loads(path.read_text())
    del fields["probes"], fields["recipe"]["second_pass"]
    before = Manifest.model_validate(fields)
    assert before.recipe == _recipe(library)
    assert before.recipe.agrees_with(before.recipe.model_copy(update={"second_pass": True}))
    assert not before.recipe.agrees_with(before.recipe.model_copy(update={"passage_tokens": 7}))
    assert probes.read(before.probes) is None


def test_a_build_on_a_server_with_another_model_changes_nothing(library: Library, cls_model: Encoder) -> None:
    library.write("cats.md", CATS)
    name = library.build().generation
    library.write("rover.txt", ROVER)
    with serving(model_of(cls_model)) as running:
        there = replace(library, encoder=remote(running.url))
        with pytest.raises(BuildError, match="does not give the vectors of"):
            there.build()
        assert len(running.asked) == 1, "it is found out before anything is read"
    assert library.shelf.current() == name
    assert library.leftovers() == set()
    assert _SLEEP in library.ask(_QUESTION).quotes[0].text


def test_a_server_that_goes_away_in_mid_build_changes_nothing(library: Library, server: Serving) -> None:
    library.write("cats.md", CATS)
    name = library.build().generation
    for number in range(300):
        library.write(f"notes/{number}.txt", f"Note {number} says {number} things. It is short.")
    brief = Patience(connect=5, answer=30, all=60, pauses=(0.05,))
    there = replace(library, encoder=remote(server.url, building=brief))
    seen = []

    def stop_while_encoding(step: str, done: int, _total: int) -> None:
        seen.append(step)
        if step == "encoding" and done:
            server.stop()

    with pytest.raises(BuildError, match=r"The encoder at http://127\.0\.0\.1:\d+ .*QUOTH_ENCODER_URL\.$"):
        there.build(stop_while_encoding)
    assert "encoding" in seen
    assert library.shelf.current() == name
    assert library.leftovers() == set()
    server.start()
    report = there.build()
    assert (report.swapped, report.documents) == (True, 301)


def test_a_model_that_nothing_was_known_of_is_known_by_the_index(
    library: Library, other_model: Encoder, cls_model: Encoder
) -> None:
    """What the first build took on trust, the next one is held against."""
    library.write("cats.md", CATS)
    with serving(model_of(other_model)) as running:
        replace(library, encoder=remote(running.url, name=other_model.name)).build()
        library.write("rover.txt", ROVER)
        running.model = model_of(cls_model)
        with pytest.raises(BuildError, match="likeness"):
            replace(library, encoder=remote(running.url, name=other_model.name)).build()
        asked = remote(running.url, name=other_model.name)
        asked.questions(["Who?"])
        with pytest.raises(OtherModelError, match="vectors of another model"):
            replace(library, encoder=asked).build()
