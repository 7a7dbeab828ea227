"""What `quoth doctor` finds of the machine: folders, room, the device and the reranker."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from bot import compose, settings
from bot.cli import machine_checks
from bot.cli.checks import Finding, State, examine_index
from tests.bot.conftest import Quoth


def _findings(what: str, documents: Path, data: Path, **given: Any) -> list[Finding]:
    chosen = settings.load(documents=documents, data=data, **given)
    return [finding for finding in examine_index(chosen) if finding.what == what]


def test_a_data_folder_that_cannot_be_written_to_is_found(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (good,) = _findings("data", documents, tmp_path / "none" / "yet")
    assert good.state is State.GOOD
    assert not (tmp_path / "none").exists()
    monkeypatch.setattr(machine_checks.os, "access", lambda *_: False)  # root may write to what nobody else may
    (bad,) = _findings("data", documents, tmp_path / "data")
    assert (bad.state, "nothing can be written to" in bad.message, "QUOTH_DATA" in bad.message) == (
        State.BAD,
        True,
        True,
    )


def test_a_disk_without_room_for_a_build_is_warned_of(
    quoth: Quoth, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SimpleNamespace(total=50_000_000, free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    data = tmp_path / "data"
    (found,) = _findings("room", documents, data)
    assert (found.state, found.message.startswith("0.0 MB are free for ")) == (State.WARNING, True)
    assert quoth("index", "build", "--documents", str(documents), "--data", str(data)).status == 0
    held = sum(path.stat().st_size for path in (data / "generations").rglob("*") if path.is_file())
    disk.free = held // 2
    assert _findings("room", documents, data)
    assert not _findings("room", documents, data, index="milvus://127.0.0.1:1/quoth")
    disk.free = held
    assert not _findings("room", documents, data)


def test_a_file_system_that_does_not_say_how_large_it_is_is_passed_over(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> NoReturn:
        raise OSError(errno.ENOSYS, "Function not implemented")

    for usage in (lambda _: SimpleNamespace(total=0, free=0), fail):
        monkeypatch.setattr(shutil, "disk_usage", usage)
        assert not _findings("room", documents, tmp_path / "data")


def test_a_device_that_this_machine_lacks_is_found(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lacking in ("cuda:99", "hpu"):
        (found,) = _findings("device", documents, tmp_path / "data", device=lacking)
        assert (found.state, found.message.endswith("set QUOTH_DEVICE to auto, cpu or cuda.")) == (State.BAD, True)
    assert not _findings("device", documents, tmp_path / "data", device="cpu")
    monkeypatch.setenv("QUOTH_ENCODER_URL", "http://127.0.0.1:1")
    assert _findings("device", documents, tmp_path / "data", device="cuda:99")
    assert not _findings("device", documents, tmp_path / "data", device="cuda:99", reranker="off")


def test_a_reranker_that_is_not_there_is_found(documents: Path, tmp_path: Path) -> None:
    (found,) = _findings("reranker", documents, tmp_path / "data", reranker="nowhere/no-such-model")
    assert (found.state, "check QUOTH_RERANKER" in found.message) == (State.BAD, True)


def test_a_file_of_connectors_whose_folder_is_not_there_is_found(documents: Path, tmp_path: Path) -> None:
    (found,) = _findings("connectors", documents, tmp_path / "data", connectors=tmp_path / "dta" / "connectors.toml")
    assert (found.state, "is it spelt right?" in found.message) == (State.WARNING, True)
    assert not _findings("connectors", documents, tmp_path / "data", connectors=tmp_path / "connectors.toml")


def test_a_file_of_connectors_that_may_not_be_read_is_found(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed" / "connectors.toml"
    stat, read_text = Path.stat, Path.read_text

    def stat_but(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        return stat(_open(path), follow_symlinks=follow_symlinks)

    def _open(path: Path) -> Path:
        if path in (closed, closed.parent):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))  # root may read what nobody else may
        return path

    monkeypatch.setattr(Path, "stat", stat_but)
    monkeypatch.setattr(Path, "read_text", lambda path, *args, **given: read_text(_open(path), *args, **given))
    (found,) = _findings("connectors", documents, tmp_path / "data", connectors=closed)
    assert (found.state, "cannot be read" in found.message) == (State.BAD, True)


def test_a_folder_called_env_is_warned_of(documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").mkdir()
    (found,) = _findings("settings", documents, tmp_path / "data")
    assert (found.state, "is a folder" in found.message) == (State.WARNING, True)


def test_where_the_documents_are_gone_no_build_is_advised(quoth: Quoth, documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert quoth("index", "build", "--documents", str(documents), "--data", str(data)).status == 0
    empty = tmp_path / "empty"
    empty.mkdir()
    (found,) = _findings("documents", empty, data)
    assert found.message.endswith("put documents there, or set QUOTH_DOCUMENTS.")
    (found,) = _findings("index", empty, data)
    assert (found.state, "build" in found.message) == (State.WARNING, False)
    assert compose.shelf(settings.load(data=data)).current()
