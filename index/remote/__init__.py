"""Encoding elsewhere: on a server with the OpenAI embeddings API, which others may share."""

from index.remote.encoder import RemoteEncoder
from index.remote.server import EmbeddingServer

__all__ = ["EmbeddingServer", "RemoteEncoder"]
