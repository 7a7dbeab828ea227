"""What holds of an index wherever it is kept: what is stored, and found, over a folder and over Milvus alike.

How generations come and go is tested over Milvus alone: `test_build.py` and `test_shelf.py` say the same of the folder.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.scope import SearchScope
from index.answer.search import Search
from index.encode.encoder import Encoder
from index.errors import (
    BusyError,
    DocumentsError,
    NoIndexError,
    NothingToReadError,
    OtherModelError,
    OtherVersionError,
    SourceError,
)
from index.store.fallback import open_sound
from index.store.lookup import named
from index.store.milvus.pieces import cut
from tests.index.conftest import CATS, PAGES, ROVER, Library, pdf

from .conftest import in_each

_QUESTION = "How long do cats sleep each day?"
_SLEEP = "sixteen hours"


@pytest.fixture
def filled(library: Library) -> Library:
    """A library with an index."""
    library.write("animals/cats.md", CATS)
    library.build()
    return library


@pytest.fixture
def diverse(library: Library) -> Library:
    """One of a Markdown file, a text and a PDF."""
    library.write("animals/cats.md", CATS)
    library.write("rover.txt", ROVER)
    library.write("treaty.pdf", pdf(*PAGES))
    library.build()
    return library


def _ask(library: Library, question: str) -> str:
    answer = library.ask(question)
    return (answer.quotes or answer.closest)[0].text


@in_each
def test_what_was_built_is_whole_and_answers_with_the_place(diverse: Library) -> None:
    assert diverse.shelf.faults(diverse.shelf.current(), lambda _done, _of: None) == []
    quote = diverse.ask("Who built the bridge over the river Velm?").quotes[0]
    assert "Anna Korhonen" in quote.text
    assert (quote.source, quote.page, quote.lines) == ("treaty.pdf", 2, (1, 2))
    quote = diverse.ask(_QUESTION).quotes[0]
    assert (quote.title, quote.url, quote.section) == ("All about cats", "https://cats.example/all", ("Cats",))
    generation = diverse.shelf.open()
    stored = generation.catalogue.document(quote.source)
    assert stored.text[quote.start : quote.end] == quote.text
    assert generation.is_there()
    with pytest.raises(SourceError):
        named(generation.catalogue.sources, "dogs")
    generation.close()


@in_each
def test_only_what_changed_is_encoded_and_all_is_as_if_built_anew(diverse: Library) -> None:
    diverse.write("animals/cats.md", CATS.replace("sixteen", "seventeen"))
    diverse.write("added.txt", "The ferry leaves at nine. It takes two hours.\n")
    (diverse.documents / "treaty.pdf").rename(diverse.documents / "Vertrag „1348“.pdf")
    report = diverse.build()
    assert (report.swapped, report.encoded, report.documents) == (True, 4, 4), "a new name is another title"
    assert "seventeen hours" in _ask(diverse, _QUESTION)
    assert diverse.shelf.faults(report.generation, quiet_check) == []
    kept = diverse.shelf.open()
    diverse.build(fresh=True)
    anew = diverse.shelf.open()
    rows = np.arange(len(anew.dense))
    assert np.allclose(kept.dense.vectors(rows), anew.dense.vectors(rows), atol=1e-5)
    for source, other in zip(kept.catalogue.sources, anew.catalogue.sources, strict=True):
        assert source == other
        assert kept.catalogue.document_by_id(source.id).text == anew.catalogue.document_by_id(source.id).text
        stored = kept.catalogue.passages_of(source.id)
        assert stored == anew.catalogue.passages_of(source.id)
        assert np.allclose(kept.vectors_in(stored), anew.vectors_in(stored), atol=2e-3)


def quiet_check(_done: int, _of: int) -> None:
    """Take no notice."""


def test_nothing_is_swapped_where_nothing_has_changed(filled: Library) -> None:
    name = filled.shelf.current()
    assert not filled.builder().is_stale(filled.documents)
    report = filled.build()
    assert (report.swapped, report.generation, filled.shelf.names()) == (False, name, [name])


def test_the_last_three_stay_and_one_goes_back_to_what_was_in_use_before(library: Library) -> None:
    names = []
    for hours in range(10, 15):
        library.write("a.md", f"# Cats\n\nCats sleep {hours} hours a day.\n")
        names.append(library.build().generation)
    shelf = library.shelf
    assert shelf.names() == names[2:]
    assert shelf.fallbacks() == [names[3], names[2]]
    assert shelf.rollback().name == shelf.current() == names[3]
    assert "13 hours" in _ask(library, _QUESTION)
    assert shelf.gone_back_from() == [names[4]]
    assert shelf.rollback().name == names[2]
    assert shelf.gone_back_from() == [names[3], names[4]]
    assert shelf.fallbacks() == []
    with pytest.raises(NoIndexError, match="no generation to go back to"):
        shelf.rollback()
    library.write("a.md", "# Cats\n\nCats sleep 20 hours a day.\n")
    last = library.build().generation
    assert last > names[4]
    assert shelf.gone_back_from() == []
    assert shelf.rollback().name == names[2], "not one that somebody had gone back from"


@in_each
def test_what_is_to_be_erased_is_in_no_generation_that_one_could_go_back_to(library: Library) -> None:
    library.write("a.md", CATS)
    without = library.build().generation
    library.write("uploads/rover.txt", ROVER)
    library.build()
    library.write("b.txt", "The ferry leaves at nine.\n")
    library.build()
    shelf = library.shelf
    (library.documents / "uploads" / "rover.txt").unlink()
    shelf.erasures.note("uploads/")
    after = library.build().generation
    assert shelf.names() == [without, after]
    assert not shelf.erasures.pending()
    assert shelf.rollback().name == without


@in_each
def test_what_could_not_be_removed_is_not_gone_back_to_either(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write("rover.txt", ROVER)
    library.build()
    library.write("rover.txt", ROVER.splitlines()[0])
    shelf = library.shelf
    shelf.erasures.note("rover.txt")
    with monkeypatch.context() as patched:
        patched.setattr(type(shelf), "remove", lambda *_: None)
        library.build()
    assert len(shelf.names()) == 2
    assert shelf.fallbacks() == []
    with pytest.raises(NoIndexError):
        shelf.rollback()
    assert not library.build().swapped
    assert len(shelf.names()) == 1
    assert not shelf.erasures.pending()


@in_each
def test_once_all_is_erased_there_is_no_index_until_something_is_added(library: Library) -> None:
    library.write("uploads/rover.txt", ROVER)
    library.build()
    library.write("uploads/rover.txt", ROVER.splitlines()[0])
    library.build()
    shelf = library.shelf
    assert not shelf.is_emptied()
    (library.documents / "uploads" / "rover.txt").unlink()
    with pytest.raises(NothingToReadError):  # which may be a disk that is away
        library.build()
    assert len(shelf.names()) == 2
    shelf.erasures.note("uploads/rover.txt")
    report = library.build()
    assert (report.emptied, report.generation, report.removed) == (True, "", ("uploads/rover.txt",))
    assert shelf.is_emptied()
    assert shelf.names() == []
    assert not shelf.erasures.pending()
    for use in (shelf.current, shelf.open, shelf.rollback):
        with pytest.raises(NoIndexError):
            use()
    library.write("broken.pdf", "this is no PDF")
    if shelf.is_shared:
        with pytest.raises(NothingToReadError):
            library.build()
    else:
        assert [left.source for left in library.build().left_out] == ["broken.pdf"]
    library.write("a.md", CATS)
    added = library.build().generation
    assert shelf.names() == [added]
    assert "250 grams" in library.ask("How much meat does a cat eat?").quotes[0].text
    with pytest.raises(NoIndexError):
        shelf.rollback()


@in_each
def test_emptying_that_is_broken_off_is_gone_on_with(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (ROVER, ROVER.splitlines()[0]):
        library.write("uploads/rover.txt", words)
        library.build()
    shelf = library.shelf
    (library.documents / "uploads" / "rover.txt").unlink()
    shelf.erasures.note("uploads/")
    removal = "drop" if shelf.is_shared else "remove"
    with monkeypatch.context() as patched:
        patched.setattr(type(shelf), removal, killed)
        with pytest.raises(KeyboardInterrupt):
            library.build()
    assert shelf.names()
    assert shelf.fallbacks() == []
    assert library.build().emptied
    assert shelf.names() == []
    assert not shelf.erasures.pending()


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_without_an_index_the_error_says_how_to_make_one(library: Library) -> None:
    assert library.shelf.names() == []
    for use in (library.shelf.current, library.shelf.open):
        with pytest.raises(NoIndexError, match="run `quoth index build`"):
            use()
    with pytest.raises(DocumentsError):
        library.build()
    with pytest.raises(NoIndexError):
        library.shelf.open()


def test_an_index_of_another_model_is_refused_and_built_anew(filled: Library, other_model: Encoder) -> None:
    with pytest.raises(OtherModelError, match="run `quoth index build`"):
        open_sound(filled.shelf, lambda generation: generation.check_model(other_model.name, other_model.fingerprint))
    other = Library(filled.documents, filled.shelf, other_model)
    assert other.builder().is_stale(filled.documents)
    report = other.build()
    assert (report.swapped, report.encoded) == (True, report.passages)
    filled.shelf.open().check_model(other_model.name, other_model.fingerprint)


def test_an_index_of_an_older_layout_is_refused_and_built_anew(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.disk.layout.FORMAT", 99)
    with pytest.raises(OtherVersionError, match="another version of Quoth: run `quoth index build`"):
        filled.shelf.open()
    assert filled.build().encoded == 3
    assert _SLEEP in _ask(filled, _QUESTION)


def test_a_build_that_is_interrupted_changes_nothing(filled: Library) -> None:
    name = filled.shelf.current()
    filled.write("b.txt", "The ferry leaves at nine.\n")

    def interrupt(under_way: str, done: int, _total: int) -> None:
        if under_way == "writing" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.build(interrupt)
    assert (filled.shelf.names(), filled.shelf.current()) == ([name], name)
    assert filled.build().swapped


@pytest.mark.parametrize("first", [True, False])
def test_an_interrupted_swap_leaves_no_generation_behind(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    first: bool,  # noqa: FBT001 -- a parameter of pytest
) -> None:
    def interrupted(_shelf: object, _name: str) -> None:
        raise KeyboardInterrupt

    library.write("rover.txt", ROVER)
    names = [] if first else [library.build().generation]
    library.write("b.txt", "The ferry leaves at nine.\n")
    with monkeypatch.context() as patched:
        patched.setattr(type(library.shelf), "use", interrupted)
        with pytest.raises(KeyboardInterrupt):
            library.build()
    assert library.shelf.names() == names
    assert library.build().swapped


def test_whoever_reads_goes_on_reading_while_others_swap(filled: Library) -> None:
    answerer = filled.answerer()
    for hours in range(20, 22):
        filled.write("animals/cats.md", CATS.replace("sixteen", str(hours)))
        filled.build()
        assert _SLEEP in answerer.answer(Asked(_QUESTION)).quotes[0].text
        assert f"{hours} hours" in _ask(filled, _QUESTION)
    answerer.generation.close()


def test_two_builds_at_once_are_one_too_many(filled: Library) -> None:
    with filled.shelf.lock():
        with pytest.raises(BusyError, match="Another build is under way"):
            filled.build(fresh=True)
        with pytest.raises(BusyError):
            filled.shelf.rollback()
    assert filled.build(fresh=True).swapped


@in_each
def test_nothing_outside_a_scope_is_ever_a_candidate(library: Library) -> None:
    """However few, many or scattered its documents are: in both searches, and in what words weigh."""
    for number in range(150):
        library.write(f"{number:03d}.txt", f"Ferry {number} leaves the harbour at nine.\n")
    library.build()
    generation = library.shelf.open()
    search = Search(generation)
    vector = library.encoder.questions(["When does the ferry leave?"])[0]
    names = [source.source for source in generation.catalogue.sources]
    for chosen in (names[:3], names[3:], names[::2], names[::1], [names[0], *names[70:75]], names[:0], ["nowhere"]):
        inside = {names.index(name) for name in chosen if name in names}
        hits = search.search("When does the ferry leave?", vector, 200, chosen)
        owners = {stored.document for stored in generation.catalogue.passages(hits.rows.tolist())}
        assert owners <= inside
        assert len(owners) >= min(len(inside), 50)
        part = SearchScope(generation, frozenset(chosen))
        assert part.passages == part.passages_with("ferri") == len(inside)
        assert part.passages_with("zanzibar") == 0
    generation.close()


@in_each
def test_what_only_closed_documents_say_changes_nothing(library: Library) -> None:
    library.write("open.md", CATS)
    library.write("staff/plan.md", "The zanzibar merger is signed in March. Cats are sold.\n")
    library.build()
    answerer: Answerer = library.answerer()
    for question in ("When is the zanzibar merger signed?", "When is the qwertyzo merger signed?"):
        answer = answerer.answer(Asked(question, seen=frozenset(["open.md"])))
        assert {quote.source for quote in (*answer.quotes, *answer.closest)} <= {"open.md"}
    answers = [
        answerer.answer(Asked(f"When is the {word} merger signed?", seen=frozenset(["open.md"])))
        for word in ("zanzibar", "qwertyzo")
    ]
    assert abs(answers[0].confidence - answers[1].confidence) < 0.05
    answerer.generation.close()


@in_each
def test_a_long_document_in_any_script_comes_back_to_the_letter(library: Library, tmp_path: Path) -> None:
    """Longer than what Milvus holds in one piece, with characters of one to four bytes."""
    text = "\n\n".join(f"Absatz {number}: Straße 北京 “zitiert” \\ ' {'ä😀' * 400}." for number in range(10))
    assert len(list(cut(text))) > 1
    (tmp_path / "documents" / "Straße").mkdir()
    library.write("Straße/lang.txt", text)
    library.write("Straße/'quoted\".txt", "The ferry to Velm takes two hours.\n")
    library.build()
    generation = library.shelf.open()
    assert generation.catalogue.document("Straße/lang.txt").text == text
    assert library.shelf.faults(generation.name, quiet_check) == []
    assert "two hours" in _ask(library, "How long does the ferry to Velm take?")
    assert "Absatz 7" in _ask(library, "Absatz 7")
    generation.close()
