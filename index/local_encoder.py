"""The model in this process: one forward pass a passage gives its own vector and one for each of its sentences."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from index import model, probes
from index.description import Description, is_mean, prompts
from index.encoder import Encoder, PassageText
from index.errors import ModelError
from index.loading import uncollected
from index.vocabulary import Vectors, Vocabulary, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_TOKENS = 4096
"""Tokens a batch, padding included: large enough to keep two cores busy, small enough to stay near the cache."""

_SPECIAL_TOKENS = 2


class LocalEncoder(Encoder):
    """A sentence-transformers model. Not safe to be called from several threads at once."""

    second_pass = False

    def __init__(self, transformer: SentenceTransformer, name: str, fingerprint: str) -> None:
        """Wrap a loaded model; `fingerprint` is that of its files."""
        super().__init__(name, fingerprint, _described(transformer), _vocabulary(transformer))
        self._transformer = transformer

    @classmethod
    def load(cls, name: str = model.DEFAULT_MODEL, device: str = "auto") -> LocalEncoder:
        """Load the model `name` onto `device` (`auto`, or a name that torch knows).

        Raises `ModelError` where it is missing, altered or no embedding model.
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
        """The vectors of the probes, each text by itself."""
        texts = probes.strings(self.description.question_prompt, self.description.passage_prompt)
        return np.concatenate([self._vectors([text]) for text in texts])

    def expect(self, probes: Vectors | None) -> None:
        """Do nothing: the fingerprint of the model's files says it."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, in one batch; shape (len(texts), dimension)."""
        return self._vectors([self.description.question_prompt + text for text in texts])

    def passages(self, texts: Sequence[PassageText]) -> Iterator[tuple[int, Vectors, Vectors]]:
        """Yield `(i, vector, sentence_vectors)` for each of `texts`, longest first.

        `vector` has shape (dimension,), `sentence_vectors` (len(texts[i].sentences), dimension).
        """
        headed = [self.headed(text) for text in texts]
        lengths = [len(self.token_spans(text)) for text, _ in headed]
        for batch in _batches(lengths):
            yield from self._encode_batch(batch, texts, headed)

    def _encode_batch(
        self, batch: Sequence[int], texts: Sequence[PassageText], headed: Sequence[tuple[str, int]]
    ) -> Iterator[tuple[int, Vectors, Vectors]]:
        import torch

        with torch.inference_mode():
            output = self._forward([headed[i][0] for i in batch])
            vectors = unit(output["sentence_embedding"].float().cpu().numpy())
            states = output["token_embeddings"]
            for slot, i in enumerate(batch):
                if self.description.pools_by_mean:
                    sentences = self._pool(states[slot], headed[i], texts[i], vectors[slot])
                else:
                    sentences = self._vectors(self.pieces(texts[i]))
                yield i, vectors[slot], sentences

    def _pool(self, states: Any, headed: tuple[str, int], text: PassageText, whole: Vectors) -> Vectors:
        """Average the token states of each sentence ("late chunking", Günther et al. 2024, arXiv:2409.04701).

        A sentence of which no token is inside the window gets the vector of the whole passage.
        """
        if not text.sentences:
            return self.no_vectors()
        encoded, shift = headed
        tokens = self.vocabulary.encoded(encoded)
        kept = min(len(tokens.ids), states.shape[0])
        starts = np.array([start for start, _ in tokens.offsets[:kept]]) - shift
        ordinary = np.array(tokens.special_tokens_mask[:kept]) == 0
        inside = np.array([ordinary & (starts >= start) & (starts < end) for start, end in text.sentences])
        pooled = inside.astype(np.float32) @ states[:kept].float().cpu().numpy()
        pooled[~inside.any(axis=1)] = whole
        return unit(pooled)

    def _vectors(self, texts: list[str]) -> Vectors:
        import torch

        if not texts:
            return self.no_vectors()
        with torch.inference_mode():
            return unit(self._forward(texts)["sentence_embedding"].float().cpu().numpy())

    def _forward(self, texts: list[str]) -> dict[str, Any]:
        import torch

        features = self._transformer.preprocess(texts)
        features = {
            key: value.to(self._transformer.device) if isinstance(value, torch.Tensor) else value
            for key, value in features.items()
        }
        output: dict[str, Any] = self._transformer.forward(features)
        return output


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
    """Return the model's tokens with a tokenizer of their own: the model's keeps its settings."""
    from tokenizers import Tokenizer

    backend = getattr(transformer.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError("The model has no fast tokenizer, which is needed to tell where its tokens stand in the text.")
    tokenizer = Tokenizer.from_str(backend.to_str())
    return Vocabulary(tokenizer, transformer.tokenizer.unk_token_id, _input_embeddings(transformer))


def _input_embeddings(transformer: SentenceTransformer) -> Vectors:
    """Return the table of token embeddings, shape (tokens, width): on a CPU the model's own memory, not a copy."""
    table = transformer[0].auto_model.get_input_embeddings().weight  # type: ignore[operator, union-attr]
    return np.asarray(table.detach().float().cpu().numpy(), np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group indices, longest first, so that no batch, padded to its longest, exceeds `BATCH_TOKENS`."""
    batch: list[int] = []
    longest = 0
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        longest = longest or lengths[i] + _SPECIAL_TOKENS
        if batch and longest * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch, longest = [], lengths[i] + _SPECIAL_TOKENS
        batch.append(i)
    if batch:
        yield batch
