"""Words that people write as one and documents as two, and the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.compounds import joined, parted
from index.answer.scope import SearchScope
from tests.index.conftest import Library

_PAGES = {
    "ore.md": "# Anti-cheat\n\nThe `engine-mode` key hides ores from x-ray packs.\n\nMode two adds fake ones.\n",
    "boards.md": "# Boards\n\nThe RaspberryPi image boots from a card.\n\nIts autoSaveInterval is five minutes.\n",
    "other.md": "# Light\n\nA ray of light meets the x axis.\n\nThe card lies in a box.\n",
    "staff/secret.md": "# Staff\n\nThe night watch keeps the pass-phrase.\n",
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, built: Library) -> Answerer:
    folder = tmp_path_factory.mktemp("compounds")
    library = Library(folder / "documents", type(built.shelf)(folder / "data"), built.encoder)
    for source, text in _PAGES.items():
        library.write(source, text)
    library.build()
    return library.answerer()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("how do i stop xray", "how do i stop x-ray"),
        ("where is engineMode set", "where is engine-Mode set"),
        ("where is the passphrase", "where is the pass-phrase"),
        ("where is the raybox", "where is the raybox"),
        ("what does `xray` do", "what does `xray` do"),
        ("how do i stop x-ray packs", "how do i stop x-ray packs"),
    ],
)
def test_a_word_that_documents_write_in_two_is_parted(answerer: Answerer, typed: str, written: str) -> None:
    assert parted(typed, SearchScope(answerer.generation, None), answerer.generation) == written


def test_a_document_that_may_not_be_seen_parts_no_word(answerer: Answerer) -> None:
    seen = SearchScope(answerer.generation, frozenset({"ore.md"}))
    assert parted("where is the passphrase", seen, answerer.generation) == "where is the passphrase"
    assert joined("raspberry pi", seen) == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("does it boot on a raspberry pi", ["raspberrypi"]),
        ("what is the auto save interval", ["autosaveinterval"]),
        ("is the card in a box", []),
        ("", []),
    ],
)
def test_what_documents_write_in_one_word_is_searched(answerer: Answerer, typed: str, names: list[str]) -> None:
    assert joined(typed, SearchScope(answerer.generation, None)) == names


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("how do i stop xray?", "ore.md"),
        ("does it boot on raspberry pi?", "boards.md"),
        ("change auto save interval", "boards.md"),
    ],
)
def test_what_is_written_otherwise_is_found(answerer: Answerer, question: str, source: str) -> None:
    answer = answerer.answer(Asked(question))
    assert (answer.quotes or answer.closest)[0].source == source
    assert answer.question == question


def test_a_name_covers_the_words_it_is_made_of(tmp_path: Path, built: Library) -> None:
    library = Library(tmp_path / "documents", type(built.shelf)(tmp_path / "data"), built.encoder)
    library.write("a.md", "# Limits\n\nSet maxplayers to sixteen.\n\nPlayers come and go, at most once a day.\n")
    library.build()
    trace = next(library.answerer().trace_all([Asked("max players")]))
    assert trace.choice_trace is not None
    candidates = trace.choice_trace.candidates
    best = candidates.sentences[int(candidates.coverage.total.argmax())]
    assert candidates.documents[0].text[best.start : best.end] == "Set maxplayers to sixteen."


def test_words_are_those_of_the_language_of_the_documents(tmp_path: Path, built: Library) -> None:
    library = Library(tmp_path / "documents", type(built.shelf)(tmp_path / "data"), built.encoder)
    library.write(
        "a.md",
        "# Konto\n\nDie Kontoeinstellungen stehen im Menü unter deinem Namen.\n\n"
        "Den Passwort-Vergleich macht das Programm beim Anmelden, und die Kosten trägt der Verein.\n",
    )
    library.build()
    generation = library.shelf.open()
    scope = SearchScope(generation, None)
    assert joined("wo sind die konto einstellungen", scope) == ["kontoeinstellungen"]
    assert parted("was macht der Passwortvergleich", scope, generation) == "was macht der Passwort-vergleich"
