"""The reranker that comes with Quoth: the default model, trained to point to the tokens that answer, or to none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.answer.reranker import int8
from index.arrays import Vectors
from index.encode import config, model
from index.encode.bert import Bert
from index.encode.device import AUTO, resolved
from index.encode.weights import Weights, mapped
from index.errors import ModelError
from index.records import PassageText

WEIGHTS = Path(__file__).with_name("weights.safetensors")

Reader = Callable[[Sequence[Sequence[int]], int], list[Vectors]]
"""Returns for each text, given as token ids, two scores for each of its tokens, shape (tokens, 2): that it answers, and
of the first token, that none does. So many tokens at the beginning of each text, the same number, are the question."""

_QUESTION_TOKENS = 64
_WINDOW = 512


class Pointer:
    """Reads a question and a passage together, in one pass; see `MODEL_CARD.md` for how it was trained.

    Every token of the passage has a score, and so has "not here"; the log odds of a sentence are the log of the sum of
    its tokens' exponentials, less the score of "not here". Not safe to be called from several threads at once.
    """

    is_fitted = True

    def __init__(self, device: str = AUTO, weights: Path = WEIGHTS) -> None:
        """Load the packed weights and the default model's embeddings; raises `ModelError` where they cannot be read."""
        from tokenizers import Tokenizer

        folder = model.locate(model.DEFAULT_MODEL)
        model.check_weights(folder)
        self._read = _reader(folder, weights, device)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._first, self._end = (int(self._tokenizer.token_to_id(token) or 0) for token in ("[CLS]", "[SEP]"))

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[Vectors]:
        """Return for each passage the log odds of each of its sentences: answered there, against not in the passage.

        A sentence that the window (512 tokens, question included) does not reach gets those of its passage's worst.
        """
        if not passages:
            return []
        question_ids = self._tokenizer.encode(question, add_special_tokens=False).ids[:_QUESTION_TOKENS]
        room = _WINDOW - len(question_ids) - 3
        headers = [f"{passage.header}\n" if passage.header else "" for passage in passages]
        read = [
            self._tokenizer.encode(header + passage.text, add_special_tokens=False)
            for header, passage in zip(headers, passages, strict=True)
        ]
        opening = [self._first, *question_ids, self._end]
        scores = self._read([[*opening, *encoding.ids[:room], self._end] for encoding in read], len(opening))
        return [
            _of_sentences(
                score[len(opening) :, 0],
                score[0, 1],
                [start - len(header) for start, _ in encoding.offsets[:room]],
                passage,
            )
            for score, header, encoding, passage in zip(scores, headers, read, passages, strict=True)
        ]


def _of_sentences(tokens: Vectors, nowhere: float, starts: list[int], passage: PassageText) -> Vectors:
    edges = np.searchsorted(starts, [start for start, _ in passage.sentences])
    ends = np.append(edges[1:], len(starts))
    odds = [
        np.logaddexp.reduce(tokens[first:last].astype(np.float64)) - nowhere if last > first else np.nan
        for first, last in zip(edges, ends, strict=True)
    ]
    log_odds = np.array(odds, np.float32)
    return np.where(np.isnan(log_odds), np.nanmin(log_odds) if np.isfinite(log_odds).any() else 0, log_odds)


def _reader(folder: Path, path: Path, device: str) -> Reader:
    """Return what reads texts: numpy on a CPU, so that torch need not be there, or torch on an accelerator."""
    try:
        weights = mapped(path)
    except ModelError as error:
        raise ModelError(f"{error} Install Quoth anew, or set QUOTH_RERANKER=off.") from error
    processor = resolved(device)
    if processor == "cpu" or (device == AUTO and processor != "cuda"):
        return _in_numpy(folder, weights)
    from index.answer.reranker.accelerated import in_torch

    return in_torch(folder, weights, processor)


def _in_numpy(folder: Path, weights: Weights) -> Reader:
    table = mapped(folder / "model.safetensors")
    bert = Bert(config.transformer(folder), {**table, **weights}, int8.linear)
    head, bias = weights["head.weight"].T, weights["head.bias"]

    def read(texts: Sequence[Sequence[int]], opening: int) -> list[Vectors]:
        states = bert.states(texts, [opening] * len(texts))
        return [np.asarray(of_one @ head + bias, np.float32) for of_one in states]

    return read
