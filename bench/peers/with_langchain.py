"""LangChain and FAISS: https://docs.langchain.com/oss/python/langchain/knowledge-base, integrations/vectorstores/faiss.

The splitter's figures are those of that page (1000 characters, 200 shared); 300 and 60 are as long as Quoth's quotes.
"""

from __future__ import annotations

from pathlib import Path

import faiss
from langchain_community.docstore.in_memory import InMemoryDocstore
from langchain_community.document_loaders import DirectoryLoader, TextLoader
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from system import System, model


class LangChain(System):
    def __init__(self, characters: int, shared: int) -> None:
        self._embeddings = HuggingFaceEmbeddings(model_name=model(), model_kwargs={"device": "cpu"})
        self._splitter = RecursiveCharacterTextSplitter(
            chunk_size=characters, chunk_overlap=shared, add_start_index=True
        )
        self._passages: list[str] = []

    def build(self, documents: Path) -> None:
        loader = DirectoryLoader(
            str(documents), glob="**/*.txt", loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"}
        )
        splits = self._splitter.split_documents(loader.load())
        self._store = FAISS(
            embedding_function=self._embeddings,
            index=faiss.IndexFlatL2(len(self._embeddings.embed_query("hello world"))),
            docstore=InMemoryDocstore(),
            index_to_docstore_id={},
        )
        self._store.add_documents(documents=splits)
        self._passages = [split.page_content for split in splits]

    def passages(self) -> list[str]:
        return self._passages

    def ask(self, question: str, count: int) -> list[str]:
        return [document.page_content for document in self._store.similarity_search(question, k=count)]
