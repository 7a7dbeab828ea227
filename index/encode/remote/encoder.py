"""The model on a server: questions, passages and sentences are sent there as texts, each by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from index.arrays import Vectors
from index.encode import config, model, probes
from index.encode.config import Description
from index.encode.encoder import Encoder
from index.encode.loading import without_garbage_collection
from index.encode.remote.patience import ASKED, BUILDING, Patience
from index.encode.remote.reply import Reply
from index.encode.remote.server import ABREAST, EmbeddingServer, TooMuchError
from index.encode.vocabulary import Vocabulary
from index.errors import EncoderAwayError, EncoderError, OtherModelError
from index.records import PassageText

Pause = Callable[[float], bool | None]

MOST_TEXTS = 32
"""Texts a request: the default limit of Text Embeddings Inference."""

_GROUP = 32
"""Passages to send together with their sentences."""

_REST = 2.0
"""Seconds after a failed question in which others fail at once, without asking the server again."""


class RemoteEncoder(Encoder):
    """The model on a server, with the tokenizer and token embeddings of the same model's files here.

    Its vectors of questions and passages equal those of the model here. Probes check that before anything else is
    asked, whenever the server has been away, and whenever it gives its model another name. Vectors of sentences differ:
    the API returns one vector a text, so a sentence is encoded without its context.
    """

    def __init__(  # noqa: PLR0913 -- what makes a model, and who has it
        self,
        name: str,
        fingerprint: str,
        described: Description,
        vocabulary: Vocabulary,
        server: EmbeddingServer,
        *,
        reference: Vectors | None = None,
        asked: Patience = ASKED,
        building: Patience = BUILDING,
    ) -> None:
        """Ask nothing of `server` yet; `reference` are the model's known probes, if there are any.

        `asked` is the patience for questions, `building` that for passages.
        """
        super().__init__(name, fingerprint, described, vocabulary)
        self.server = server
        self.second_pass = described.pools_by_mean
        self.patience, self._building = asked, building
        self._reference = reference
        self._probes: Vectors | None = None
        self._proven: tuple[str, int] | None = None  # the name that it gave its model, and its outages until then
        self._proving = threading.RLock()
        self._most = MOST_TEXTS
        self._away: tuple[float, EncoderAwayError] | None = None

    @classmethod
    def load(
        cls, name: str, server: EmbeddingServer, *, asked: Patience = ASKED, building: Patience = BUILDING
    ) -> RemoteEncoder:
        """Read the files of the model `name` here, for the `server` that runs it.

        Raises `ModelError` if the files are missing or altered.
        """
        folder = model.locate(name)
        with ThreadPoolExecutor(1, thread_name_prefix="checksums") as beside, without_garbage_collection():
            checked = beside.submit(model.checked, folder, name)
            parts = config.read(folder), Vocabulary.load(folder)
            reference = probes.packaged() if name == model.DEFAULT_MODEL else None
            return cls(name, checked.result(), *parts, server, reference=reference, asked=asked, building=building)

    @property
    def probes(self) -> Vectors:
        """The vectors of the probes from the server; raises `EncoderError` if they are those of another model."""
        if self._probes is None:
            return self._prove(self.patience)[0]
        return self._probes

    @property
    def is_known(self) -> bool:
        """Whether there was something to compare the server's vectors with: the model's own, or those of an index."""
        return self._reference is not None

    def expect(self, probes: Vectors | None) -> None:
        """Compare the server's vectors with the `probes` of an index, now or when the server is first asked.

        Raises `OtherModelError` if they differ.
        """
        if probes is None:
            return
        known = self._probes if self._reference is None else self._reference
        if known is not None and not _are_same(known, probes):
            raise OtherModelError(
                f"The index was built with vectors of another model than those of {self.name} at {self.server.url}: "
                f"check QUOTH_ENCODER_URL, or run `quoth index build --fresh`."
            )
        if self._reference is None:
            self._reference = probes

    def _questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions in one request; raises `EncoderError` if the server does not answer, or wrongly."""
        if self._away is not None and time.monotonic() < self._away[0] + _REST:
            raise EncoderAwayError(str(self._away[1]))
        try:
            vectors = self._encode([self.description.question_prompt + text for text in texts], self.patience)
        except EncoderAwayError as error:
            self._away = time.monotonic(), error
            raise
        self._away = None
        return vectors

    def _passages(self, texts: Sequence[PassageText]) -> Iterator[tuple[int, Vectors, Vectors]]:
        """Yield `(i, vector, sentence_vectors)` for each of `texts`, longest first; several requests run at once.

        Raises `EncoderError` if the server does not answer, or wrongly.
        """
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i].text))
        over = threading.Event()
        with ThreadPoolExecutor(ABREAST, thread_name_prefix="encoder") as pool:
            groups = (order[at : at + _GROUP] for at in range(0, len(order), _GROUP))
            try:
                for encoded in pool.map(lambda group: self._group(group, texts, over.wait), list(groups)):
                    yield from encoded
            finally:
                over.set()

    def _group(
        self, group: Sequence[int], texts: Sequence[PassageText], pause: Pause
    ) -> list[tuple[int, Vectors, Vectors]]:
        """Encode some passages, and their sentences."""
        pieces = [self.pieces(texts[i]) for i in group]
        headed = [self.headed(texts[i])[0] for i in group]
        flat = [piece for of_one in pieces for piece in of_one]
        vectors = self._encode([*headed, *flat], self._building, pause)
        ends = len(group) + np.cumsum([len(of_one) for of_one in pieces])
        sentences = np.split(vectors[len(group) :], ends[:-1] - len(group))
        return list(zip(group, vectors[: len(group)], sentences, strict=True))

    def _encode(self, texts: Sequence[str], patience: Patience, pause: Pause = time.sleep) -> Vectors:
        return self._in_parts(texts, lambda some: self._ask(some, patience, pause))[0]

    def _in_parts(self, texts: Sequence[str], ask: Callable[[Sequence[str]], Reply]) -> tuple[Vectors, str]:
        """Return the vectors of texts, from as many requests as the server needs, and the name of its model."""
        parts, name, at, most = [self.no_vectors()], "", 0, self._most
        while at < len(texts):
            some = texts[at : at + most]
            try:
                reply = ask(some)
            except TooMuchError:
                most = max(len(some) // 2, 1)
                continue
            self._most = min(self._most, most)  # what it takes is remembered, a mistake of another kind is not
            if reply.vectors.shape[1] != self.dimension:
                raise EncoderError(self._mistaken(f"{reply.vectors.shape[1]} numbers instead of {self.dimension}"))
            parts.append(reply.vectors)
            name, at = reply.model, at + len(some)
        return np.concatenate(parts), name

    def _ask(self, texts: Sequence[str], patience: Patience, pause: Pause) -> Reply:
        with self._proving:
            if self._proven is None:
                self._prove(patience, pause)
        reply = self.server.embed([self._sent(text) for text in texts], patience, pause)
        if (reply.model, self.server.outages) != self._proven and reply.vectors.shape[1] == self.dimension:
            _, name = self._prove(patience, pause)
            if reply.model != name:
                raise EncoderError(self._mistaken(f"it answers as {reply.model!r} and as {name!r} in turns"))
        return reply

    def _prove(self, patience: Patience, pause: Pause = time.sleep) -> tuple[Vectors, str]:
        """Encode the probes and compare them with the known ones; raises `EncoderError` if they differ.

        If none are known, these become the known ones. Returns them, and the server's name for its model.
        """
        texts = [
            self._sent(text)
            for text in probes.strings(self.description.question_prompt, self.description.passage_prompt)
        ]
        sent = list(dict.fromkeys(texts))
        with self._proving:
            outages = self.server.outages
            distinct, name = self._in_parts(sent, lambda some: self.server.embed(some, patience, pause))
            vectors = distinct[[sent.index(text) for text in texts]]
            expected = self._probes if self._reference is None else self._reference
            if expected is not None and not _are_same(vectors, expected):
                raise EncoderError(self._mistaken(f"likeness {probes.likeness(vectors, expected):.4f} instead of 1"))
            self._probes, self._proven = vectors, (name, outages)
            return vectors, name

    def _sent(self, text: str) -> str:
        """Return the part of a text to send: as much as fits the window, and never nothing, which servers refuse."""
        return self.vocabulary.fitted(text, self.window) or " "

    def _mistaken(self, how: str) -> str:
        return (
            f"The encoder at {self.server.url} does not give the vectors of {self.name} ({how}): have it serve that "
            f"model, in half precision at least and without a prompt of its own, or check QUOTH_ENCODER_URL."
        )


def _are_same(vectors: Vectors, other: Vectors) -> bool:
    return probes.likeness(vectors, other) >= probes.SAME
