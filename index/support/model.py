"""The support model, which tells whether a sentence follows from what it cites."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.answer.reranker.pointer import Reader, reader
from index.arrays import Vectors
from index.encode import model
from index.encode.device import AUTO

WEIGHTS = Path(__file__).with_name("weights.safetensors")

THRESHOLD = 0.9
"""The chance from which a statement counts as supported."""

_CITED_TOKENS = 320
_STATEMENT_TOKENS = 128


class SupportModel:
    """Points to the words of a statement that what it cites does not bear out, or to none; see `MODEL_CARD.md`.

    It has the layers and the head of the reranker, with weights of its own. Not safe to be called from several threads
    at once.
    """

    def __init__(self, device: str = AUTO, weights: Path = WEIGHTS) -> None:
        """Load the packed weights and the default model's embeddings; raises `ModelError` where they cannot be read."""
        from tokenizers import Tokenizer

        folder = model.locate(model.DEFAULT_MODEL)
        model.check_weights(folder)
        self._read: Reader = reader(folder, weights, device)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._first, self._end = (int(self._tokenizer.token_to_id(token) or 0) for token in ("[CLS]", "[SEP]"))

    def chances(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return for each statement, with the text that it cites, the chance (0 to 1) that it is supported.

        A statement that is too long to be read whole gets 0.
        """
        return [self._chance(statement, cited) for statement, cited in pairs]

    def _chance(self, statement: str, cited: str) -> float:
        said, given = (self._tokenizer.encode(text, add_special_tokens=False).ids for text in (statement, cited))
        if not said or len(said) > _STATEMENT_TOKENS:
            return 0.0
        opening = [self._first, *given[:_CITED_TOKENS], self._end]
        scores = self._read([[*opening, *said, self._end]], len(opening))[0]
        return _supported(scores[len(opening) :, 0], scores[0, 1])


def _supported(tokens: Vectors, nowhere: float) -> float:
    """Return the share of "nowhere" in a softmax over it and the tokens of a statement."""
    return float(np.exp(nowhere - np.logaddexp(np.logaddexp.reduce(tokens.astype(np.float64)), nowhere)))
