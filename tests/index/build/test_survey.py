"""The documents folder compared with what a generation was built from."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build.survey import Survey, survey
from index.library.library import Library
from index.read.contents import sha256_of
from index.read.folder import walk
from index.read.kinds import CHATS
from index.read.ocr.mode import Mode
from index.read.options import ReadingOptions
from index.read.readers import Readers
from index.records import Document
from index.store.manifest import FILE_NAME, Counts, Manifest, Missed, Recipe, read


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


def _surveyed(folder: Path, before: Manifest | None) -> tuple[Survey, dict[str, list[str]]]:
    result = survey(folder, before)
    return result, {name: list(getattr(result, name)) for name in ("unchanged", "fresh", "added", "changed", "removed")}


def test_without_a_generation_before_everything_is_fresh(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("b")
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "c.png").write_text("c")
    result, listed = _surveyed(tmp_path, None)
    assert listed == {
        "unchanged": [],
        "fresh": ["a.md", "b.md"],
        "added": ["a.md", "b.md"],
        "changed": [],
        "removed": [],
    }
    assert [left.source for left in result.left_out] == ["c.png"]


def test_each_file_is_compared_by_its_bytes(tmp_path: Path) -> None:
    for name in ("changed.md", "gone.md", "same.md", "broken.pdf", "mended.pdf"):
        (tmp_path / name).write_text(name)
    before = _manifest(tmp_path, "changed.md", "gone.md", "same.md", missed=("broken.pdf", "mended.pdf"))
    assert not survey(tmp_path, before).is_news
    (tmp_path / "changed.md").write_text("other")
    (tmp_path / "mended.pdf").write_text("other")
    (tmp_path / "new.md").write_text("new")
    (tmp_path / "gone.md").unlink()
    result, listed = _surveyed(tmp_path, before)
    assert listed == {
        "unchanged": ["same.md"],
        "fresh": ["changed.md", "mended.pdf", "new.md"],
        "added": ["mended.pdf", "new.md"],
        "changed": ["changed.md"],
        "removed": ["gone.md"],
    }
    assert [missed.source for missed in result.missed] == ["broken.pdf"]


def test_a_document_that_is_gone_is_news_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    before = _manifest(tmp_path, "a.md")
    (tmp_path / "a.md").rename(tmp_path / "a.png")
    result = survey(tmp_path, before)
    assert (result.is_news, result.fresh, result.removed) == (True, {}, ("a.md",))


@pytest.mark.parametrize(("before", "now"), [("off", "on"), ("off", "missing"), ("missing", "on"), ("on", "off")])
def test_where_text_in_pictures_is_read_otherwise_than_before_the_files_that_may_hold_pictures_are_fresh(
    tmp_path: Path, before: str, now: str
) -> None:
    for name in ("a.md", "b.pdf", "c.pdf", "d.png"):
        (tmp_path / name).write_text(name)
    missed = ("c.pdf",) if before == "off" else ("c.pdf", "d.png")
    built = _manifest(tmp_path, "a.md", "b.pdf", missed=missed).model_copy(update={"ocr": before})
    same, other = (Library(tmp_path, reading=ReadingOptions(Mode(mode))) for mode in (before, now))
    assert not survey(same, built).is_news
    result = survey(other, built)
    assert list(result.unchanged) == ["a.md"]
    assert list(result.fresh) == (["b.pdf", "c.pdf"] if now == "off" else ["b.pdf", "c.pdf", "d.png"])
    assert result.missed == ()


@pytest.mark.parametrize("kept", [False, True])
def test_where_names_in_chats_are_kept_and_were_not_the_files_that_may_hold_chats_are_fresh(
    tmp_path: Path, *, kept: bool
) -> None:
    chats = sorted(f"chat{kind}" for kind in CHATS)
    assert {"chat.json", "chat.html", "chat.txt"} <= set(chats)
    for name in ("README", "a.md", "b.pdf", "c.csv", "users.json", *chats):
        (tmp_path / name).write_text(name)
    before = _manifest(tmp_path, "README", "a.md", "b.pdf", "c.csv", *chats, missed=("users.json",))
    before = before.model_copy(update={"chat_names": not kept})
    assert not survey(Library(tmp_path, reading=ReadingOptions(chat_names=not kept)), before).is_news
    result = survey(Library(tmp_path, reading=ReadingOptions(chat_names=kept)), before)
    assert list(result.unchanged) == ["a.md", "b.pdf", "c.csv"]
    assert list(result.fresh) == ["README", *chats, "users.json"]
    assert result.changed == ("README", *chats)


def test_a_manifest_names_the_setting_only_where_names_are_kept(tmp_path: Path) -> None:
    """Versions that do not know the setting refuse fields that they do not know, and can read all the others."""
    without = _manifest(tmp_path)
    kept = without.model_copy(update={"chat_names": True})
    for manifest, is_named in ((without, False), (kept, True)):
        seal = manifest.seal(tmp_path)
        assert ("chat_names" in (tmp_path / FILE_NAME).read_text()) is is_named
        assert read(tmp_path, seal) == manifest


def test_a_page_is_read_anew_once_a_note_that_it_shows_lies_in_any_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("![[Nets]]\n")
    (tmp_path / "x").mkdir()
    for content in ("Old.", "New."):
        before = _as_read(tmp_path, "a.md")
        assert survey(tmp_path, before).unchanged.keys() >= {"a.md"}
        (tmp_path / "x" / "nets.md").write_text(content)
        assert "a.md" in survey(tmp_path, before).fresh


def _as_read(folder: Path, source: str) -> Manifest:
    """Return what a build says of a document that it has read."""
    with Readers() as readers:
        (document,) = readers.read([file for file in walk(folder).files if file.source == source])
    assert isinstance(document, Document)
    return _manifest(folder, source).model_copy(update={"shown": {source: dict(document.shown)}})
