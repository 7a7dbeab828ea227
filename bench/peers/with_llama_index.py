"""LlamaIndex and FAISS: https://developers.llamaindex.ai/python/examples/vector_stores/faissindexdemo.

Its splitter's own 1024 tokens are four times the model's window: 256 fill it, 64 are about as long as Quoth's quotes.
"""

from __future__ import annotations

from pathlib import Path

import faiss
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import MetadataMode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.faiss import FaissVectorStore
from system import System, model

_DIMENSION = 384
_RESULTS = 5


class LlamaIndex(System):
    def __init__(self, tokens: int, shared: int) -> None:
        self._embedding = HuggingFaceEmbedding(model_name=model(), device="cpu")
        self._splitter = SentenceSplitter(chunk_size=tokens, chunk_overlap=shared)
        self._passages: list[str] = []

    def build(self, documents: Path) -> None:
        loaded = SimpleDirectoryReader(str(documents)).load_data()
        store = FaissVectorStore(faiss_index=faiss.IndexFlatL2(_DIMENSION))
        index = VectorStoreIndex.from_documents(
            loaded,
            storage_context=StorageContext.from_defaults(vector_store=store),
            transformations=[self._splitter],
            embed_model=self._embedding,
        )
        self._retriever = index.as_retriever(similarity_top_k=_RESULTS)
        self._passages = [node.get_content(MetadataMode.EMBED) for node in index.docstore.docs.values()]

    def passages(self) -> list[str]:
        return self._passages

    def ask(self, question: str, count: int) -> list[str]:
        return [result.node.get_content() for result in self._retriever.retrieve(question)[:count]]
