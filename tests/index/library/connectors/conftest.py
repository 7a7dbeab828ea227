"""Connectors over a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.library.connectors.connectors import Connectors


@pytest.fixture
def connectors(tmp_path: Path) -> Connectors:
    """No connector is set up yet; hosts on loopback may be reached."""
    return Connectors([tmp_path / "connectors.toml"], tmp_path / "library", frozenset({"127.0.0.1"}))


def held(connectors: Connectors, name: str) -> dict[str, bytes]:
    """Return what is read of a connector: the files in its folder, by name."""
    root = connectors.roots()[name]
    files = (path for path in root.rglob("*") if path.is_file() and path.name != ".items.jsonl")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
