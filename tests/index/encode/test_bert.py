"""BERT's layers, run by themselves: the numbers are those of the model's own module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from index.encode.bert import Bert
from index.encode.gelu import gelu

if TYPE_CHECKING:
    from transformers import BertModel


def _module(**given: Any) -> BertModel:
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    sizes = {"vocab_size": 99, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
    return BertModel(BertConfig(**{**sizes, "intermediate_size": 64, **given})).eval()


def _weights(module: BertModel) -> dict[str, np.ndarray]:
    return {name: tensor.numpy() for name, tensor in module.state_dict().items()}


def _config(**given: Any) -> Mapping[str, Any]:
    return {**_module().config.to_dict(), "dtype": None, **given}


def _own(module: BertModel, ids: Sequence[int], first: int) -> np.ndarray:
    import torch

    types = torch.tensor([[int(place >= first) for place in range(len(ids))]])
    with torch.inference_mode():
        output = module(input_ids=torch.tensor([list(ids)]), token_type_ids=types)
    states: np.ndarray = output.last_hidden_state[0].numpy()
    return states


@pytest.mark.parametrize("threads", ["1", "3"])
@pytest.mark.parametrize("sizes", [(1,), (9,), (5, 5, 5), (3, 17, 1, 8), (40, 12, 40, 300, 7)])
def test_each_text_has_the_states_that_the_module_gives_it_alone(
    sizes: tuple[int, ...], threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    module = _module()
    texts = [[(7 * place + size) % 99 for place in range(size)] for size in sizes]
    bert = Bert(_config(), _weights(module))
    for firsts in (None, [size // 2 for size in sizes]):
        outputs = bert.states(texts, firsts)
        assert [states.shape for states in outputs] == [(size, 32) for size in sizes]
        for states, ids, first in zip(outputs, texts, firsts or sizes, strict=True):
            np.testing.assert_allclose(states, _own(module, ids, first), atol=1e-5)


def test_the_activation_is_that_of_the_module_to_a_millionth() -> None:
    import torch

    values = np.concatenate([np.linspace(-12, 12, 50_001), [0.0, -0.0, 1e-30, -1e4, 1e4]]).astype(np.float32)
    wanted = torch.nn.functional.gelu(torch.tensor(values, dtype=torch.float64)).numpy()
    gelu(values)
    np.testing.assert_allclose(values, wanted, atol=1e-6)


def test_only_what_it_computes_is_known() -> None:
    weights = _weights(_module())
    assert Bert.is_known(_config(), weights)
    assert Bert.is_known(_config(), weights, window=512)
    assert not Bert.is_known(_config(), weights, window=513)
    for other in (
        {"model_type": "roberta"},
        {"hidden_act": "relu"},
        {"is_decoder": True},
        {"position_embedding_type": "relative_key"},
        {"torch_dtype": "float16", "dtype": "float16"},
        {"num_hidden_layers": 3},
    ):
        assert not Bert.is_known(_config(**other), weights)
    assert not Bert.is_known(_config(), {name: weight.astype(np.float16) for name, weight in weights.items()})
    assert not Bert.is_known({}, {})
