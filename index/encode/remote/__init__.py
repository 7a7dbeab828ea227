"""Encoding elsewhere: on a server with the OpenAI embeddings API, which others may share."""

from index.encode.remote.encoder import RemoteEncoder
from index.encode.remote.server import EmbeddingServer

__all__ = ["EmbeddingServer", "RemoteEncoder"]
