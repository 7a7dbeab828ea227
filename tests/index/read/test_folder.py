"""What a walk over a documents folder finds, and what it leaves out."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from index.errors import DocumentsError
from index.read.file import read
from index.read.folder import walk


def _write(folder: Path, *sources: str, text: str = "text") -> None:
    for source in sources:
        path = folder / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _sources(folder: Path) -> list[str]:
    return [file.source for file in walk(folder).files]


def _reasons(folder: Path) -> dict[str, str]:
    return {left.source: left.reason for left in walk(folder).left_out}


def test_files_come_sorted_with_their_paths(tmp_path: Path) -> None:
    _write(tmp_path, "b.md", "a/z.txt", "a/A.HTML")
    listing = walk(tmp_path)
    assert [file.source for file in listing.files] == ["a/A.HTML", "a/z.txt", "b.md"]
    assert listing.files[1].path.read_text() == "text"
    assert listing.left_out == ()


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    _write(tmp_path, ".hidden.md", ".git/a.md", "seen.md", "a/.b/c.md")
    assert _sources(tmp_path) == ["seen.md"]
    assert _reasons(tmp_path) == {}


def test_files_of_other_kinds_are_named(tmp_path: Path) -> None:
    _write(tmp_path, "a.png", "b.xml", "Makefile")
    assert _reasons(tmp_path) == {
        "Makefile": "files without an ending such as `.md` are not read",
        "a.png": "`.png` files are not read",
        "b.xml": "`.xml` files are not read",
    }


def test_large_files_are_named(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", text="x" * 3000)
    assert walk(tmp_path, most_bytes=3000).left_out == ()
    assert walk(tmp_path, most_bytes=2048).left_out[0].reason == "is larger than 2 KiB: split it into smaller files"


def test_ignore_files_hold_where_they_stand_and_below(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "drafts/b.md", "keep/c.md", "keep/d.txt", "keep/sub/e.txt", "keep/sub/f.txt")
    _write(tmp_path, ".quothignore", text="# drafts stay out\ndrafts/\n/a.md\n")
    _write(tmp_path, "keep/.quothignore", text="*.txt\n!f.txt\n")
    assert _sources(tmp_path) == ["keep/c.md", "keep/sub/f.txt"]
    assert _reasons(tmp_path) == {}


def test_links_stay_inside_and_do_not_go_round(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    _write(tmp_path, "outside/secret.md")
    _write(folder, "z/real.md")
    (folder / "a").mkdir()
    (folder / "a" / "again").symlink_to(folder / "z")
    (folder / "loop").symlink_to(folder)
    (folder / "round").symlink_to("round")
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "copy.md").symlink_to(folder / "z" / "real.md")
    assert _sources(folder) == ["copy.md", "z/real.md"]
    assert _reasons(folder) == {
        "out": "is a link to a place outside the documents folder",
        "round": "is a link that leads nowhere",
    }


def test_names_that_cannot_be_shown_are_named_escaped(tmp_path: Path) -> None:
    (tmp_path / "a\nb.md").write_text("x")
    with open(os.fsencode(tmp_path) + b"/caf\xe9.md", "w") as file:  # noqa: PTH123 # a path of bytes
        file.write("x")
    reason = "has a name with characters that cannot be shown: rename it"
    assert _reasons(tmp_path) == {"a\\nb.md": reason, "caf\\udce9.md": reason}
    assert _sources(tmp_path) == []


def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert _reasons(tmp_path) == {"a.md": "is not a regular file"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    _write(tmp_path, "a/b.md", "c.md")
    (tmp_path / "a").chmod(0)
    try:
        assert _sources(tmp_path) == ["c.md"]
        assert "cannot be read" in _reasons(tmp_path)["a"]
    finally:
        (tmp_path / "a").chmod(0o700)


@pytest.mark.parametrize("name", ["missing", "file.md", "circle"])
def test_what_is_no_folder_is_an_error_that_says_what_to_do(tmp_path: Path, name: str) -> None:
    _write(tmp_path, "file.md")
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(DocumentsError, match=r"QUOTH_DOCUMENTS or --documents"):
        walk(tmp_path / name)


@pytest.mark.parametrize(
    "name",
    [
        *("~$rules.docx", ".DS_Store", "rules.md~", "#rules.md#", "rules.md.bak", ".rules.md.swp", "~WRL0001.tmp"),
        *("Thumbs.db", "rules.md.orig", "rules.pdf.crdownload"),
    ],
)
def test_locks_and_backups_are_passed_over_without_a_word(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("The rules.")
    (tmp_path / "a.md").write_text("A.")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr(name, "The rules.")
        archive.writestr("b.md", "B.")
    listing = walk(tmp_path)
    assert [file.source for file in listing.files] == ["a.md", "more.zip/b.md"]
    assert listing.left_out == ()


@pytest.mark.parametrize("name", ["rules.text", "README", "README_de", "LICENSE-MIT", "Changelog"])
def test_plain_text_goes_by_many_names(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("The hall opens at nine.", encoding="utf-8")
    assert _sources(tmp_path) == [name]
    assert read(tmp_path / name, name).text == "The hall opens at nine."


@pytest.mark.parametrize("name", ["readmes", "licensed", "Dockerfile"])
def test_other_names_without_an_ending_are_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("The hall opens at nine.", encoding="utf-8")
    assert _reasons(tmp_path)[name].startswith("files without an ending")
