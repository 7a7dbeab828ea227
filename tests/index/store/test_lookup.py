"""Finding a document by name, and a place in it."""

from __future__ import annotations

import contextlib
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answer.answerer import Answerer
from index.errors import SourceError
from index.store import lookup
from index.store.values import Source, StoredDocument
from tests.index.conftest import Library


def _sources(*names: tuple[str, str]) -> list[Source]:
    return [Source(i, source, title, None, ((), ("Setup",))) for i, (source, title) in enumerate(names)]


_SOME = _sources(
    ("readme.md", "Welcome"), ("guides/readme.md", "Guides"), ("guides/Straße.md", "Roads"), ("faq.txt", "Questions")
)


@pytest.fixture(scope="session")
def cats(built: Library) -> StoredDocument:
    return built.shelf.open().catalogue.document("animals/cats.md")


@pytest.fixture(scope="session")
def treaty(built: Library) -> StoredDocument:
    return built.shelf.open().catalogue.document("treaty.pdf")


def _texts(excerpt: lookup.Excerpt) -> list[str]:
    return [excerpt.document.text[block.start : block.end] for block in excerpt.blocks]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("faq.txt", "faq.txt"),
        ("FAQ", "faq.txt"),
        (" questions ", "faq.txt"),
        ("quest", "faq.txt"),
        ("STRASSE", "guides/Straße.md"),
        ("guides/readme.md", "guides/readme.md"),
        ("readme.md", "readme.md"),
    ],
)
def test_a_document_goes_by_its_source_file_name_title_or_a_part(name: str, source: str) -> None:
    assert lookup.named(_SOME, name).source == source


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("readme", "2 documents go by the name 'readme': readme.md, guides/readme.md; name one in full"),
        ("qestions.txt", "did you mean faq.txt"),
        ("zzzzzz", "`quoth source list`"),
        ("", "No document goes by the name ''"),
        (" ", "No document goes by the name ' '"),
    ],
)
def test_a_name_that_is_not_one_documents_is_explained(name: str, message: str) -> None:
    with pytest.raises(SourceError) as error:
        lookup.named(_SOME, name)
    assert message in str(error.value)


def test_what_is_like_a_name_is_found_best_first() -> None:
    matches = lookup.find(_SOME, "straße roads", 3)
    assert matches[0].source == "guides/Straße.md"
    assert len(matches) <= 3
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    assert {match.section for match in lookup.find(_SOME, "setup", 10)} == {("Setup",)}
    assert lookup.find(_SOME, "zzzzzz", 3) == []


@given(name=st.text(), line=st.integers(-5, 60), page=st.none() | st.integers(-1, 4))
@settings(max_examples=150)
def test_whatever_is_looked_up_is_found_or_explained(
    answerer: Answerer, name: str, line: int, page: int | None
) -> None:
    catalogue = answerer.generation.catalogue
    lookup.find(catalogue.sources, name, 5)
    with contextlib.suppress(SourceError):
        assert lookup.named(catalogue.sources, name) in catalogue.sources
    for source in ("animals/cats.md", "treaty.pdf"):
        document = catalogue.document(source)
        for look in (
            partial(lookup.at_section, document, name),
            partial(lookup.at_line, document, line, page, abs(line) % 4),
            partial(lookup.at_page, document, page or 0),
        ):
            with contextlib.suppress(SourceError):
                excerpt = look()
                assert 0 <= excerpt.first < excerpt.last <= len(excerpt.blocks)


def test_a_section_comes_whole(cats: StoredDocument) -> None:
    assert _texts(lookup.at_section(cats, "doors"))[:2] == ["Doors", "This program opens the cat flap:"]
    assert len(_texts(lookup.at_section(cats, "Food"))) == 5
    with pytest.raises(SourceError, match="did you mean Cats › Food"):
        lookup.at_section(cats, "Foood")
    with pytest.raises(SourceError, match="has 2 sections 'o'"):
        lookup.at_section(cats, "o")


def test_a_section_is_named_by_its_whole_path_where_another_ends_like_it(library: Library) -> None:
    library.write("a.md", "# T\n\n## Fixed\n\nOne.\n\n## New\n\n### Fixed\n\nTwo.\n")
    library.build()
    document = library.shelf.open().catalogue.document("a.md")
    assert _texts(lookup.at_section(document, "Fixed")) == ["Fixed", "One."]
    assert _texts(lookup.at_section(document, "New › Fixed")) == ["Fixed", "Two."]


def test_a_line_comes_with_what_is_around_it(cats: StoredDocument, treaty: StoredDocument) -> None:
    excerpt = lookup.at_line(cats, 11, None, 1)
    asked = _texts(excerpt)[excerpt.first : excerpt.last]
    assert asked == ["A grown cat eats 250 grams of meat a day. Chocolate is poisonous to cats."]
    assert len(excerpt.blocks) == 3
    on_page = lookup.at_line(treaty, 1, 2, 0)
    assert "The bridge over the river Velm" in _texts(on_page)[0]
    with pytest.raises(SourceError, match="There is no line 40 in page 2 of treaty"):
        lookup.at_line(treaty, 40, 2, 0)


def test_a_page_holds_its_own_text_alone(treaty: StoredDocument) -> None:
    assert "".join(_texts(lookup.at_page(treaty, 1))).startswith("The treaty of Ostermark")
    assert "bridge" not in "".join(_texts(lookup.at_page(treaty, 1)))


def test_an_outline_is_the_headings(cats: StoredDocument) -> None:
    headings = [cats.text[block.start : block.end] for block in lookup.outline(cats)]
    assert headings == ["Cats", "Food", "Doors"]
    assert "".join(_texts(lookup.entire(cats)))[:4] == "Cats"
