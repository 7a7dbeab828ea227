"""The model in this process: one forward pass gives a passage's vector and one for each of its sentences."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from index.arrays import Ids, Vectors, unit
from index.encode import model, probes
from index.encode.config import Description, is_mean, prompts
from index.encode.encoder import Encoder
from index.encode.loading import uncollected
from index.encode.vocabulary import Vocabulary
from index.errors import ModelError
from index.records import PassageText

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.encode.bert import Bert

BATCH_TOKENS = 4096
"""Tokens a batch, padding included: enough to keep two cores busy, few enough for the cache."""


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A text's tokens, including the model's special ones.

    For each token its id, the offset at which it begins, and whether it belongs to the text.
    """

    text: str
    ids: list[int]
    starts: Ids
    ordinary: npt.NDArray[np.bool_]


class LocalEncoder(Encoder):
    """A sentence-transformers model. Not thread-safe."""

    second_pass = False

    def __init__(self, transformer: SentenceTransformer, name: str, fingerprint: str) -> None:
        """Wrap a loaded model; `fingerprint` is that of its files."""
        super().__init__(name, fingerprint, _described(transformer), _vocabulary(transformer))
        self.transformer = transformer
        self._bert = _bert(transformer) if self.description.pools_by_mean else None

    @classmethod
    def load(cls, name: str = model.DEFAULT_MODEL, device: str = "auto") -> LocalEncoder:
        """Load the model `name` onto `device` (`auto`, or a name that torch knows).

        Raises `ModelError` if it is missing, altered, or not an embedding model.
        """
        folder = model.locate(name)
        with ThreadPoolExecutor(1, thread_name_prefix="checksums") as beside, uncollected():
            checked = beside.submit(model.checked, folder, name)
            try:
                transformer = _load(str(folder), name, device)
            except ModelError:
                checked.result()  # what is wrong with the files says more
                raise
            return cls(transformer, name, checked.result())

    @cached_property
    def probes(self) -> Vectors:
        """The vectors of the probes, each encoded by itself."""
        texts = probes.strings(self.description.question_prompt, self.description.passage_prompt)
        return np.concatenate([self._vectors([text]) for text in texts])

    def expect(self, probes: Vectors | None) -> None:
        """Do nothing: the fingerprint of the model's files is compared instead."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, in one batch; shape (len(texts), dimension)."""
        return self._vectors([self.description.question_prompt + text for text in texts])

    def passages(self, texts: Sequence[PassageText]) -> Iterator[tuple[int, Vectors, Vectors]]:
        """Yield `(i, vector, sentence_vectors)` for each of `texts`, longest first.

        `vector` has shape (dimension,), `sentence_vectors` (len(texts[i].sentences), dimension).
        """
        headed = [self.headed(text) for text in texts]
        tokens = [self._tokens(text) for text, _ in headed]
        for batch in _batches([len(one.ids) for one in tokens]):
            vectors, states = self._encode([tokens[i] for i in batch])
            for i, vector, of_one in zip(batch, vectors, states, strict=True):
                if self.description.pools_by_mean:
                    yield i, vector, self._pool(of_one, tokens[i], headed[i][1], texts[i], vector)
                else:
                    yield i, vector, self._vectors(self.pieces(texts[i]))

    def _pool(self, states: Vectors, tokens: _Tokens, shift: int, text: PassageText, whole: Vectors) -> Vectors:
        """Average the token states of each sentence ("late chunking", Günther et al. 2024, arXiv:2409.04701).

        `shift` is the offset at which the passage's own text begins in the encoded text. A sentence without a token in
        the window gets the vector of the whole passage.
        """
        if not text.sentences:
            return self.no_vectors()
        kept = min(len(tokens.ids), states.shape[0])
        starts = tokens.starts[:kept] - shift
        ordinary = tokens.ordinary[:kept]
        inside = np.array([ordinary & (starts >= start) & (starts < end) for start, end in text.sentences])
        pooled = inside.astype(np.float32) @ states[:kept]
        pooled[~inside.any(axis=1)] = whole
        return unit(pooled)

    def _vectors(self, texts: list[str]) -> Vectors:
        return self._encode([self._tokens(text) for text in texts])[0] if texts else self.no_vectors()

    def _encode(self, texts: Sequence[_Tokens]) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of texts, and the token states of each, which padding may follow."""
        if self._bert is None:
            output = self._forward([text.text for text in texts])
            states = output["token_embeddings"].float().cpu().numpy()
            return unit(output["sentence_embedding"].float().cpu().numpy()), list(states)
        states = self._bert.states([_cut(text.ids, self.window) for text in texts])
        return unit(np.array([of_one.mean(axis=0) for of_one in states])), states

    def _tokens(self, text: str) -> _Tokens:
        tokens = self.vocabulary.encoded(text)
        starts = np.array([start for start, _ in tokens.offsets], np.int64)
        return _Tokens(text, tokens.ids, starts, np.array(tokens.special_tokens_mask) == 0)

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


def _load(folder: str, name: str, device: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
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
    table = transformer[0].auto_model.get_input_embeddings().weight  # type: ignore[operator, union-attr]
    return np.asarray(table.detach().float().cpu().numpy(), np.float32)


def _bert(transformer: SentenceTransformer) -> Bert | None:
    """Return our forward pass for a BERT model on a CPU, or None."""
    from index.encode.bert import Bert

    module = transformer[0].auto_model
    return Bert(module) if Bert.is_known(module) else None


def _cut(ids: list[int], window: int) -> list[int]:
    """Return the ids of the tokens that fit the window, keeping the last one, which ends every text."""
    return ids if len(ids) <= window else [*ids[: window - 1], ids[-1]]


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
