"""A question, taken apart for comparing it with sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from index.answer_type import AnswerType, answer_type
from index.encoder import Encoder, Vectors
from index.language import DEFAULT, likely
from index.stop_words import content_words
from index.words import Ids, Stems, all_words, words

_CAPITAL_NOUNS = frozenset({"de"})


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

    `language` is the likeliest of those of the documents, and `terms` are stems in it; `also` has those in the others,
    each with the number of its term.
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
    language: str = DEFAULT
    also: Mapping[str, int] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, int]:
        """The number of the term that each stem, in any language, is of."""
        return {**self.also, **{term: number for number, term in enumerate(self.terms)}}


def take_apart(text: str, vector: Vectors, encoder: Encoder, stems: Stems, idf: Callable[..., float]) -> Question:
    """Return `text` with its content words: all of them, where it holds nothing else than stop words.

    `stems` are those of the documents' languages; `idf` is given all the stems of a word.
    """
    stem = Stems(*likely(text, stems.languages))
    language = stem.languages[0]
    written = words(text)
    content = {stem(word): word for word in content_words(text, language) or written}
    forms = [stem.forms(word) for word in content.values()]
    weights = np.array([idf(*one) for one in forms], np.float32)
    tokens = [encoder.known(encoder.token_ids(word)[0]) for word in content.values()]
    proper = {stem(word) for word in written[1:] if _is_named(word, language)}
    return Question(
        text,
        vector,
        tuple(content),
        weights / max(float(weights.sum()), 1e-9),
        np.concatenate(tokens) if tokens else np.empty(0, np.int64),
        np.repeat(np.arange(len(tokens)), [len(ids) for ids in tokens]),
        np.array([term in proper for term in content], bool),
        frozenset(form for word in all_words(text) for form in stem.forms(word)),
        answer_type(text) if language == "en" else AnswerType.OPEN,
        language=language,
        also=_also(content, forms),
    )


def _also(terms: Iterable[str], forms: Iterable[list[str]]) -> dict[str, int]:
    """Return the number of the term that each stem is of, for stems that are not themselves terms."""
    known = frozenset(terms)
    return {form: number for number, one in enumerate(forms) for form in one if form not in known}


def _is_named(word: str, language: str) -> bool:
    """Tell whether a word within a question is written as a name or a number is: German writes all nouns so."""
    return word[0].isdigit() or (word[0].isupper() and language not in _CAPITAL_NOUNS)


def following(question: Question, before: Question) -> Question:
    """Return `question` as one that leans on the question `before`, so that every score is a weighted mean of theirs.

    A question of n content words weighs n times as much as the one before it: on the follow-up questions of a cloud
    provider's users that puts a right document first for 0.80, against 0.75 for the question alone
    (`bench/followups.py`). Where one of the two has no words at all, it is `question` alone.
    """
    if not (question.terms and before.terms):
        return question
    content = len(content_words(question.text, question.language))
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
    also = {form: int(places[number]) for form, number in before.also.items()} | dict(question.also)
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
        also=also,
    )
