"""The packed reranker on an accelerator, run by torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.answer.reranker.int8 import SCALE
from index.arrays import Vectors
from index.encode.weights import Tensors, mapped

if TYPE_CHECKING:
    from index.answer.reranker.pointer import Reader


def in_torch(folder: Path, weights: Tensors, device: str) -> Reader:
    """Return what reads texts on `device`, with the packed weights and the embeddings of the model in `folder`."""
    import torch

    bert = _loaded(folder, weights, device)
    head, bias = (torch.tensor(np.array(weights[name])).to(device) for name in ("head.weight", "head.bias"))

    def read(texts: Sequence[Sequence[int]], opening: int) -> list[Vectors]:
        ids, types, mask = torch.zeros(3, len(texts), max(map(len, texts)), dtype=torch.long)
        for row, tokens in enumerate(texts):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            types[row, opening : len(tokens)] = 1
            mask[row, : len(tokens)] = 1
        with torch.inference_mode():
            ids, types, mask = (tensor.to(device) for tensor in (ids, types, mask))
            states = bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
            return list((states.float() @ head.T + bias).cpu().numpy())

    return read


def _loaded(folder: Path, weights: Tensors, device: str) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    table = mapped(folder / "model.safetensors")
    embeddings = {name: tensor for name, tensor in table.items() if name.startswith("embeddings.")}
    packed = {
        name: tensor.astype(np.float32) * weights[name + SCALE][:, None] if name + SCALE in weights else tensor
        for name, tensor in weights.items()
        if not name.startswith("head.") and not name.endswith(SCALE)
    }
    bert = BertModel(BertConfig.from_pretrained(folder), add_pooling_layer=False)
    bert.load_state_dict(
        {name: torch.tensor(np.array(tensor)) for name, tensor in (embeddings | packed).items()}, strict=False
    )
    bert.requires_grad_(requires_grad=False)
    return bert.train(mode=False).to(device)
