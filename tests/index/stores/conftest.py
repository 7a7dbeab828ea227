"""Libraries whose index is kept in a folder, and in Milvus."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.encoder import Encoder
from index.shelf import Shelf as Folder
from tests.index.conftest import Library

from .server import Server

STORES = ["folder", "milvus"]

_numbers = itertools.count()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Milvus Lite server that nobody stops."""
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    with Server(tmp_path_factory.mktemp("server") / "data") as running:
        yield running


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A Milvus Lite server that may be stopped."""
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    with Server(tmp_path / "server") as running:
        yield running


def in_milvus(server: Server, folder: Path, encoder: Encoder, database: str | None = None) -> Library:
    """Return an empty library that is kept in a database of its own."""
    from index.milvus.address import address_in
    from index.milvus.connection import Connection
    from index.milvus.shelf import Shelf

    (folder / "documents").mkdir(exist_ok=True)
    url = server.url(database or f"wiki{next(_numbers)}")
    shelf = Shelf(Connection(address_in(url)), Folder(folder / "data"))
    return Library(folder / "documents", shelf, encoder)


@pytest.fixture(params=STORES)
def library(request: pytest.FixtureRequest, tmp_path: Path, encoder: Encoder) -> Library:
    """An empty library, in each of the stores."""
    (tmp_path / "documents").mkdir()
    if request.param == "folder":
        return Library(tmp_path / "documents", Folder(tmp_path / "data"), encoder)
    return in_milvus(request.getfixturevalue("server"), tmp_path, encoder)


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, server: Server) -> Callable[..., list[Library]]:
    """What makes two libraries of the same documents, in a folder and in Milvus, both built."""

    def make(documents: dict[str, str | bytes]) -> list[Library]:
        folder = tmp_path_factory.mktemp("both")
        milvus = in_milvus(server, folder, encoder)
        disk = Library(folder / "documents", Folder(folder / "disk"), encoder)
        for source, content in documents.items():
            disk.write(source, content)
        disk.build()
        milvus.build()
        return [disk, milvus]

    return make
