"""Several folders, listed as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build.survey import survey
from index.errors import DocumentsError
from index.library.library import Library, roots_below


@pytest.fixture
def library(tmp_path: Path) -> Library:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "rules.md").write_text("# Rules\n\nBe kind.\n")
    found = Library(documents, roots_below(tmp_path / "data"))
    for root in found.roots.values():
        root.mkdir(parents=True)
    (found.roots["uploads"] / "rules.md").write_text("# Other rules\n\nWalk, do not run.\n")
    (found.roots["answers"] / "pets.md").write_text("# Pets\n\nDogs may come in.\n")
    return found


def test_what_people_wrote_as_messages_shows_no_other_file(tmp_path: Path) -> None:
    documents, data = tmp_path / "documents", tmp_path / "data"
    for path in (documents / "a.md", *(folder / "b.md" for folder in roots_below(data).values())):
        path.parent.mkdir(parents=True)
        path.write_text("# A page\n\nWith words.\n")
    found = {one.source: one.top for one in Library(documents, roots_below(data)).listing().files}
    shows = {source for source, top in found.items() if top is not None}
    assert shows == {"a.md", "uploads/b.md"}
    assert found.keys() - shows == {"answers/b.md", "discord/b.md"}


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
