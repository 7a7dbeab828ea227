"""A linear layer of int8 weights, whose inputs are quantised as they come."""

from __future__ import annotations

import warnings
from typing import Any

import torch


class Int8Linear(torch.nn.Module):
    """What `torch.ao.nn.quantized.dynamic.Linear` computes, without the fifth of a second that importing it takes."""

    def __init__(self, values: torch.Tensor, scale: torch.Tensor, bias: torch.Tensor) -> None:
        """Take weights as int8, shape (out, in), and what each row is to be multiplied with, shape (out,)."""
        super().__init__()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch is moving quantisation elsewhere; its version is pinned
            zeros = torch.zeros(len(scale), dtype=torch.long)
            weights = torch.quantize_per_channel(values.float() * scale[:, None], scale, zeros, 0, torch.qint8)
        self._packed: Any = torch.ops.quantized.linear_prepack(weights, bias)

    def forward(self, states: torch.Tensor) -> Any:
        """Return the layer's output for `states`, shape (..., in)."""
        return torch.ops.quantized.linear_dynamic(states, self._packed, reduce_range=True)
