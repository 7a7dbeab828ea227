"""The forward pass of a BERT model on a CPU, in numpy: no library of models has to be loaded, and no text be padded."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from index.arrays import Vectors
from index.encode import threads
from index.encode.gelu import gelu
from index.encode.weights import Tensors

Product = Callable[[Vectors], Vectors]
"""Multiplies rows by the weights of a linear layer and adds its bias."""

_PART = 256
"""The most tokens that go through the layers together, unless one text has more: what a layer makes of them stays in
the cache, and products of so many rows reach the full speed, which 64 do as well and 512 do not."""

_LEAST = 32
"""The fewest tokens that are given to another core: fewer rows reach less than half the speed."""

_MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")
_EMBEDDINGS = ("word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight")


class Bert:
    """The layers of a BERT model. Safe to be used from several threads at once."""

    def __init__(
        self, config: Mapping[str, Any], weights: Tensors, linear: Callable[[Tensors, str], Product] | None = None
    ) -> None:
        """Take the configuration and the weights of a model that satisfies `is_known`, under BERT's names for them.

        `linear` makes the linear layer of a name from the weights, where these are not float32 as in BERT's own files.
        """
        self._words, self._places, self._types = (weights[f"embeddings.{name}"] for name in _EMBEDDINGS)
        epsilon = config["layer_norm_eps"]
        self._norm = _Norm(weights, "embeddings.LayerNorm", epsilon)
        self._layers = [
            _Layer(f"encoder.layer.{number}", weights, config, linear or _linear)
            for number in range(config["num_hidden_layers"])
        ]

    @staticmethod
    def is_known(config: Mapping[str, Any], weights: Tensors, window: int = 0) -> bool:
        """Return whether this is BERT as published, with its weights in float32, and reads `window` tokens."""
        published = (
            config.get("model_type") == "bert"
            and config.get("hidden_act") == "gelu"
            and config.get("position_embedding_type", "absolute") == "absolute"
            and config.get("dtype", config.get("torch_dtype")) in (None, "float32")
            and not any(config.get(name) for name in ("is_decoder", "quantization_config"))
            and config.keys() >= {"layer_norm_eps", "num_hidden_layers", "num_attention_heads"}
        )
        return (
            published
            and all(
                name in weights and weights[name].dtype == np.float32 for name in _names(config["num_hidden_layers"])
            )
            and len(weights["embeddings.position_embeddings.weight"]) >= window
        )

    def states(self, texts: Sequence[Sequence[int]], firsts: Sequence[int] | None = None) -> list[Vectors]:
        """Return the token states of texts given as token ids, each of shape (tokens, width).

        `firsts` says how many tokens of each text are of the first type, where the others are of the second.
        """
        sizes = [len(ids) for ids in texts]
        parts = _parts(sizes)
        done = threads.side_by_side(lambda part: self._of_part([texts[i] for i in part], part, firsts), parts)
        by_number = {
            i: states
            for part, of_part in zip(parts, done, strict=True)
            for i, states in zip(part, of_part, strict=True)
        }
        return [by_number[i] for i in range(len(texts))]

    def _of_part(
        self, texts: Sequence[Sequence[int]], numbers: Sequence[int], firsts: Sequence[int] | None
    ) -> list[Vectors]:
        """Return the token states of a few texts, which are `numbers` of all."""
        sizes = [len(ids) for ids in texts]
        states = self._words[np.concatenate([np.asarray(ids, np.int64) for ids in texts])]
        states += np.concatenate([self._places[:size] for size in sizes])
        if firsts is None:
            states += self._types[0]
        else:
            states += self._types[
                np.concatenate([np.arange(n) >= firsts[i] for n, i in zip(sizes, numbers, strict=True)]).astype(
                    np.int64
                )
            ]
        self._norm(states)
        groups = list(_groups(sizes))
        for layer in self._layers:
            states = layer(states, groups)
        return np.split(states, np.cumsum(sizes)[:-1])


class _Group(NamedTuple):
    """Texts of the same length that lie beside each other: the row of their first token, how many, and how long."""

    first: int
    texts: int
    tokens: int


def _groups(sizes: Iterable[int]) -> Iterable[_Group]:
    first = 0
    for size, alike in groupby(sizes):
        texts = len(list(alike))
        yield _Group(first, texts, size)
        first += texts * size


def _parts(sizes: Sequence[int]) -> list[list[int]]:
    """Spread texts of these sizes over as many parts as can be worked on at once, each with about as many tokens.

    In a part, the longest text is first.
    """
    total = sum(sizes)
    turns = math.ceil(total / (threads.count() * _PART)) or 1
    count = min(threads.count() * turns, max(total // _LEAST, 1), len(sizes))
    filled: list[tuple[int, int]] = [(0, number) for number in range(count)]
    parts: list[list[int]] = [[] for _ in range(count)]
    for i in sorted(range(len(sizes)), key=lambda i: -sizes[i]):
        tokens, number = filled[0]
        parts[number].append(i)
        heapq.heapreplace(filled, (tokens + sizes[i], number))
    return parts


class _Layer:
    """One layer: attention, then two products for each token."""

    def __init__(
        self, name: str, weights: Tensors, config: Mapping[str, Any], linear: Callable[[Tensors, str], Product]
    ) -> None:
        self._heads = config["num_attention_heads"]
        products = [linear(weights, f"{name}.{matrix}") for matrix in _MATRICES]
        self._query, self._key, self._value, self._mix, self._widen, self._narrow = products
        self._mixed, self._narrowed = (_Norm(weights, f"{name}.{norm}", config["layer_norm_eps"]) for norm in _NORMS)

    def __call__(self, states: Vectors, groups: Sequence[_Group]) -> Vectors:
        """Return the next states of all tokens, shape (tokens, width)."""
        mixed = self._mix(self._attended(states, groups))
        mixed += states
        self._mixed(mixed)
        wide = self._widen(mixed)
        gelu(wide)
        narrow = self._narrow(wide)
        narrow += mixed
        self._narrowed(narrow)
        return narrow

    def _attended(self, states: Vectors, groups: Sequence[_Group]) -> Vectors:
        """Return the values of each text's tokens, mixed by the attention between them."""
        queries, keys, values = self._query(states), self._key(states), self._value(states)
        queries *= np.float32(1 / math.sqrt(states.shape[1] // self._heads))
        mixed = np.empty_like(states)
        for group in groups:
            query, key, value, out = (_by_head(matrix, group, self._heads) for matrix in (queries, keys, values, mixed))
            shares = query @ key.swapaxes(2, 3)
            shares -= shares.max(axis=3, keepdims=True)
            np.exp(shares, out=shares)
            np.divide(shares @ value, shares.sum(axis=3, keepdims=True), out=out)
        return mixed


def _by_head(rows: Vectors, group: _Group, heads: int) -> Vectors:
    """Return a view of a group's rows, of shape (texts, heads, tokens, width of a head)."""
    of_group = rows[group.first : group.first + group.texts * group.tokens]
    return of_group.reshape(group.texts, group.tokens, heads, -1).swapaxes(1, 2)


class _Norm:
    """Layer normalisation, in place."""

    def __init__(self, weights: Tensors, name: str, epsilon: float) -> None:
        self._weight, self._bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        self._epsilon = np.float32(epsilon)

    def __call__(self, states: Vectors) -> None:
        states -= states.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", states, states) / np.float32(states.shape[1])
        states *= (1 / np.sqrt(variance + self._epsilon))[:, None]
        states *= self._weight
        states += self._bias


def _linear(weights: Tensors, name: str) -> Product:
    weight, bias = weights[f"{name}.weight"].T, weights[f"{name}.bias"]

    def product(rows: Vectors) -> Vectors:
        result: Vectors = rows @ weight
        result += bias
        return result

    return product


def _names(layers: int) -> Iterable[str]:
    """Yield the names of all weights that a model of so many layers has."""
    yield from (f"embeddings.{name}" for name in _EMBEDDINGS)
    parts = [f"encoder.layer.{number}.{part}" for number in range(layers) for part in (*_MATRICES, *_NORMS)]
    yield from (f"{part}.{kind}" for part in ("embeddings.LayerNorm", *parts) for kind in ("weight", "bias"))
