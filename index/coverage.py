"""How much of a question a sentence says: in its own words, and in its title, the sentence before and its passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.encoder import Encoder, Vectors
from index.question import Question
from index.words import Ids, SentenceWords

NEAR = 0.8
"""What a term counts that is said in the title or in the sentence before."""

FAR = 0.4
"""What a term counts that is said anywhere else in the passage."""

_UNRELATED = 0.3
"""Cosine of the input embeddings of two words that have nothing to do with each other; likeness begins there."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """For each sentence (row) and term of the question (column), 0 to 1.

    `stated`: the term stands in the sentence. `said`: it, or a word that is like it, does. `titled`: it stands in the
    title or section. `total`, shape (sentences,), is the share of the question that each sentence covers.
    """

    stated: Vectors
    said: Vectors
    titled: Vectors
    total: Vectors


def coverage(
    question: Question,
    sentences: Sequence[SentenceWords],
    headers: Sequence[frozenset[str]],
    passages: Ids,
    model: Encoder,
) -> Coverage:
    """Compare `question` with `sentences`, whose title and section have the stems `headers`.

    `passages`, shape (sentences,), holds for each sentence the number of its passage; those of one stand together.
    """
    stated = _found(question, [frozenset(sentence.stems) for sentence in sentences])
    said = np.maximum(stated, _alike(question, sentences, model))
    titled = _found(question, headers)
    before = np.zeros_like(said)
    before[1:] = np.where((passages[1:] == passages[:-1])[:, None], said[:-1], 0)
    anywhere = np.zeros_like(said)
    for passage in np.unique(passages):
        anywhere[passages == passage] = said[passages == passage].max(axis=0, initial=0)
    total = (np.maximum.reduce([said, NEAR * before, NEAR * titled, FAR * anywhere]) * question.weights).sum(axis=1)
    return Coverage(stated, said, titled, total)


def _found(question: Question, texts: Sequence[frozenset[str]]) -> Vectors:
    """Tell, for each of `texts` (their stems) and each term, whether the term is there, in any of its stems."""
    columns = question.numbers
    found = np.zeros((len(texts), len(question.terms)), np.float32)
    for row, stems in enumerate(texts):
        for term in columns.keys() & stems:
            found[row, columns[term]] = 1
    return found


def _alike(question: Question, sentences: Sequence[SentenceWords], model: Encoder) -> Vectors:
    """How like its nearest token in the sentence each term is, by the model's own input embeddings.

    A term of several tokens counts their mean.
    """
    found = np.zeros((len(sentences), len(question.terms)), np.float32)
    full = [row for row, sentence in enumerate(sentences) if len(sentence.tokens)]
    if not full or not len(question.tokens):
        return found
    tokens, places = np.unique(np.concatenate([sentences[row].tokens for row in full]), return_inverse=True)
    starts = np.cumsum([0, *(len(sentences[row].tokens) for row in full[:-1])])
    likeness = (model.token_vectors(question.tokens) @ model.token_vectors(tokens).T)[:, places]
    nearest = np.maximum(np.maximum.reduceat(likeness, starts, axis=1), 0)
    summed = np.zeros((len(question.terms), len(full)), np.float32)
    np.add.at(summed, question.owners, nearest)
    sizes = np.maximum(np.bincount(question.owners, minlength=len(question.terms)), 1)
    found[full] = np.maximum((summed / sizes[:, None]).T - _UNRELATED, 0) / (1 - _UNRELATED)
    return found
