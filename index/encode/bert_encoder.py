"""A BERT model whose layers are run here on a CPU, without torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.arrays import Vectors, unit
from index.encode import config, weights
from index.encode.bert import Bert
from index.encode.config import Description
from index.encode.in_process import InProcessEncoder, Tokens
from index.encode.vocabulary import Vocabulary
from index.errors import ModelError


class BertEncoder(InProcessEncoder):
    """A model that `Bert` knows, and whose vectors are means of its token states."""

    def __init__(
        self, name: str, fingerprint: str, description: Description, vocabulary: Vocabulary, bert: Bert
    ) -> None:
        """`fingerprint` is that of the model's files."""
        super().__init__(name, fingerprint, description, vocabulary)
        self._bert = bert

    @classmethod
    def of_folder(cls, folder: Path, name: str) -> BertEncoder | None:
        """Return the model `name` in `folder`, without its fingerprint, or None if another library has to run it.

        Raises `ModelError` if its files cannot be read.
        """
        try:
            described, inner = config.read(folder), config.transformer(folder)
        except ModelError:
            return None
        file = config.transformer_folder(folder) / "model.safetensors"
        if inner.get("model_type") != "bert" or not file.is_file() or not (folder / "tokenizer.json").is_file():
            return None
        tensors = weights.mapped(file).under("bert.")
        if not described.pools_by_mean or not Bert.is_known(inner, tensors, described.window):
            return None
        return cls(name, "", described, Vocabulary.load(folder), Bert(inner, tensors))

    def _encode(self, texts: Sequence[Tokens]) -> tuple[Vectors, list[Vectors]]:
        states = self._bert.states([_cut(text.ids, self.window) for text in texts])
        return unit(np.array([of_one.mean(axis=0) for of_one in states])), states


def _cut(ids: list[int], window: int) -> list[int]:
    """Return the ids of the tokens that fit the window, keeping the last one, which ends every text."""
    return ids if len(ids) <= window else [*ids[: window - 1], ids[-1]]
