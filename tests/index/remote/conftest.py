"""A server with the packaged model behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.encoder import Encoder
from index.local_encoder import LocalEncoder
from index.model import DEFAULT_MODEL
from index.remote import EmbeddingServer, RemoteEncoder
from index.remote.patience import Patience
from tests.serving import Model, Serving, serving

BRIEF = Patience(connect=1, answer=0.5, all=2, pauses=(0.01, 0.02))


def model_of(encoder: Encoder) -> Model:
    """Return what sentence-transformers itself makes of texts, as a server would give it."""
    assert isinstance(encoder, LocalEncoder)
    return lambda texts: encoder._transformer.encode(texts, show_progress_bar=False)


def remote(
    server: Serving, encoder: Encoder, *, key: str = "", url: str = "", like_packaged: bool = True
) -> RemoteEncoder:
    """Return an encoder that asks `server` for the vectors of the model of `encoder`, briefly."""
    given = RemoteEncoder.load(
        DEFAULT_MODEL if like_packaged else encoder.name, EmbeddingServer(url or server.url, "m", key)
    )
    given._patience = {"asked": BRIEF, "building": BRIEF}
    return given


@pytest.fixture
def server(encoder: Encoder) -> Iterator[Serving]:
    """A server that nothing is wrong with, until a test says so."""
    with serving(model_of(encoder)) as running:
        yield running
