"""BERT's layers, run by themselves: the numbers are those of the model's own module."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from index.encode import bert
from index.encode.bert import Bert


def _module(**given: Any) -> BertModel:
    torch.manual_seed(7)
    sizes = {"vocab_size": 99, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
    return BertModel(BertConfig(**{**sizes, "intermediate_size": 64, **given})).eval()


def _own(module: BertModel, ids: Sequence[int]) -> np.ndarray:
    with torch.inference_mode():
        states: np.ndarray = module(input_ids=torch.tensor([list(ids)])).last_hidden_state[0].numpy()
    return states


@pytest.mark.parametrize("onednn", [bert.ONEDNN, False])
@pytest.mark.parametrize("sizes", [(1,), (9,), (5, 5, 5), (3, 17, 1, 8)])
def test_each_text_has_the_states_that_the_module_gives_it_alone(
    sizes: tuple[int, ...], *, onednn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bert, "ONEDNN", onednn)
    module = _module()
    texts = [[(7 * place + size) % 99 for place in range(size)] for size in sizes]
    found = Bert(module).states(texts)
    assert [states.shape for states in found] == [(size, 32) for size in sizes]
    for states, ids in zip(found, texts, strict=True):
        np.testing.assert_allclose(states, _own(module, ids), atol=1e-5)


def test_only_what_it_computes_is_known() -> None:
    assert Bert.is_known(_module())
    assert not Bert.is_known(_module(hidden_act="relu"))
    assert not Bert.is_known(_module(is_decoder=True))
    assert not Bert.is_known(_module().half())
    assert not Bert.is_known(torch.nn.Linear(2, 2))
