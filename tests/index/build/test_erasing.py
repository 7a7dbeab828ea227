"""What is to be erased goes past the guard only where the index in use holds it."""

from __future__ import annotations

import pytest

from index.build import erasing
from index.build.builder import Builder, BuildReport, BuildSettings, Verdict
from index.build.erasing import erase_at_once
from index.errors import NothingToReadError
from index.library.library import as_library
from tests.index.conftest import CATS, ROVER, Library, quiet


def guarded(library: Library) -> BuildReport:
    """Build under a guard that refuses everything."""
    guard = lambda *_: Verdict(("When?",), keeps=False)  # noqa: E731
    return Builder(library.shelf, library.encoder, BuildSettings(), guard).build(library.documents, quiet)


def test_a_note_about_what_is_not_held_puts_nothing_in_use_and_is_done(library: Library) -> None:
    library.write("a.md", CATS)
    used = library.build().generation
    library.write("rover.txt", ROVER)
    library.shelf.erasures.note("uploads/gone.md")
    library.shelf.erasures.note("rover.txt")  # removed and put back before anything was built of it
    report = guarded(library)
    assert report.aside
    assert library.shelf.current() == used
    assert not library.shelf.erasures.pending()
    assert report.aside in library.shelf.names()


def test_a_note_about_what_is_held_is_heeded_whatever_the_guard_says(library: Library) -> None:
    library.write("a.md", CATS)
    library.write("uploads/rover.txt", ROVER)
    used = library.build().generation
    (library.documents / "uploads" / "rover.txt").unlink()
    library.shelf.erasures.note("uploads/")
    assert erase_at_once(library.shelf, as_library(library.documents))
    assert library.shelf.erasures.pending()
    report = guarded(library)
    assert report.swapped
    assert library.shelf.names() == [report.generation]
    assert report.generation != used
    assert not library.shelf.erasures.pending()


def test_what_only_other_generations_hold_is_erased_without_a_build(library: Library) -> None:
    library.write("a.md", CATS)
    used = library.build().generation
    library.write("rover.txt", ROVER)
    library.build()
    library.shelf.rollback().close()
    (library.documents / "rover.txt").unlink()
    library.shelf.erasures.note("rover.txt")
    assert not erase_at_once(library.shelf, as_library(library.documents))
    assert library.shelf.names() == [used]
    assert not library.shelf.erasures.pending()


def test_a_build_may_begin_while_the_documents_are_compared_with_the_index(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it has put in use and erased is left alone then."""
    library.write("a.md", CATS)
    library.write("rover.txt", ROVER)
    library.build()
    (library.documents / "rover.txt").unlink()
    library.shelf.erasures.note("rover.txt")
    real, built = erasing.survey, []

    def survey(*given: object) -> object:
        surveyed = real(*given)
        built.append(library.build().generation)
        return surveyed

    monkeypatch.setattr(erasing, "survey", survey)
    assert not erase_at_once(library.shelf, as_library(library.documents))
    assert library.shelf.names() == built


def test_the_words_of_the_last_document_are_nowhere_on_the_disk_once_it_is_removed(library: Library) -> None:
    library.write("uploads/rover.txt", ROVER)
    library.build()
    library.write("uploads/more.txt", "The ferry leaves at nine.\n")
    library.build()
    data = library.shelf.folder
    assert any(b"Tenacity" in path.read_bytes() for path in data.rglob("*") if path.is_file())
    for name in ("rover.txt", "more.txt"):
        (library.documents / "uploads" / name).unlink()
        library.shelf.erasures.note(f"uploads/{name}")
    (library.documents / "broken.pdf").write_text("this is no PDF")
    assert erase_at_once(library.shelf, as_library(library.documents))
    report = library.build()
    assert report.emptied
    assert not any(b"Tenacity" in path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert not erase_at_once(library.shelf, as_library(library.documents))
    assert library.leftovers() == {"erasures"}


def test_a_document_that_is_still_there_and_cannot_be_read_empties_nothing(library: Library) -> None:
    """A channel's document is noted where a message of it was deleted: the others are not to go with it."""
    library.write("uploads/rover.txt", ROVER)
    used = library.build().generation
    library.write("uploads/rover.txt", b"")
    library.shelf.erasures.note("uploads/rover.txt")
    with pytest.raises(NothingToReadError):
        library.build()
    assert library.shelf.current() == used
    assert library.shelf.erasures.pending()


@pytest.mark.parametrize("noted", [[], ["rover.txt"]])
def test_a_folder_that_is_empty_and_not_by_notes_leaves_the_index_as_it_is(library: Library, noted: list[str]) -> None:
    library.write("a.md", CATS)
    library.write("rover.txt", ROVER)
    used = library.build().generation
    for path in library.documents.iterdir():
        path.unlink()
    for source in noted:
        library.shelf.erasures.note(source)
    with pytest.raises(NothingToReadError, match="holds no document"):
        library.build()
    assert library.shelf.current() == used
    assert "250 grams" in library.ask("How much meat does a cat eat?").quotes[0].text
    assert list(library.shelf.erasures.pending().values()) == noted
