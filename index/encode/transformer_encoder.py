"""Any sentence-transformers model, run by that library, on a graphics card or on a CPU."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays import Vectors, unit
from index.encode.config import Description, is_mean, prompts
from index.encode.in_process import InProcessEncoder, Tokens
from index.encode.vocabulary import Vocabulary
from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class TransformerEncoder(InProcessEncoder):
    """A model as sentence-transformers loads it. Not thread-safe."""

    def __init__(self, transformer: SentenceTransformer, name: str, fingerprint: str) -> None:
        """Wrap a loaded model; `fingerprint` is that of its files."""
        super().__init__(name, fingerprint, _described(transformer), _vocabulary(transformer))
        self.transformer = transformer

    @classmethod
    def of_folder(cls, folder: Path, name: str, device: str) -> TransformerEncoder:
        """Load the model `name` from its folder, without its fingerprint; raises `ModelError` if it is none."""
        return cls(_loaded(str(folder), name, device), name, "")

    def _encode(self, texts: Sequence[Tokens]) -> tuple[Vectors, list[Vectors]]:
        output = self._forward([text.text for text in texts])
        states = output["token_embeddings"].float().cpu().numpy()
        return unit(output["sentence_embedding"].float().cpu().numpy()), list(states)

    def _forward(self, texts: list[str]) -> dict[str, Any]:
        import torch

        with torch.inference_mode():
            features = self.transformer.preprocess(texts)
            features = {
                key: value.to(self.transformer.device) if isinstance(value, torch.Tensor) else value
                for key, value in features.items()
            }
            output: dict[str, Any] = self.transformer.forward(features)
        return output


def _loaded(folder: str, name: str, device: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        loaded = SentenceTransformer(
            folder,
            device=None if device == "auto" else device,
            model_kwargs={"use_safetensors": True},
            trust_remote_code=False,
        )
        return loaded.half() if loaded.device.type == "cuda" else loaded  # cosine 0.9999 with float32
    except (OSError, ValueError, KeyError, RuntimeError, AssertionError) as error:
        raise ModelError(
            f"The model {name!r} could not be loaded on device {device!r}: check QUOTH_MODEL, QUOTH_DEVICE ({error})."
        ) from error


def _described(transformer: SentenceTransformer) -> Description:
    names = [type(module).__name__ for module in transformer]
    pooling = getattr(transformer[1], "pooling_mode", None) if names[1:] else None
    return Description(
        int(transformer.get_embedding_dimension() or 0),
        int(transformer.max_seq_length or 512),
        *prompts(dict(transformer.prompts or {})),
        is_mean(names, pooling),
    )


def _vocabulary(transformer: SentenceTransformer) -> Vocabulary:
    """Return the model's vocabulary with its own copy of the tokenizer, so that the model's settings stay."""
    from tokenizers import Tokenizer

    backend = getattr(transformer.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError("The model has no fast tokenizer, which is needed to tell where its tokens stand in the text.")
    tokenizer = Tokenizer.from_str(backend.to_str())
    return Vocabulary(tokenizer, transformer.tokenizer.unk_token_id, _input_embeddings(transformer))


def _input_embeddings(transformer: SentenceTransformer) -> Vectors:
    """Return the token embeddings, shape (tokens, width); on a CPU they share the model's memory."""
    table = transformer[0].auto_model.get_input_embeddings().weight
    return np.asarray(table.detach().float().cpu().numpy(), np.float32)
