"""A question, taken apart for comparing it with sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from index import english
from index.answer_type import AnswerType, answer_type
from index.encoder import Encoder, Vectors
from index.words import Ids, words


@dataclass(frozen=True, slots=True)
class Before:
    """The question before, and the share of all scores that it has: the more, the less the new one says by itself."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question's content words: their stems, `terms`, each once.

    `weights` are their inverse document frequencies, summing to 1. `tokens` are the ids of all terms' tokens and
    `owners` the term that each belongs to. `named` tells which terms are written with a capital or a digit, the first
    word of the question aside. `stems` are those of all words. After another question all of this is of both.
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
    before: Before | None = None


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


def following(question: Question, before: Question) -> Question:
    """Return `question` as one that leans on the question `before`, so that every score is a weighted mean of theirs.

    A question of n content words weighs n times as much as the one before it: on the follow-up questions of a cloud
    provider's users that puts a right document first for 0.80, against 0.75 for the question alone
    (`bench/followups.py`). Where one of the two has no words at all, it is `question` alone.
    """
    if not (question.terms and before.terms):
        return question
    content = sum(word.lower() not in english.STOP_WORDS for word in words(question.text))
    share = 1 / (1 + max(content, 1))
    known = {term: i for i, term in enumerate(question.terms)}
    terms = (*question.terms, *(term for term in before.terms if term not in known))
    numbers = {term: i for i, term in enumerate(terms)}
    places = np.array([numbers[term] for term in before.terms], np.int64)
    weights = np.zeros(len(terms), np.float32)
    weights[: len(known)] = (1 - share) * question.weights
    weights[places] += share * before.weights
    named = np.zeros(len(terms), bool)
    named[: len(known)] = question.named
    named[places] |= before.named
    new = places[before.owners] >= len(known)
    return replace(
        question,
        vector=(1 - share) * question.vector + share * before.vector,
        terms=terms,
        weights=weights,
        tokens=np.concatenate([question.tokens, before.tokens[new]]),
        owners=np.concatenate([question.owners, places[before.owners][new]]),
        named=named,
        stems=question.stems | before.stems,
        before=Before(before.text, share),
    )
