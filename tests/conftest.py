"""What all tests share."""

from __future__ import annotations

import signal

import pytest

from index.encoder import Encoder
from index.local_encoder import LocalEncoder

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # a shell that starts the tests in the background has them, and what they start, ignore Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The packaged model, loaded once."""
    return LocalEncoder.load(device="cpu")
