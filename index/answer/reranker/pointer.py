"""The reranker that comes with Quoth: the default model, trained to point to the tokens that answer, or to none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays import Vectors
from index.encode import model
from index.errors import ModelError
from index.records import PassageText

if TYPE_CHECKING:
    import torch

WEIGHTS = Path(__file__).with_name("weights.safetensors")

_QUESTION_TOKENS = 64
_WINDOW = 512
_SCALE = ".scale"


class Pointer:
    """Reads a question and a passage together, in one pass; see `MODEL_CARD.md` for how it was trained.

    Every token of the passage has a score, and so has "not here"; the log odds of a sentence are the log of the sum of
    its tokens' exponentials, less the score of "not here". Not safe to be called from several threads at once.
    """

    is_fitted = True

    def __init__(self, device: str = "auto", weights: Path = WEIGHTS) -> None:
        """Load the packed weights and the default model's embeddings; raises `ModelError` where they cannot be read."""
        from tokenizers import Tokenizer

        folder = model.locate(model.DEFAULT_MODEL)
        model.check_weights(folder)
        self._device = _device(device)
        self._bert, self._head, self._bias = _loaded(folder, weights, self._device)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._first, self._end = (self._tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[Vectors]:
        """Return for each passage the log odds of each of its sentences: answered there, against not in the passage.

        A sentence that the window (512 tokens, question included) does not reach gets those of its passage's worst.
        """
        import torch

        if not passages:
            return []
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:_QUESTION_TOKENS]
        room = _WINDOW - len(asked) - 3
        headers = [f"{one.header}\n" if one.header else "" for one in passages]
        read = [
            self._tokenizer.encode(header + one.text, add_special_tokens=False)
            for header, one in zip(headers, passages, strict=True)
        ]
        opening = [self._first, *asked, self._end]
        rows = [[*opening, *one.ids[:room], self._end] for one in read]
        longest = max(map(len, rows))
        ids, types, mask = torch.zeros(3, len(rows), longest, dtype=torch.long)
        for row, tokens in enumerate(rows):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            types[row, len(opening) : len(tokens)] = 1
            mask[row, : len(tokens)] = 1
        with torch.inference_mode():
            ids, types, mask = (one.to(self._device) for one in (ids, types, mask))
            states = self._bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
            scores = (states.float() @ self._head.T + self._bias).cpu().numpy()
        return [
            _of_sentences(
                score[len(opening) :, 0], score[0, 1], [start - len(header) for start, _ in one.offsets[:room]], passage
            )
            for score, header, one, passage in zip(scores, headers, read, passages, strict=True)
        ]


def _of_sentences(tokens: Vectors, nowhere: float, starts: list[int], passage: PassageText) -> Vectors:
    edges = np.searchsorted(starts, [start for start, _ in passage.sentences])
    ends = np.append(edges[1:], len(starts))
    odds = [
        np.logaddexp.reduce(tokens[first:last].astype(np.float64)) - nowhere if last > first else np.nan
        for first, last in zip(edges, ends, strict=True)
    ]
    found = np.array(odds, np.float32)
    return np.where(np.isnan(found), np.nanmin(found) if np.isfinite(found).any() else 0, found)


def _device(name: str) -> str:
    import torch

    return ("cuda" if torch.cuda.is_available() else "cpu") if name == "auto" else name


def _loaded(folder: Path, weights: Path, device: str) -> tuple[Any, torch.Tensor, torch.Tensor]:
    """Return the model, as int8 on a CPU, with its head: weights, shape (2, width), and bias, shape (2,)."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file
    from transformers import BertConfig

    try:
        packed = load_file(weights)
    except (OSError, SafetensorError) as error:
        raise ModelError(
            f"{weights} cannot be read ({error}): install Quoth anew, or set QUOTH_RERANKER=off."
        ) from error
    bert = _empty(BertConfig.from_pretrained(folder))
    head, bias = packed.pop("head.weight"), packed.pop("head.bias")
    scales = {name.removesuffix(_SCALE): packed.pop(name) for name in list(packed) if name.endswith(_SCALE)}
    matrices = {name: packed.pop(name) for name in scales}
    bert.load_state_dict(_embeddings(folder) | packed, strict=False, assign=True)
    for name, scale in scales.items():
        if device == "cpu":
            _quantise(bert, name.removesuffix(".weight"), matrices[name], scale)
        else:
            bert.load_state_dict({name: matrices[name].float() * scale[:, None]}, strict=False, assign=True)
    bert.requires_grad_(requires_grad=False)
    return bert.train(mode=False).to(device), head.to(device), bias.to(device)


def _empty(config: Any) -> Any:
    """Return the model without weights: drawing random ones, only to replace them, takes a second."""
    import torch
    from transformers import BertModel

    with torch.device("meta"):
        bert: Any = BertModel(config, add_pooling_layer=False)
    bert.embeddings.position_ids = torch.arange(config.max_position_embeddings).expand((1, -1))
    bert.embeddings.token_type_ids = torch.zeros((1, config.max_position_embeddings), dtype=torch.long)
    return bert


def _embeddings(folder: Path) -> dict[str, torch.Tensor]:
    from safetensors import safe_open

    with safe_open(folder / "model.safetensors", "pt") as file:
        names = [name for name in file.keys() if name.startswith("embeddings.")]  # noqa: SIM118 -- it is no dict
        return {name: file.get_tensor(name) for name in names if not name.endswith("position_ids")}


def _quantise(bert: Any, path: str, values: torch.Tensor, scale: torch.Tensor) -> None:
    """Put a layer of int8 weights in the place of the linear one at `path`."""
    from index.answer.reranker.int8 import Int8Linear

    parent, _, name = path.rpartition(".")
    setattr(bert.get_submodule(parent), name, Int8Linear(values, scale, bert.get_submodule(path).bias))
