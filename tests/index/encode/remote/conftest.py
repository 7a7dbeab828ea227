"""A server with the packaged model behind it, and what asks it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import pytest
from serving import Model, Serving, serving

from index.encode.encoder import Encoder
from index.encode.in_process import InProcessEncoder
from index.encode.model import DEFAULT_MODEL
from index.encode.remote import EmbeddingServer, RemoteEncoder
from index.encode.remote.patience import BUILDING, Patience

BRIEF = Patience(connect=5, answer=15, all=30, pauses=(0.01, 0.02))
HASTY = Patience(connect=1, answer=0.5, all=1.5, pauses=(0.01, 0.02))


@cache
def model_of(encoder: Encoder) -> Model:
    """Return what a model makes of texts as they are, as a server would give it.

    The same request is computed once: each client begins with the same probes.
    """
    assert isinstance(encoder, InProcessEncoder)
    computed = lru_cache(maxsize=256)(encoder.vectors)
    return lambda texts: computed(tuple(texts))


def remote(url: str, *, name: str = DEFAULT_MODEL, key: str = "", building: Patience = BUILDING) -> RemoteEncoder:
    """Return an encoder that asks a server for the vectors of a model, with little patience."""
    return RemoteEncoder.load(name, EmbeddingServer(url, "the-model", key), asked=BRIEF, building=building)


@pytest.fixture
def server(encoder: Encoder) -> Iterator[Serving]:
    """A server that nothing is wrong with, until a test says so."""
    with serving(model_of(encoder)) as running:
        yield running
