"""The documents folder compared with what a generation was built from."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build.survey import Survey, survey
from index.library.library import Library
from index.read.contents import sha256_of
from index.read.ocr.mode import Mode
from index.store.manifest import Counts, Manifest, Missed, Recipe


def _manifest(folder: Path, *known: str, missed: tuple[str, ...] = ()) -> Manifest:
    """Return what a build of these files, as they are now, says of itself."""
    return Manifest(
        created="",
        previous=None,
        folder="",
        recipe=Recipe(format=1, reading=1, model="m", fingerprint="f", dimension=3, passage_tokens=200),
        counts=Counts(documents=len(known), passages=0, sentences=0),
        documents={name: sha256_of(folder / name) or "" for name in known},
        left_out=tuple(Missed(source=name, reason="broken", sha256=sha256_of(folder / name)) for name in missed),
        files={},
    )


def _found(folder: Path, before: Manifest | None) -> tuple[Survey, dict[str, list[str]]]:
    found = survey(folder, before)
    return found, {name: list(getattr(found, name)) for name in ("unchanged", "fresh", "added", "changed", "removed")}


def test_without_a_generation_before_everything_is_fresh(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("b")
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "c.png").write_text("c")
    found, listed = _found(tmp_path, None)
    assert listed == {
        "unchanged": [],
        "fresh": ["a.md", "b.md"],
        "added": ["a.md", "b.md"],
        "changed": [],
        "removed": [],
    }
    assert [left.source for left in found.left_out] == ["c.png"]


def test_each_file_is_compared_by_its_bytes(tmp_path: Path) -> None:
    for name in ("changed.md", "gone.md", "same.md", "broken.pdf", "mended.pdf"):
        (tmp_path / name).write_text(name)
    before = _manifest(tmp_path, "changed.md", "gone.md", "same.md", missed=("broken.pdf", "mended.pdf"))
    assert not survey(tmp_path, before).is_news
    (tmp_path / "changed.md").write_text("other")
    (tmp_path / "mended.pdf").write_text("other")
    (tmp_path / "new.md").write_text("new")
    (tmp_path / "gone.md").unlink()
    found, listed = _found(tmp_path, before)
    assert listed == {
        "unchanged": ["same.md"],
        "fresh": ["changed.md", "mended.pdf", "new.md"],
        "added": ["mended.pdf", "new.md"],
        "changed": ["changed.md"],
        "removed": ["gone.md"],
    }
    assert [missed.source for missed in found.missed] == ["broken.pdf"]


def test_a_document_that_is_gone_is_news_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    before = _manifest(tmp_path, "a.md")
    (tmp_path / "a.md").rename(tmp_path / "a.png")
    found = survey(tmp_path, before)
    assert (found.is_news, found.fresh, found.removed) == (True, {}, ("a.md",))


@pytest.mark.parametrize(("before", "now"), [("off", "on"), ("off", "missing"), ("missing", "on"), ("on", "off")])
def test_where_text_in_pictures_is_read_otherwise_than_before_the_files_that_may_hold_pictures_are_fresh(
    tmp_path: Path, before: str, now: str
) -> None:
    for name in ("a.md", "b.pdf", "c.pdf", "d.png"):
        (tmp_path / name).write_text(name)
    missed = ("c.pdf",) if before == "off" else ("c.pdf", "d.png")
    built = _manifest(tmp_path, "a.md", "b.pdf", missed=missed).model_copy(update={"ocr": before})
    same, other = Library(tmp_path, ocr=Mode(before)), Library(tmp_path, ocr=Mode(now))
    assert not survey(same, built).is_news
    found = survey(other, built)
    assert list(found.unchanged) == ["a.md"]
    assert list(found.fresh) == (["b.pdf", "c.pdf"] if now == "off" else ["b.pdf", "c.pdf", "d.png"])
    assert found.missed == ()
