"""Several folders, listed as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build.survey import survey
from index.errors import DocumentsError
from index.library.library import Library, roots_below
from index.read.readers import Readers
from index.records import Document


@pytest.fixture
def library(tmp_path: Path) -> Library:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "rules.md").write_text("# Rules\n\nBe kind.\n")
    result = Library(documents, roots_below(tmp_path / "data"))
    for root in result.roots.values():
        root.mkdir(parents=True)
    (result.roots["uploads"] / "rules.md").write_text("# Other rules\n\nWalk, do not run.\n")
    (result.roots["answers"] / "pets.md").write_text("# Pets\n\nDogs may come in.\n")
    return result


def sources(library: Library) -> list[str]:
    return [file.source for file in library.listing().files]


def test_names_begin_with_the_root_but_for_the_documents_folder(library: Library) -> None:
    assert sources(library) == ["answers/pets.md", "rules.md", "uploads/rules.md"]
    assert sorted(survey(library, None).fresh) == sources(library)


def test_roots_that_are_not_there_are_empty(library: Library, tmp_path: Path) -> None:
    assert sources(Library(library.documents, roots_below(tmp_path / "nowhere"))) == ["rules.md"]
    with pytest.raises(DocumentsError, match="There is no folder"):
        Library(tmp_path / "nowhere", library.roots).listing()


def test_each_root_has_its_own_ignore_file_and_names_what_is_left_out(library: Library) -> None:
    uploads = library.roots["uploads"]
    (uploads / ".quothignore").write_text("rules.md\n")
    (uploads / "song.mp3").write_bytes(b"la")
    assert sources(library) == ["answers/pets.md", "rules.md"]
    assert [left.source for left in library.listing().left_out] == ["uploads/song.mp3"]


@pytest.mark.parametrize("name", ["uploads", "Uploads"])
def test_a_folder_of_the_documents_goes_before_a_root_of_its_name(library: Library, name: str) -> None:
    (library.documents / name).mkdir()
    (library.documents / name / "own.md").write_text("# Own\n\nThis is ours.\n")
    assert sources(library) == sorted(["answers/pets.md", "rules.md", f"{name}/own.md"])
    [left] = library.listing().left_out
    assert left.source == "uploads/rules.md"
    assert "goes before this" in left.reason


def test_a_data_folder_among_the_documents_is_not_listed_twice(tmp_path: Path) -> None:
    """Else a rule that closes `uploads/` would leave the same file open under another name."""
    uploads = tmp_path / "data" / "library" / "uploads"
    uploads.mkdir(parents=True)
    (uploads / "plan.md").write_text("# Plan\n\nThe plan is secret.\n")
    assert sources(Library(tmp_path, roots_below(tmp_path / "data"))) == ["uploads/plan.md"]


def test_nothing_of_a_data_folder_among_the_documents_is_listed(tmp_path: Path) -> None:
    """Else each build makes new documents for the next one, and the manifest's paths can be quoted."""
    generation = tmp_path / "data" / "generations" / "000001"
    generation.mkdir(parents=True)
    (generation / "manifest.json").write_text('{"folder": "/srv"}')
    (generation / "passages.faiss").write_text("x")
    (tmp_path / "link.json").symlink_to(generation / "manifest.json")
    (tmp_path / "a.md").write_text("Text.")
    listing = Library(tmp_path, roots_below(tmp_path / "data"), data=tmp_path / "data").listing()
    assert [file.source for file in listing.files] == ["a.md"]
    assert listing.left_out == ()


def test_documents_that_somebody_has_put_into_the_data_folder_are_told(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("library/connectors.toml", "generations/1/notes.md", "erasures/ab", "tuned.json", "votes.sqlite"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("{}")
    (tmp_path / "a.md").write_text("Text.")
    library = Library(tmp_path, roots_below(data), data=data)
    assert library.listing().left_out == ()
    (data / "items").mkdir()
    for name in ("prices.md", "items/sword.json"):
        (data / name).write_text('{"sword": "three coins"}')
    listing = library.listing()
    assert [file.source for file in listing.files] == ["a.md"]
    assert [left.source for left in listing.left_out] == ["data/items/sword.json", "data/prices.md"]
    assert {left.reason for left in listing.left_out} == {"lies in the data folder, where nothing is read: move it"}


def test_documents_inside_the_data_folder_are_listed(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text("Text.")
    assert sources(Library(documents, data=tmp_path)) == ["a.md"]


def test_what_people_add_from_discord_shows_no_other_files(tmp_path: Path) -> None:
    """Who writes in one channel may not see another, whose words lie in the next file."""
    roots = roots_below(tmp_path / "data")
    for name, folder in roots.items():
        folder.mkdir(parents=True)
        (folder / "secret.md").write_text("The secret.", encoding="utf-8")
        (folder / "a.md").write_text("Text.\n\n{{#include secret.md}}\n\n" + f"Of {name}.", encoding="utf-8")
        (folder / "mkdocs.yml").write_text("site_url: https://a.example\ndocs_dir: .", encoding="utf-8")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.md").write_text("Text.", encoding="utf-8")
    listing = Library(tmp_path / "documents", roots).listing()
    assert listing.settings == {}
    with Readers() as readers:
        read = list(readers.read([file for file in listing.files if file.source.endswith("/a.md")]))
    assert len(read) == len(roots)
    assert all(isinstance(document, Document) and "[not included: secret.md]" in document.text for document in read)
    assert all(isinstance(document, Document) and document.url is None and not document.shown for document in read)
