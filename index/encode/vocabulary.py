"""The model's vocabulary: its tokenizer and its token embeddings, without the rest of the model."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays import Ids, Vectors, unit
from index.encode.weights import Weights, mapped
from index.errors import ModelError

_TABLES = ("word_embeddings.weight", "embed_tokens.weight", "tok_embeddings.weight", "shared.weight", "wte.weight")
"""How the names of embedding tables end: BERT and its relatives, most decoders, ModernBERT, T5, GPT-2."""


_CACHED_WORDS = 20_000
"""Words whose tokens are cached."""


class Vocabulary:
    """A tokenizer without truncation and padding, with the model's input embeddings."""

    def __init__(self, tokenizer: Any, unknown: int | None, embeddings: Vectors) -> None:
        """`unknown` is the id of the token for unknown text; `embeddings` has shape (tokens, width)."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._unknown = unknown
        self.embeddings = embeddings
        self._mean = embeddings.mean(axis=0)
        self._norms = _norms(embeddings, self._mean)
        self.word_ids = lru_cache(_CACHED_WORDS)(self._word_ids)

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Read the tokenizer and map the embeddings in a model's folder; raises `ModelError` if they are missing."""
        from tokenizers import Tokenizer

        path = folder / "tokenizer.json"
        if not path.is_file():
            raise ModelError(f"{folder} holds no tokenizer.json: name a model with a fast tokenizer with QUOTH_MODEL.")
        tokenizer = Tokenizer.from_file(str(path))
        weights, table = _table(folder)
        loaded = cls(tokenizer, _unknown(folder, tokenizer), weights.as_float32(table))
        weights.rest()
        return loaded

    def encoded(self, text: str) -> Any:
        """Return the tokenizer's encoding of `text`, special tokens included."""
        return self._tokenizer.encode(text)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the (start, end) offsets in `text` of each token."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).offsets)

    def ids(self, text: str) -> tuple[Ids, Ids]:
        """Return the ids of the tokens in `text`, and the offset at which each begins."""
        tokens = self._tokenizer.encode(text, add_special_tokens=False)
        return np.array(tokens.ids, np.int64), np.array([start for start, _ in tokens.offsets], np.int64)

    def known(self, ids: Ids) -> Ids:
        """Return `ids` without that of unknown tokens."""
        return ids if self._unknown is None else ids[ids != self._unknown]

    def length(self, text: str) -> int:
        """Return how many tokens `text` has, special ones not included."""
        return len(self._tokenizer.encode(text, add_special_tokens=False))

    def vectors(self, ids: Ids) -> Vectors:
        """Return the embeddings of tokens, centred and of unit length, one per row."""
        return unit(self.embeddings[ids] - self._mean)

    def likeness(self, ids: Ids, others: Ids) -> Vectors:
        """Return the cosines of the `vectors` of `ids` (rows) and of `others` (columns)."""
        vectors = self.vectors(ids)
        products = vectors @ self.embeddings[others].T - (vectors @ self._mean)[:, None]
        return np.asarray(products / self._norms[others], np.float32)

    def _word_ids(self, word: str) -> Ids:
        """Return the ids of the known tokens of one word; `word_ids` does the same with a cache."""
        return self.known(np.array(self._tokenizer.encode(word, add_special_tokens=False).ids, np.int64))

    def fitted(self, text: str, window: int) -> str:
        """Return as much of the beginning of `text` as fits a window of that many tokens, special ones included."""
        room = window - self._tokenizer.num_special_tokens_to_add(is_pair=False)
        spans = self.spans(text)
        return text if len(spans) <= room else text[: spans[room - 1][1]]


def _norms(rows: Vectors, mean: Vectors) -> Vectors:
    """Return the lengths of `rows` minus their `mean`, without copying them."""
    squares = np.einsum("ij,ij->i", rows, rows) - 2 * (rows @ mean) + mean @ mean
    return np.asarray(np.sqrt(np.maximum(squares, 1e-24)), np.float32)


def _unknown(folder: Path, tokenizer: Any) -> int | None:
    path = folder / "tokenizer_config.json"
    unknown = json.loads(path.read_text("utf-8")).get("unk_token") if path.is_file() else None
    token = unknown.get("content") if isinstance(unknown, dict) else unknown
    token_id: int | None = tokenizer.token_to_id(token) if token else None
    return token_id


def _table(folder: Path) -> tuple[Weights, str]:
    """Return the weights in the folder that hold the embedding table, and its name there."""
    for path in sorted(folder.rglob("*.safetensors")):
        weights = mapped(path)
        name = next((name for name in weights if name.endswith(_TABLES)), None)
        if name is not None:
            return weights, name
    raise ModelError(f"The weights in {folder} hold no table of token embeddings under a name that is known.")
