"""Reads a model's configuration from its folder, without loading the model."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ModelError

_WINDOW = 512
"""The window in tokens of a model that does not name its own."""


@dataclass(frozen=True, slots=True)
class Description:
    """A model's dimension, window, prompts for questions and passages, and pooling.

    `pools_by_mean` says that a vector is the mean of the token states, normalised or not, and nothing more.
    """

    dimension: int
    window: int
    question_prompt: str
    passage_prompt: str
    pools_by_mean: bool


def prompts(named: Mapping[str, str | None] | None) -> tuple[str, str]:
    """Return a model's prompts for a question and for a passage."""
    given = named or {}
    return given.get("query") or "", given.get("document") or given.get("passage") or ""


def is_mean(modules: Sequence[str], pooling: object) -> bool:
    """Return whether a model of these modules (class names) with this pooling returns the mean of its token states."""
    return list(modules[:2]) == ["Transformer", "Pooling"] and set(modules[2:]) <= {"Normalize"} and pooling == "mean"


def read(folder: Path) -> Description:
    """Read the description of the sentence-transformers model in `folder`; raises `ModelError` if there is none."""
    try:
        modules = _modules(folder)
        inside = transformer_folder(folder)
        parts = [
            (
                module["type"].rpartition(".")[2],
                _json(folder / module["path"] / "config.json") if module.get("path") else {},
            )
            for module in modules
        ]
        pooling = _pooling(dict(parts).get("Pooling"))
        question, passage = prompts(_json(folder / "config_sentence_transformers.json").get("prompts"))
        width = int(transformer(folder).get("hidden_size") or 0)
        names = [name for name, _ in parts]
        return Description(_dimension(parts, width), _window(inside), question, passage, is_mean(names, pooling))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{folder} does not describe a sentence-transformers model ({error}).") from error


def transformer_folder(folder: Path) -> Path:
    """Return the folder inside a model's that holds the transformer with its weights; often it is the same."""
    return folder / str(_modules(folder)[0]["path"])


def transformer(folder: Path) -> dict[str, Any]:
    """Return the configuration of the transformer in a model's folder."""
    return dict(_json(transformer_folder(folder) / "config.json"))


def _modules(folder: Path) -> Any:
    return _json(folder / "modules.json") or [{"type": "Transformer", "path": ""}, {"type": "Pooling"}]


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _pooling(config: Mapping[str, Any] | None) -> object:
    """Return the pooling; a model that does not name it uses the mean."""
    if not config:
        return None if config is None else "mean"
    modes = [mode for mode, on in config.items() if mode.startswith("pooling_mode_") and on]
    return config.get("pooling_mode") or ("mean" if modes == ["pooling_mode_mean_tokens"] else tuple(modes))


def _dimension(parts: Sequence[tuple[str, Mapping[str, Any]]], width: int) -> int:
    for name, config in reversed(parts):
        if name == "Dense":
            return int(config["out_features"])
        if name == "Pooling":
            return int(config.get("embedding_dimension") or config.get("word_embedding_dimension") or width)
    return width


def _window(transformer: Path) -> int:
    length = _json(transformer / "sentence_bert_config.json").get("max_seq_length")
    if length:
        return int(length)
    longest = (
        _json(transformer / "tokenizer_config.json").get("model_max_length"),
        _json(transformer / "config.json").get("max_position_embeddings"),
    )
    return int(min((limit for limit in longest if limit), default=_WINDOW))
