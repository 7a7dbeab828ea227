"""How the tokens of a statement compare with those of what it cites, in the states of the embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.arrays import Ids, Vectors
from index.encode import config, model
from index.encode.bert import Bert
from index.encode.weights import mapped
from index.text.stop_words import stop_words

if TYPE_CHECKING:
    from tokenizers import Encoding

HEAD = Path(__file__).with_name("head.safetensors")
"""The weights of the head."""

_MOST_CITED, _MOST_STATED = 320, 120
"""Tokens that are read; a longer statement is read by nobody."""

FEATURES = 22
WIDTH = 384


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as tokens: `ids`, the token `states` and input `embeddings` (unit length), and marks of each token."""

    ids: Ids
    states: Vectors
    embeddings: Vectors
    marks: Vectors


class Aligner:
    """Encodes texts by the default model and compares their tokens. Not for several threads at once."""

    def __init__(self) -> None:
        """Map the default model's weights; raises `ModelError` where they are not the published ones."""
        from tokenizers import Tokenizer

        folder = model.locate(model.DEFAULT_MODEL)
        model.check_weights(folder)
        weights = mapped(folder / "model.safetensors")
        self._bert = Bert(config.transformer(folder), weights)
        self._table = weights["embeddings.word_embeddings.weight"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def encoded(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode texts in one pass, each cut to what is read of it."""
        encodings = [self._tokenizer.encode(text) for text in texts]
        ids = [
            [*encoding.ids[: _MOST_CITED - 1], encoding.ids[-1]] if len(encoding.ids) > _MOST_CITED else encoding.ids
            for encoding in encodings
        ]
        states = self._bert.states(ids)
        return [
            self._of(text, encoding, np.array(numbers[1:-1], np.int64), of_text[1:-1])
            for text, encoding, numbers, of_text in zip(texts, encodings, ids, states, strict=True)
        ]

    def _of(self, text: str, encoding: Encoding, ids: Ids, states: Vectors) -> Encoded:
        marks = _marks(text, encoding.tokens[1 : 1 + len(ids)], encoding.offsets[1 : 1 + len(ids)])
        return Encoded(ids, _unit(states), _unit(np.asarray(self._table[ids], np.float32)), marks)

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """Return where the tokens of a text begin and end in it."""
        return [(start, end) for start, end in self._tokenizer.encode(text, add_special_tokens=False).offsets]

    def reads_whole(self, statement: str) -> bool:
        """Tell whether a statement is neither empty nor too long to be read."""
        return 0 < len(self.offsets(statement)) <= _MOST_STATED


def compared(said: Encoded, cited: Encoded) -> tuple[Vectors, Vectors]:
    """Return features of each token of a statement, shape (tokens, FEATURES), and by how much its state differs.

    From that of the most similar token of what it cites, shape (tokens, WIDTH).
    """
    near = said.states @ cited.states.T
    alike = said.embeddings @ cited.embeddings.T
    same = said.ids[:, None] == cited.ids[None, :]
    best = near.argmax(axis=1)
    rows = np.arange(len(best))
    ordered = np.sort(near, axis=1)
    second = ordered[:, -2] if near.shape[1] > 1 else ordered[:, -1]
    of_same = np.where(same, near, -1.0).max(axis=1)
    steps = np.diff(best)
    follows = np.append(0.0, (steps >= 0) & (steps <= 2)).astype(np.float32)  # noqa: PLR2004 -- next to each other
    leads = np.append((steps >= 0) & (steps <= 2), 0.0).astype(np.float32)  # noqa: PLR2004 -- likewise
    mutual = (near.argmax(axis=0)[best] == rows).astype(np.float32)
    top = near[rows, best]
    mean = said.states.mean(axis=0) @ cited.states.mean(axis=0)
    features = np.column_stack([
        top, top - second, alike.max(axis=1), alike[rows, best], same.any(axis=1), same[rows, best], of_same,
        top - of_same, follows, leads, mutual, _around(top), _around(same.any(axis=1).astype(np.float32)), said.marks,
        np.full(len(best), top.min()), np.full(len(best), mean),
    ])  # fmt: skip
    return np.asarray(features, np.float32), np.abs(said.states - cited.states[best])


def _marks(text: str, tokens: list[str], offsets: list[tuple[int, int]]) -> Vectors:
    """Return for each token: digit, capital, stop word, inside a word, sign, negation, the first."""
    none = stop_words("en")
    rows = [
        (
            token.removeprefix("##")[:1].isdigit(),
            text[start : start + 1].isupper(),
            token in none,
            token.startswith("##"),
            not token[-1].isalnum(),
            token in _negations(),
            number == 0,
        )
        for number, (token, (start, _)) in enumerate(zip(tokens, offsets, strict=True))
    ]
    return np.array(rows, np.float32).reshape(len(rows), 7)


@cache
def _negations() -> frozenset[str]:
    return frozenset({"not", "no", "never", "none", "without", "nor", "t"})


def _around(values: Vectors) -> Vectors:
    """Return the mean of each value and its two neighbours on either side."""
    padded = np.pad(values, 2, mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, 5).mean(axis=1), np.float32)


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
