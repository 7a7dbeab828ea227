"""Damage: a generation whose files are not as they were written is found out, on opening or by `verify`."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from index.errors import DamagedError
from index.store import manifest
from index.store.disk import layout
from index.store.disk.generation import Generation
from index.store.disk.verify import verify
from tests.index.conftest import Library


@pytest.fixture
def copied(built: Library, tmp_path: Path) -> Path:
    """A generation of its own, to be damaged."""
    place = built.shelf.place()
    return Path(shutil.copytree(place, tmp_path / place.name))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _verify(folder: Path) -> list[str]:
    return verify(folder, lambda _done, _total: None)


def test_a_whole_generation_has_no_faults_and_progress_ends_at_all(copied: Path) -> None:
    progress: list[tuple[int, int]] = []
    assert verify(copied, lambda done, total: progress.append((done, total))) == []
    assert progress == sorted(progress)
    assert progress[-1][0] == progress[-1][1]


def test_reading_leaves_nothing_behind(built: Library, copied: Path) -> None:
    written = [copied / name for name in (*built.shelf.open().manifest.files, manifest.FILE_NAME)]
    generation = Generation(copied)
    assert len(generation.lexical.search(generation.lexical.terms("the"), 1)[0]) == 1
    generation.close()
    assert _files(copied) == sorted(written)


def test_a_missing_file_is_found_on_opening(copied: Path) -> None:
    for path in _files(copied):
        kept = path.read_bytes()
        path.unlink()
        with pytest.raises(DamagedError, match="run `quoth index build`"):
            Generation(copied)
        path.write_bytes(kept)
    Generation(copied).close()


def test_a_truncated_or_longer_file_is_found_on_opening(copied: Path) -> None:
    for path in _files(copied):
        kept = path.read_bytes()
        for other in (kept[: len(kept) // 2], kept[:-1], kept + b"\0"):
            path.write_bytes(other)
            with pytest.raises(DamagedError, match=path.name):
                Generation(copied)
        path.write_bytes(kept)


def test_an_altered_byte_anywhere_is_a_fault(copied: Path) -> None:
    """And never another error than the one that says so, whatever the libraries make of the byte."""
    chosen = random.Random(7)  # noqa: S311 -- which bytes are altered
    for path in _files(copied):
        kept = path.read_bytes()
        for at in {0, 1, len(kept) - 1, *(chosen.randrange(len(kept)) for _ in range(12))}:
            altered = bytearray(kept)
            altered[at] ^= 0xFF
            _replace(path, bytes(altered))
            faults = _verify(copied)
            assert any(path.name in fault for fault in faults), (path.name, at, faults)
        _replace(path, kept)
    assert _verify(copied) == []


def _replace(path: Path, data: bytes) -> None:
    """Write beside and rename: what is mapped into memory stays as it was."""
    beside = path.with_name("beside")
    beside.write_bytes(data)
    beside.replace(path)


def test_words_that_were_altered_are_found_on_opening(copied: Path) -> None:
    """tantivy would end in a panic later on."""
    for path in _files(copied / "lexical"):
        kept = path.read_bytes()
        _replace(path, bytes([kept[0] ^ 1]) + kept[1:])
        with pytest.raises(DamagedError, match=path.name):
            Generation(copied)
        _replace(path, kept)


def test_another_format_is_refused(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.disk.layout.FORMAT", layout.FORMAT + 1)
    with pytest.raises(DamagedError, match="another version"):
        Generation(copied)
