"""What the tests of readers share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.read import process
from tests import forked_readers


@pytest.fixture(scope="module", autouse=True)
def _spawned(reader_server: str) -> Iterator[None]:
    """Fork nothing: here readers start as they do for people."""
    process._spawned = forked_readers.SPAWNED
    yield
    forked_readers.fork_off(reader_server)
