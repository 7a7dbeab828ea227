"""Any cross-encoder of sentence-transformers, by name or folder, in the reranker's place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.arrays import Vectors
from index.encode import model
from index.encode.device import AUTO, resolved
from index.errors import ModelError
from index.records import PassageText

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class PairReranker:
    """Reads the question with every sentence by itself; a sentence's log odds are the model's own."""

    is_fitted = False

    def __init__(self, cross_encoder: CrossEncoder) -> None:
        """Wrap a cross-encoder that gives one score a pair."""
        self._model = cross_encoder

    @classmethod
    def load(cls, name: str, device: str = AUTO) -> PairReranker:
        """Load the cross-encoder `name`.

        Raises `ModelError` where it is missing or none, gives several labels, or cannot run on `device`.
        """
        from sentence_transformers import CrossEncoder

        folder, processor = model.locate(name, setting="QUOTH_RERANKER"), resolved(device)
        try:
            encoder = CrossEncoder(
                str(folder),
                device=processor,
                model_kwargs={"use_safetensors": True},
                trust_remote_code=False,
            )
        except (OSError, ValueError, KeyError, RuntimeError, AttributeError, AssertionError) as error:
            raise ModelError(f"The reranker {name!r} could not be loaded: check QUOTH_RERANKER ({error}).") from error
        if encoder.num_labels != 1:
            raise ModelError(
                f"The reranker {name!r} gives {encoder.num_labels} labels, and one score is needed: "
                "check QUOTH_RERANKER."
            )
        return cls(encoder)

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[Vectors]:
        """Return for each passage the log odds of each of its sentences."""
        import torch

        pairs = [(question, passage.text[start:end]) for passage in passages for start, end in passage.sentences]
        if not pairs:
            return [np.empty(0, np.float32) for _ in passages]
        scores = self._model.predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
        edges = np.cumsum([len(passage.sentences) for passage in passages])[:-1]
        return [np.asarray(some, np.float32) for some in np.split(np.asarray(scores, np.float32).reshape(-1), edges)]
