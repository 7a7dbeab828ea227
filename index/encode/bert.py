"""The forward pass of a BERT model on a CPU, without the overhead of a library for every model."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

Product = Callable[[torch.Tensor], torch.Tensor]

ONEDNN = platform.machine().lower() in ("x86_64", "amd64") and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
"""Whether to multiply with oneDNN. With MKL, torch's default, an AMD processor reaches less than half the speed (14 to
220 tokens: 85 to 115 against 200 to 270 billion operations a second and core)."""


_SIZES = 32
"""Batches have a multiple of this many tokens: oneDNN and torch cache what they prepare for each size, which came to
600 MB after some hundred sizes."""


class Bert:
    """The layers of a BERT model, with their weights laid out for products of few rows.

    Texts are laid end to end, so only the attention needs padding.
    """

    def __init__(self, module: Any) -> None:
        """Take the layers of `module`, a `transformers.BertModel` that satisfies `is_known`."""
        embeddings = module.embeddings
        self._words = embeddings.word_embeddings.weight.detach()
        self._places = (embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]).detach()
        self._norm = _norm(embeddings.LayerNorm)
        self._layers = [_Layer(layer, module.config.num_attention_heads) for layer in module.encoder.layer]

    @staticmethod
    def is_known(module: Any) -> bool:
        """Return whether `module` is supported: BERT as published, in float32, on a CPU."""
        if type(module).__name__ != "BertModel":
            return False
        config = module.config
        published = getattr(config, "position_embedding_type", "absolute") == "absolute" and config.hidden_act == "gelu"
        kinds = {(one.device.type, one.dtype) for one in module.parameters()}
        return published and not config.is_decoder and kinds == {("cpu", torch.float32)}

    def states(self, texts: Sequence[Sequence[int]]) -> list[npt.NDArray[np.float32]]:
        """Return the token states of texts given as token ids, each of shape (tokens, width)."""
        filled = [*texts, *_filler(sum(map(len, texts)))] if len(texts) > 1 else texts
        batch = _Batch([len(ids) for ids in filled])
        with torch.inference_mode():
            ids = torch.tensor([one for text in filled for one in text])
            states = self._norm(self._words[ids] + self._places[batch.places])
            for layer in self._layers:
                states = layer(states, batch)
            return np.split(states.numpy(), batch.ends[:-1])[: len(texts)]


def _filler(tokens: int) -> list[list[int]]:
    """Return the filler to add to texts of `tokens` tokens, so that batches come in few sizes."""
    return [[0] * (-tokens % _SIZES)] if tokens % _SIZES else []


class _Batch:
    """Where the tokens of several texts are: end to end, and padded to the longest for the attention."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """Lay out texts with these numbers of tokens."""
        self._shape = (len(sizes), max(sizes))
        self.ends = np.cumsum(sizes)
        self.places = torch.cat([torch.arange(size) for size in sizes])
        self._rows: torch.Tensor | None = None
        self._mask: torch.Tensor | None = None
        if min(sizes) < max(sizes):
            there = torch.arange(max(sizes)) < torch.tensor(sizes)[:, None]
            self._rows = there.reshape(-1).nonzero()[:, 0]
            self._mask = there[:, None, None, :]

    def attend(self, projected: torch.Tensor, heads: int) -> torch.Tensor:
        """Mix the values of each text's tokens; `projected`, shape (tokens, 3 * width), is queries, keys, values."""
        count, longest = self._shape
        padded = projected
        if self._rows is not None:
            padded = projected.new_zeros(count * longest, projected.shape[1])
            padded[self._rows] = projected
        queries, keys, values = padded.view(count, longest, 3, heads, -1).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=self._mask)
        flat = mixed.transpose(1, 2).reshape(count * longest, -1)
        return flat if self._rows is None else flat[self._rows]


class _Layer:
    """One layer: attention, then two products for each token."""

    def __init__(self, layer: Any, heads: int) -> None:
        own = layer.attention.self
        self._heads = heads
        self._project = _product(own.query, own.key, own.value)
        self._mix = _product(layer.attention.output.dense)
        self._mixed = _norm(layer.attention.output.LayerNorm)
        self._widen = _product(layer.intermediate.dense)
        self._narrow = _product(layer.output.dense)
        self._narrowed = _norm(layer.output.LayerNorm)

    def __call__(self, states: torch.Tensor, batch: _Batch) -> torch.Tensor:
        """Return the next states of all tokens, shape (tokens, width)."""
        states = self._mixed(self._mix(batch.attend(self._project(states), self._heads)) + states)
        return self._narrowed(self._narrow(functional.gelu(self._widen(states))) + states)


def _norm(layer: Any) -> Product:
    weight, bias = layer.weight.detach(), layer.bias.detach()
    return lambda states: functional.layer_norm(states, weight.shape, weight, bias, layer.eps)


def _product(*layers: Any) -> Product:
    """Return a function that multiplies by the weights of several linear layers at once."""
    weight = torch.cat([layer.weight for layer in layers]).detach()
    bias = torch.cat([layer.bias for layer in layers]).detach()
    if not ONEDNN:
        return lambda states: functional.linear(states, weight, bias)
    with torch.inference_mode():
        packed = torch.ops.mkldnn._reorder_linear_weight(weight)  # noqa: SLF001 -- what torch.compile calls, too
    multiply: Any = torch.ops.mkldnn._linear_pointwise  # noqa: SLF001
    return lambda states: multiply(states, packed, bias, "none", [], "")
