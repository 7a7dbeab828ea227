"""Files that people add are saved whole, under safe names, and can be put back for an hour."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import LibraryError
from index.library.additions import MOST_BYTES, Additions


@pytest.fixture
def additions(tmp_path: Path) -> Additions:
    return Additions(tmp_path)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_an_upload_is_saved_under_a_safe_name_and_never_over_another(additions: Additions, tmp_path: Path) -> None:
    assert additions.upload("../../etc/rules.md", b"# Rules\n") == "uploads/rules.md"
    with pytest.raises(LibraryError, match=r"There is a uploads/rules\.md already"):
        additions.upload("rules.md", b"# Other\n")
    assert files(tmp_path) == ["library/uploads/rules.md"]
    assert (tmp_path / "library" / "uploads" / "rules.md").read_bytes() == b"# Rules\n"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.exe", b"x", "`.exe` files are not read"),
        ("a.md", b"", "it is empty"),
        ("", b"x", "That file is not taken"),
        ("a.txt", b"x" * (MOST_BYTES + 1), "is larger than 25 MiB"),
    ],
)
def test_what_is_refused_leaves_nothing(
    additions: Additions, tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(LibraryError, match=message):
        additions.upload(name, data)
    assert files(tmp_path) == []


@given(name=st.text(max_size=300))
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("data")
    try:
        source = Additions(folder).upload(f"{name}.md", b"words")
    except LibraryError:  # nothing is left of the name but its ending
        assert files(folder) == []
        assert not name.strip("/\\").isalnum()
        return
    assert files(folder) == [f"library/{source}"]
    assert source.startswith("uploads/")
    assert len(source) <= 100
    assert Additions(folder).sources() == [source]


def test_what_was_removed_can_be_put_back_until_its_name_is_taken_or_an_hour_has_passed(
    additions: Additions, tmp_path: Path
) -> None:
    source = additions.upload("rules.md", b"# Rules\n")
    additions.remove(source)
    assert additions.sources() == []
    with pytest.raises(LibraryError, match="not among what was added"):
        additions.remove(source)
    additions.upload("rules.md", b"# Newer\n")
    with pytest.raises(LibraryError, match="added again"):
        additions.restore(source)
    additions.discard(source)
    additions.restore(source)
    assert (tmp_path / "library" / source).read_bytes() == b"# Rules\n"
    additions.remove(source)
    [removed] = additions.removed().values()
    os.utime(removed, (time.time() - 3700,) * 2)
    with pytest.raises(LibraryError, match="too late"):
        additions.restore(source)
    assert files(tmp_path / "library") == []


def test_nothing_but_what_was_added_can_be_removed(additions: Additions, tmp_path: Path) -> None:
    (tmp_path / "votes.md").write_text("kept")
    additions.upload("rules.md", b"# Rules\n")
    for source in ("uploads/../../votes.md", "../votes.md", "votes.md", "uploads/", "uploads", ""):
        with pytest.raises(LibraryError):
            additions.remove(source)
    assert files(tmp_path) == ["library/uploads/rules.md", "votes.md"]


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file is in the way")
    with pytest.raises(LibraryError, match="could not be saved"):
        Additions(tmp_path).upload("rules.md", b"# Rules\n")
