"""Documents and vectors for large indexes: made, of real ones.

A passage is the sentences of one real passage (contexts of the training sets) and some of another; its vector is the
mean of theirs by as much, with noise, and its sentences' vectors are those of the real ones, with noise. So what is
near in words is near in meaning, as in real documents, and nothing has to be encoded a million times. The real ones
are encoded once and kept in the folder that is worked in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sets import training_rows

from index.arrays import Vectors, unit
from index.encode.encoder import Encoder
from index.records import PassageText
from index.text.words import Ids

SETS = ("squad_train_part", "squad11_dev13", "squadshifts_new_wiki", "squad_train_sent")
REAL = 6_000
LONGEST = 800
"""Characters of a passage at most: one that is longer than the model's window would be cut."""

PASSAGES = 50
"""Passages of a document, each in a section of its own."""

NOISE, SENTENCE_NOISE = 0.3, 0.1
"""Lengths of what is added to vectors of unit length."""

_NOISES = 4_096


@dataclass(frozen=True)
class Real:
    """Real passages: their sentences' texts, their vectors, and those of their sentences."""

    sentences: list[list[str]]
    vectors: Vectors
    of_sentences: list[Vectors]


def real(folder: Path, encoder: Encoder) -> Real:
    """Encode the real passages, or read them where that has been done."""
    texts, numbers = folder / "real.json", folder / "real.npz"
    if not numbers.exists():
        _encode(texts, numbers, encoder)
    arrays = np.load(numbers, allow_pickle=False)
    edges = np.cumsum(arrays["n"])[:-1]
    return Real(json.loads(texts.read_text("utf-8")), arrays["v"], np.split(arrays["s"], edges))


def _encode(texts: Path, numbers: Path, encoder: Encoder) -> None:
    import nupunkt

    contexts = list(dict.fromkeys(" ".join(row["context"].split()) for name in SETS for row in training_rows(name)))
    chosen = [contexts[i] for i in np.random.default_rng(0).permutation(len(contexts))[:REAL]]
    passages = [PassageText("", text, tuple(nupunkt.sent_spans(text))) for text in chosen]
    made: dict[int, tuple[Vectors, Vectors]] = {
        i: (vector, of_sentences) for i, vector, of_sentences in encoder.passages(passages)
    }
    pieces = [[passage.text[start:end].strip() for start, end in passage.sentences] for passage in passages]
    texts.write_text(json.dumps(pieces), "utf-8")
    inorder = [made[i] for i in range(len(passages))]
    np.savez(
        numbers,
        v=np.array([vector for vector, _ in inorder]),
        s=np.concatenate([of_sentences for _, of_sentences in inorder]),
        n=np.array([len(of_sentences) for _, of_sentences in inorder]),
    )


class Made:
    """Passages by number: what each says, and its vectors."""

    def __init__(self, of: Real, count: int) -> None:
        chance = np.random.default_rng(1)
        self._of = of
        self._pairs = chance.integers(0, len(of.vectors), (count, 2))
        self._weights = chance.uniform(0, 0.8, count).astype(np.float32)
        noise = chance.standard_normal((_NOISES, of.vectors.shape[1])).astype(np.float32)
        self._noises = chance.integers(0, _NOISES, count)
        self._noise = noise / np.linalg.norm(noise, axis=1, keepdims=True)

    def __len__(self) -> int:
        return len(self._pairs)

    def _sentences(self, number: int) -> list[tuple[int, int]]:
        """Return which sentences (real passage, sentence) a passage is made of: the more of one, the more it weighs."""
        first, second = (int(passage) for passage in self._pairs[number])
        share = float(self._weights[number]) / 2
        size = len(self._of.sentences[first])
        taken = max(1, round((1 - share) * size))
        others = [(second, at) for at in range(min(size - taken, len(self._of.sentences[second])))]
        return [*((first, at) for at in range(taken)), *others]

    def text(self, number: int) -> str:
        pieces = [self._of.sentences[passage][at] for passage, at in self._sentences(number)]
        while len(pieces) > 1 and sum(map(len, pieces)) > LONGEST:
            pieces.pop()
        return f"{' '.join(pieces)} Number {number}."

    def vectors(self, numbers: Ids) -> Vectors:
        first, second = self._pairs[numbers].T
        mean = self._of.vectors[first] + self._weights[numbers, None] * self._of.vectors[second]
        return unit(mean + NOISE * self._noise[self._noises[numbers]])

    def sentence_vectors(self, number: int, count: int) -> Vectors:
        """Return vectors of `count` sentences: how many a splitter finds is its own affair."""
        known = self._sentences(number)
        rows = [known[min(at, len(known) - 1)] for at in range(count)]
        vectors = np.array([self._of.of_sentences[passage][at] for passage, at in rows], np.float32)
        first = number * 131 % (_NOISES - count)
        return unit(vectors + SENTENCE_NOISE * self._noise[first : first + count])

    def write(self, folder: Path) -> None:
        """Write the documents, ten to a folder."""
        for document in range(len(self) // PASSAGES):
            path = folder / f"{document // 10:04}" / f"{document:06}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            numbers = range(document * PASSAGES, (document + 1) * PASSAGES)
            sections = "".join(f"## Section {number}\n\n{self.text(number)}\n\n" for number in numbers)
            path.write_text(f"# Document {document}\n\n{sections}", "utf-8")


class Given:
    """An encoder for made passages, to which their vectors are given; all else is that of the real one."""

    def __init__(self, encoder: Encoder, made: Made) -> None:
        self._encoder = encoder
        self._made = made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def passages(self, texts: Sequence[PassageText]) -> Iterator[tuple[int, Vectors, Vectors]]:
        for i, text in enumerate(texts):
            number = int(text.header.rpartition(" ")[2])
            yield i, self._made.vectors(np.array([number]))[0], self._made.sentence_vectors(number, len(text.sentences))
