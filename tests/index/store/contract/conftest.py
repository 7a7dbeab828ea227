"""Libraries whose index is kept in a folder, and in Milvus."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encode.encoder import Encoder
from index.store.disk.shelf import Shelf as Folder
from tests.index.conftest import Library
from tests.milvus_server import Server

in_each = pytest.mark.parametrize("library", ["folder", "milvus"], indirect=True)
"""Marks a test that runs over each of the stores."""


def in_milvus(server: Server, folder: Path, encoder: Encoder) -> Library:
    """Return an empty library that is kept in a database of its own."""
    from index.store.milvus.address import address_in
    from index.store.milvus.connection import Connection
    from index.store.milvus.shelf import Shelf

    (folder / "documents").mkdir(exist_ok=True)
    shelf = Shelf(Connection(address_in(server.url())), Folder(folder / "data"))
    return Library(folder / "documents", shelf, encoder)


@pytest.fixture
def library(request: pytest.FixtureRequest, tmp_path: Path, encoder: Encoder) -> Library:
    """An empty library, in Milvus unless a test asks for the folder."""
    if getattr(request, "param", "milvus") == "folder":
        (tmp_path / "documents").mkdir()
        return Library(tmp_path / "documents", Folder(tmp_path / "data"), encoder)
    return in_milvus(request.getfixturevalue("server"), tmp_path, encoder)
