"""What all tests share."""

from __future__ import annotations

import pytest

from index.encoder import Encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The packaged model, loaded once."""
    return Encoder.load(device="cpu")
