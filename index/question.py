"""A question, taken apart for comparing it with sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index import english
from index.answer_type import AnswerType, answer_type
from index.encoder import Encoder, Vectors
from index.words import Ids, words


@dataclass(frozen=True, slots=True)
class Question:
    """A question's content words: their stems, `terms`, each once.

    `weights` are their inverse document frequencies, summing to 1. `tokens` are the ids of all terms' tokens and
    `owners` the term that each belongs to. `named` tells which terms are written with a capital or a digit, the first
    word of the question aside. `stems` are those of all words.
    """

    text: str
    vector: Vectors
    terms: tuple[str, ...]
    weights: Vectors
    tokens: Ids
    owners: Ids
    named: npt.NDArray[np.bool_]
    stems: frozenset[str]
    asked: AnswerType


def take_apart(
    text: str, vector: Vectors, encoder: Encoder, stem: Callable[[str], str], idf: Callable[[str], float]
) -> Question:
    """Return `text` with its content words: all of them, where it holds nothing else than stop words."""
    written = words(text)
    content = {stem(word): word for word in written if word.lower() not in english.STOP_WORDS}
    content = content or {stem(word): word for word in written}
    weights = np.array([idf(term) for term in content], np.float32)
    tokens = [encoder.token_ids(word)[0] for word in content.values()]
    proper = {stem(word) for word in written[1:] if word[0].isupper() or word[0].isdigit()}
    return Question(
        text,
        vector,
        tuple(content),
        weights / max(float(weights.sum()), 1e-9),
        np.concatenate(tokens) if tokens else np.empty(0, np.int64),
        np.repeat(np.arange(len(tokens)), [len(ids) for ids in tokens]),
        np.array([term in proper for term in content], bool),
        frozenset(map(stem, written)),
        answer_type(text),
    )
