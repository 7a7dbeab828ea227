"""Text to vectors: one forward pass a passage gives its own vector and one for each of its sentences."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from index import model
from index.errors import ModelError
from index.loading import uncollected

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.bert import Bert

Vectors = npt.NDArray[np.float32]

BATCH_TOKENS = 4096
"""Tokens a batch, padding included: large enough to keep two cores busy, small enough to stay near the cache."""

_SPECIAL_TOKENS = 2

_CACHED_WORDS = 20_000
"""Words of questions whose tokens are remembered."""


@dataclass(frozen=True, slots=True)
class PassageText:
    """What is encoded for a passage: `header` (title and section) goes before `text`.

    `sentences` are offsets into `text`, in order.
    """

    header: str
    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A text's tokens, with those that the model puts around it.

    Of each its id, the offset at which it begins, and whether it is one of the text's own.
    """

    text: str
    ids: list[int]
    starts: npt.NDArray[np.int64]
    ordinary: npt.NDArray[np.bool_]


class Encoder:
    """A sentence-transformers model, used for questions and for passages with their sentences.

    All vectors are float32 and of unit length. Not safe to be called from several threads at once.
    """

    def __init__(self, transformer: SentenceTransformer, name: str, fingerprint: str) -> None:
        """Wrap a loaded model; `fingerprint` is that of its files."""
        self._transformer = transformer
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = int(transformer.get_embedding_dimension() or 0)
        self.window = int(transformer.max_seq_length or 512)
        prompts = transformer.prompts or {}
        self._question_prompt = prompts.get("query") or ""
        self._passage_prompt = prompts.get("document") or prompts.get("passage") or ""
        self._late = _pools_by_mean(transformer)
        self._bert = _bert(transformer) if self._late else None
        self._tokenizer = _untruncated(transformer)
        self._unknown = transformer.tokenizer.unk_token_id
        self._embeddings = _input_embeddings(transformer)
        self._embeddings_mean = self._embeddings.mean(axis=0)
        self._embeddings_norms = _norms(self._embeddings, self._embeddings_mean)
        self.word_ids = lru_cache(_CACHED_WORDS)(self._word_ids)

    @classmethod
    def load(cls, name: str = model.DEFAULT_MODEL, device: str = "auto") -> Encoder:
        """Load the model `name` onto `device` (`auto`, or a name that torch knows).

        Raises `ModelError` where it is missing, altered or no embedding model.
        """
        folder = model.locate(name)
        with ThreadPoolExecutor(1, thread_name_prefix="checksums") as beside, uncollected():
            checked = beside.submit(_checked, folder, name)
            try:
                transformer = _load(str(folder), name, device)
            except ModelError:
                checked.result()  # what is wrong with the files says more
                raise
            return cls(transformer, name, checked.result())

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, in one batch; shape (len(texts), dimension)."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return self._encode([self._tokens(self._question_prompt + text) for text in texts])[0]

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """Return the (start, end) offsets in `text` of each of the model's tokens."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).offsets)

    def token_ids(self, text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the ids of the model's tokens in `text`, and the offset at which each begins."""
        tokens = self._tokenizer.encode(text, add_special_tokens=False)
        return np.array(tokens.ids, np.int64), np.array([start for start, _ in tokens.offsets], np.int64)

    def known(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return `ids` without the one that stands for whatever the model's vocabulary lacks: it is like nothing."""
        return ids if self._unknown is None else ids[ids != self._unknown]

    def _word_ids(self, word: str) -> npt.NDArray[np.int64]:
        """Return the ids of the known tokens of one word; `word_ids` is the same, and remembers words."""
        return self.known(np.array(self._tokenizer.encode(word, add_special_tokens=False).ids, np.int64))

    def token_vectors(self, ids: npt.NDArray[np.int64]) -> Vectors:
        """Return the model's input embeddings of tokens, less their mean and of unit length, one a row."""
        return _unit(self._embeddings[ids] - self._embeddings_mean)

    def likeness(self, ids: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> Vectors:
        """Return the cosines of the `token_vectors` of `ids` (rows) and of `others` (columns)."""
        vectors = self.token_vectors(ids)
        products = vectors @ self._embeddings[others].T - (vectors @ self._embeddings_mean)[:, None]
        return np.asarray(products / self._embeddings_norms[others], np.float32)

    def passages(self, texts: Sequence[PassageText]) -> Iterator[tuple[int, Vectors, Vectors]]:
        """Yield `(i, vector, sentence_vectors)` for each of `texts`, longest first.

        `vector` has shape (dimension,), `sentence_vectors` (len(texts[i].sentences), dimension).
        """
        headed = [self._headed(text) for text in texts]
        for batch in _batches([len(tokens.ids) for tokens, _ in headed]):
            vectors, states = self._encode([headed[i][0] for i in batch])
            for i, vector, of_one in zip(batch, vectors, states, strict=True):
                if self._late:
                    yield i, vector, self._pool(of_one, headed[i], texts[i], vector)
                else:
                    yield i, vector, self._second_pass(texts[i])

    def _encode(self, texts: Sequence[_Tokens]) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of texts, and the states of the tokens of each; there may be padding after these."""
        if self._bert is None:
            output = self._forward([text.text for text in texts])
            states = output["token_embeddings"].float().cpu().numpy()
            return _unit(output["sentence_embedding"].float().cpu().numpy()), list(states)
        states = self._bert.states([_cut(text.ids, self.window) for text in texts])
        return _unit(np.array([of_one.mean(axis=0) for of_one in states])), states

    def _pool(self, states: Vectors, headed: tuple[_Tokens, int], text: PassageText, whole: Vectors) -> Vectors:
        """Average the token states of each sentence ("late chunking", Günther et al. 2024, arXiv:2409.04701).

        A sentence of which no token is inside the window gets the vector of the whole passage.
        """
        if not text.sentences:
            return np.empty((0, self.dimension), np.float32)
        tokens, shift = headed
        kept = min(len(tokens.ids), states.shape[0])
        starts = tokens.starts[:kept] - shift
        ordinary = tokens.ordinary[:kept]
        inside = np.array([ordinary & (starts >= start) & (starts < end) for start, end in text.sentences])
        pooled = inside.astype(np.float32) @ states[:kept]
        pooled[~inside.any(axis=1)] = whole
        return _unit(pooled)

    def _second_pass(self, text: PassageText) -> Vectors:
        pieces = [self._passage_prompt + text.text[start:end] for start, end in text.sentences]
        if not pieces:
            return np.empty((0, self.dimension), np.float32)
        return _unit(self._forward(pieces)["sentence_embedding"].float().cpu().numpy())

    def _headed(self, text: PassageText) -> tuple[_Tokens, int]:
        """Return what is encoded for `text`, and where in it the passage's own text begins.

        The header gets what the passage leaves of the window.
        """
        room = self.window - _SPECIAL_TOKENS - len(self._tokenizer.encode(text.text, add_special_tokens=False)) - 1
        spans = self.token_spans(text.header)[: max(room, 0)]
        header = text.header[: spans[-1][1]] + "\n" if spans else ""
        start = self._passage_prompt + header
        return self._tokens(start + text.text), len(start)

    def _tokens(self, text: str) -> _Tokens:
        tokens = self._tokenizer.encode(text)
        starts = np.array([start for start, _ in tokens.offsets], np.int64)
        return _Tokens(text, tokens.ids, starts, np.array(tokens.special_tokens_mask) == 0)

    def _forward(self, texts: list[str]) -> dict[str, Any]:
        import torch

        with torch.inference_mode():
            features = self._transformer.preprocess(texts)
            features = {
                key: value.to(self._transformer.device) if isinstance(value, torch.Tensor) else value
                for key, value in features.items()
            }
            output: dict[str, Any] = self._transformer.forward(features)
        return output


def _checked(folder: Path, name: str) -> str:
    """Return the fingerprint of a model's files; raises `ModelError` where they are not those of the default one."""
    if name == model.DEFAULT_MODEL:
        model.check_weights(folder)
    return model.fingerprint(folder)


def _load(folder: str, name: str, device: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        return SentenceTransformer(
            folder,
            device=None if device == "auto" else device,
            model_kwargs={"use_safetensors": True},
            trust_remote_code=False,
        )
    except (OSError, ValueError, KeyError, RuntimeError, AssertionError) as error:
        raise ModelError(
            f"The model {name!r} could not be loaded on device {device!r}: check QUOTH_MODEL, QUOTH_DEVICE ({error})."
        ) from error


def _untruncated(transformer: SentenceTransformer) -> Any:
    """Return a copy of the model's tokenizer that cuts and pads nothing; the model's own keeps its settings."""
    from tokenizers import Tokenizer

    backend = getattr(transformer.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError("The model has no fast tokenizer, which is needed to tell where its tokens stand in the text.")
    tokenizer = Tokenizer.from_str(backend.to_str())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _input_embeddings(transformer: SentenceTransformer) -> Vectors:
    """Return the table of token embeddings, shape (tokens, width): on a CPU the model's own memory, not a copy."""
    table = transformer[0].auto_model.get_input_embeddings().weight  # type: ignore[operator, union-attr]
    return np.asarray(table.detach().float().cpu().numpy(), np.float32)


def _bert(transformer: SentenceTransformer) -> Bert | None:
    """Return the forward pass of a model that is a BERT, on a CPU; None for others."""
    from index.bert import Bert

    module = transformer[0].auto_model
    return Bert(module) if Bert.is_known(module) else None


def _cut(ids: list[int], window: int) -> list[int]:
    """Return the ids of a text's tokens that fit the window: the last one, which ends every text, stays."""
    return ids if len(ids) <= window else [*ids[: window - 1], ids[-1]]


def _norms(rows: Vectors, mean: Vectors) -> Vectors:
    """Return the lengths of `rows` less their `mean`, without a copy of them."""
    squares = np.einsum("ij,ij->i", rows, rows) - 2 * (rows @ mean) + mean @ mean
    return np.asarray(np.sqrt(np.maximum(squares, 1e-24)), np.float32)


def _pools_by_mean(transformer: SentenceTransformer) -> bool:
    """Tell whether the model's vector is the mean of its token states, normalised or not, and nothing more."""
    names = [type(module).__name__ for module in transformer]
    return (
        names[:2] == ["Transformer", "Pooling"]
        and set(names[2:]) <= {"Normalize"}
        and getattr(transformer[1], "pooling_mode", None) == "mean"
    )


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group indices by their tokens, longest first, so that no batch, padded to its longest, exceeds `BATCH_TOKENS`."""
    batch: list[int] = []
    longest = 0
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        longest = longest or lengths[i]
        if batch and longest * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch, longest = [], lengths[i]
        batch.append(i)
    if batch:
        yield batch


def _unit(vectors: Vectors) -> Vectors:
    """Scale rows to unit length; a row of zeros stays as it is."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)
