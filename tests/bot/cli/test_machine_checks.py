"""What `quoth doctor` finds of the machine: folders, room, the device and the reranker."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import compose, settings
from bot.cli import machine_checks
from bot.cli.checks import Finding, State, examine_index
from tests.bot.conftest import Quoth


def _found(what: str, documents: Path, data: Path, **given: Any) -> list[Finding]:
    chosen = settings.load(documents=documents, data=data, **given)
    return [finding for finding in examine_index(chosen) if finding.what == what]


def test_a_data_folder_that_cannot_be_written_to_is_found(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (good,) = _found("data", documents, tmp_path / "none" / "yet")
    assert good.state is State.GOOD
    assert not (tmp_path / "none").exists()
    monkeypatch.setattr(machine_checks.os, "access", lambda *_: False)  # root may write to what nobody else may
    (bad,) = _found("data", documents, tmp_path / "data")
    assert (bad.state, "nothing can be written to" in bad.message, "QUOTH_DATA" in bad.message) == (
        State.BAD,
        True,
        True,
    )


def test_a_disk_without_room_for_a_build_is_found(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=7_000_000))
    (found,) = _found("data", documents, tmp_path / "data")
    assert (found.state, found.message.startswith("7 MB are free")) == (State.BAD, True)


def test_a_device_that_this_machine_lacks_is_found(documents: Path, tmp_path: Path) -> None:
    (found,) = _found("device", documents, tmp_path / "data", device="cuda:99")
    assert (found.state, found.message.endswith("set QUOTH_DEVICE to auto or cpu.")) == (State.BAD, True)
    assert not _found("device", documents, tmp_path / "data", device="cpu")


def test_a_reranker_that_is_not_there_is_found(documents: Path, tmp_path: Path) -> None:
    (found,) = _found("reranker", documents, tmp_path / "data", reranker="nowhere/no-such-model")
    assert (found.state, "check QUOTH_RERANKER" in found.message) == (State.BAD, True)


def test_a_file_of_connectors_that_is_not_there_is_found(documents: Path, tmp_path: Path) -> None:
    (found,) = _found("connectors", documents, tmp_path / "data", connectors=tmp_path / "conectors.toml")
    assert (found.state, "is it spelt right?" in found.message) == (State.WARNING, True)


def test_where_the_documents_are_gone_no_build_is_advised(quoth: Quoth, documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert quoth("index", "build", "--documents", str(documents), "--data", str(data)).status == 0
    empty = tmp_path / "empty"
    empty.mkdir()
    (found,) = _found("documents", empty, data)
    assert found.message.endswith("put documents there, or set QUOTH_DOCUMENTS.")
    (found,) = _found("index", empty, data)
    assert (found.state, "build" in found.message) == (State.WARNING, False)
    assert compose.shelf(settings.load(data=data)).current()
