"""A question, taken apart for comparing it with sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from index.answer.answer_type import AnswerType, answer_type
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.text.language import DEFAULT, likely
from index.text.stop_words import content_words
from index.text.words import Ids, Stems, all_words, words

_ALONE = 1.0
_ASKED, _ANSWERED = 0.5, 1.0
"""Weights of the exchange before a question, against one content word of it: a right document comes first for 0.79 of
the follow-up questions of a cloud provider's users, against 0.71 for the question alone (`bench/followups.py`); 0.3 to
1 for either do about as well."""

_CAPITAL_NOUNS = frozenset({"de"})


@dataclass(frozen=True, slots=True)
class Before:
    """What was said before a question, and the share of all scores that it has."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question's content words: their stems, `terms`, each once.

    `weights` are their inverse document frequencies, summing to 1. `tokens` are the ids of all terms' tokens and
    `owners` the term that each belongs to. `named` tells which terms are written with a capital or a digit, the first
    word of the question aside. `stems` are those of all words. After others all of this is of the question and them.

    `language` is the likeliest of those of the documents, and `terms` are stems in it; `also` has those in the others,
    each with the number of its term. `compounds` are neighbouring words of it as documents write them, in one word.
    `alone` is the question without those before it, where there are any.
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
    before: tuple[Before, ...] = ()
    language: str = DEFAULT
    also: Mapping[str, int] = field(default_factory=dict)
    compounds: tuple[str, ...] = ()
    alone: Question | None = None

    @property
    def searched(self) -> str:
        """What is searched by its words: the text, and its compounds."""
        return " ".join((self.text, *self.compounds))

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
    weights = np.array([idf(*word_forms) for word_forms in forms], np.float32)
    tokens = [encoder.word_ids(word) for word in content.values()]
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


def with_compounds(question: Question, compounds: Iterable[str], stems: Stems) -> Question:
    """Return `question` with its neighbouring words in one word, each of which says its heaviest part.

    `stems` are those of the documents' languages.
    """
    also = dict(question.also)
    for compound in compounds:
        parts = [number for number, term in enumerate(question.terms) if term in compound]
        if parts:
            heaviest = max(parts, key=lambda number: float(question.weights[number]))
            also = dict.fromkeys(stems.forms(compound), heaviest) | also
    return replace(question, also=also, compounds=tuple(compounds))


def _also(terms: Iterable[str], forms: Iterable[list[str]]) -> dict[str, int]:
    """Return the number of the term that each stem is of, for stems that are not themselves terms."""
    known = frozenset(terms)
    return {form: number for number, word_forms in enumerate(forms) for form in word_forms if form not in known}


def _is_named(word: str, language: str) -> bool:
    """Tell whether a word within a question is written as a name or a number is: German writes all nouns so."""
    return word[0].isdigit() or (word[0].isupper() and language not in _CAPITAL_NOUNS)


def following(question: Question, asked: Question, answered: Question | None) -> Question:
    """Return `question` as one that leans on the one `asked` before it, and on what that was `answered` with.

    Every score is then a weighted mean of theirs. The new question weighs as much as it has content words; the
    exchange before it weighs `_ALONE` where only its question is known, or else `_ASKED` and `_ANSWERED`. Texts without
    any words count nothing.
    """
    content = len(content_words(question.text, question.language))
    weighed = [(question, float(max(content, 1)))]
    weighed += [(asked, _ASKED), (answered, _ANSWERED)] if answered and answered.terms else [(asked, _ALONE)]
    worded = [(part, weight) for part, weight in weighed if part.terms]
    if len(worded) == 1 or not question.terms:
        return question
    total = sum(weight for _, weight in worded)
    return _mean([(part, weight / total) for part, weight in worded])


def _mean(shared: Sequence[tuple[Question, float]]) -> Question:
    """Return the first of several questions with the vectors and weights of all, by their shares."""
    numbers: dict[str, int] = {}
    for part, _ in shared:
        for term in part.terms:
            numbers.setdefault(term, len(numbers))
    weights = np.zeros(len(numbers), np.float32)
    named = np.zeros(len(numbers), bool)
    tokens, owners, also = [], [], {}
    known = 0
    for part, share in shared:
        places = np.array([numbers[term] for term in part.terms], np.int64)
        weights[places] += share * part.weights
        named[places] |= part.named
        new = places[part.owners] >= known
        tokens.append(part.tokens[new])
        owners.append(places[part.owners][new])
        also.update({form: int(places[number]) for form, number in part.also.items() if form not in also})
        known = max(known, int(places.max()) + 1)
    question = shared[0][0]
    return replace(
        question,
        vector=np.sum([share * part.vector for part, share in shared], axis=0, dtype=np.float32),
        terms=tuple(numbers),
        weights=weights,
        tokens=np.concatenate(tokens),
        owners=np.concatenate(owners),
        named=named,
        stems=frozenset().union(*(part.stems for part, _ in shared)),
        before=tuple(Before(part.text, share) for part, share in shared[1:]),
        also=also,
        alone=question,
    )
