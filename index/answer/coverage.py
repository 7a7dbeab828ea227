"""How much of a question a sentence says: in its own words, and in its title, the sentence before and its passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.answer.question import Question
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.text.words import Ids, SentenceWords, digits_in

NEAR = 0.8
"""What a term counts that is said in the sentence before, or in the path, title or headings. The latter hold for all
sentences below, so that it counts no more there: of a report, the sentence that names the company is not the one that
gives its revenue."""

FAR = 0.4
"""What a term counts that is said anywhere else in the passage."""

_UNRELATED = 0.3
"""Cosine of the input embeddings of two words that have nothing to do with each other; likeness begins there."""

_SEVERAL = 2
"""Digits of a term that is a number or code, such as a year or a version; a single one is often a mark."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """For each sentence (row) and term of the question (column), 0 to 1.

    `stated`: the term stands in the sentence. `said`: it, or a word that is like it, does. `titled`: it stands in the
    path, title or section. `total`, shape (sentences,), is the share of the question that each sentence covers.
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
    """Compare `question` with `sentences` of passages whose path, title and section have the stems `headers`.

    `passages`, shape (sentences,), holds for each sentence the number of its passage, from 0 on; those of one stand
    together.
    """
    stated = _presence(question, [sentence.distinct for sentence in sentences])
    said = np.maximum(stated, _alike(question, sentences, model))
    titled = _presence(question, headers)[passages]
    opens = np.diff(passages, prepend=-1) > 0
    before = np.zeros_like(said)
    before[1:] = np.where(opens[1:, None], 0, said[:-1])
    anywhere = np.maximum.reduceat(said, np.flatnonzero(opens), axis=0)[np.cumsum(opens) - 1]
    inside = np.maximum(np.maximum(said, NEAR * before), FAR * anywhere)
    total = np.where(titled > 0, NEAR, inside) @ question.weights
    return Coverage(stated, said, titled, total)


def _presence(question: Question, texts: Sequence[frozenset[str]]) -> Vectors:
    """Tell, for each of `texts` (their stems) and each term, whether the term is there, in any of its stems."""
    columns = question.numbers.items()
    present = np.zeros((len(texts), len(question.terms)), np.float32)
    for row, stems in enumerate(texts):
        there = [column for stem, column in columns if stem in stems]
        if there:
            present[row, there] = 1
    return present


def _alike(question: Question, sentences: Sequence[SentenceWords], model: Encoder) -> Vectors:
    """How like its nearest token in the sentence each term is, by the model's own input embeddings.

    A term of several tokens counts their mean. No number is like another: what is written in digits has to be there,
    in a word of its own or beside a unit or a name.
    """
    alike = np.zeros((len(sentences), len(question.terms)), np.float32)
    sizes = np.array([len(sentence.tokens) for sentence in sentences])
    full = np.flatnonzero(sizes)
    if not len(full) or not len(question.tokens):
        return alike
    tokens, places = _distinct(np.concatenate([sentence.tokens for sentence in sentences]))
    likeness = model.likeness(question.tokens, tokens)[:, places]
    nearest = np.maximum.reduceat(likeness, (np.cumsum(sizes) - sizes)[full], axis=1)
    owned = question.owners == np.arange(len(question.terms))[:, None]
    shares = owned / np.maximum(owned.sum(axis=1, keepdims=True), 1, dtype=np.float32)
    alike[full] = np.maximum((shares @ np.maximum(nearest, 0)).T - _UNRELATED, 0) / (1 - _UNRELATED)
    for column, term in enumerate(question.terms):
        figures = digits_in([term])
        if sum(map(len, figures)) >= _SEVERAL:
            alike[[not figures <= sentence.digits for sentence in sentences], column] = 0
    return alike


def _distinct(ids: Ids) -> tuple[Ids, Ids]:
    """Return the distinct ones of `ids`, in order, and for each of `ids` its place among them; as np.unique, unsorted.

    Ids are less than the model has tokens, so that a table of all is quicker than sorting.
    """
    there = np.zeros(int(ids.max()) + 1, bool)
    there[ids] = True
    distinct = np.flatnonzero(there)
    places = np.empty(len(there), np.int64)
    places[distinct] = np.arange(len(distinct))
    return distinct, places[ids]
