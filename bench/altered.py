"""Questions changed by one name, number or word, so that their passage answers them no longer, or still does.

As people do who set a reader a trap (Rajpurkar, Jia and Liang 2018, arXiv:1806.03822, table 1): another name or number
of the passage or of one like it, an opposite, a word of the same kind, a "not".
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer
from wordnet import WordNet, wordnet

from index.encode import model
from index.encode.encoder import Encoder
from index.text.stop_words import content_words

_NAME = re.compile(r"(?<![.?!] )(?<!^)\b(?:[A-Z][\w'’-]+(?:\s+(?:of|the|de|von|van)?\s*[A-Z][\w'’-]+)*)")  # noqa: RUF001
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_WORD = re.compile(r"\b[a-z]{3,}\b")
_AUXILIARY = re.compile(r"\b(is|are|was|were|did|does|do|has|have|had|can|could|would|should|will)\b")
_NEGATED = {"can": "can't", "will": "won't"}

_LIKE, _VERY_LIKE = 0.28, 0.75
"""Cosine of the input embeddings of two words that could stand in each other's place, and of two that say the same."""

_SYNONYMS = 0.4
_NEAREST = 60
_STEM = 4
_NEAR_NAMES = 0.3
_SAID = 0.6
_NEGATION = 0.12
"""Odds of each way, where there are several."""


class Alterer:
    """Alters questions; `chance` decides which way."""

    def __init__(self, encoder: Encoder, chance: random.Random) -> None:
        """Take words that are like each other from the input embeddings of `encoder`."""
        self._words = Words(encoder, wordnet())
        self._chance = chance

    def unanswered(self, question: str, passage: str, answers: Sequence[str], near: str) -> str | None:
        """Return a question that `passage` no longer answers, most probably; `near` is a text that is like it."""
        ways = [
            *self._replaced(_NAME, question, near if self._chance.random() < _NEAR_NAMES else passage, answers),
            *self._replaced(_NUMBER, question, passage, answers),
        ]
        words = list(self._reworded(question, passage, answers))
        if self._chance.random() < _NEGATION:
            words = list(_negated(question)) or words
        kinds = [some for some in (ways, words) if some]
        return self._chance.choice(self._chance.choice(kinds)) if kinds else None

    def answered(self, question: str) -> str:
        """Return `question` with a word exchanged for one that means the same, where there is one."""
        ways = [
            question[: word.start()] + other + question[word.end() :]
            for word in _content(question)
            for other in self._words.synonyms(word.group())[:2]
        ]
        return self._chance.choice(ways) if ways else question

    def _replaced(self, pattern: re.Pattern[str], question: str, text: str, answers: Sequence[str]) -> Iterator[str]:
        said = sorted({match.group() for match in pattern.finditer(text)})
        for match in pattern.finditer(question):
            others = [name for name in said if _is_another(name, match.group(), question, answers)]
            if others and match.start() > 0:
                yield question[: match.start()] + self._chance.choice(others) + question[match.end() :]

    def _reworded(self, question: str, passage: str, answers: Sequence[str]) -> Iterator[str]:
        there = frozenset(_WORD.findall(passage.lower()))
        for word in _content(question):
            others = [
                other
                for other in self._words.others(word.group())
                if other not in question and not any(other in answer.lower() for answer in answers)
            ]
            said = [other for other in others if other in there]
            some = said if said and self._chance.random() < _SAID else others[:8]
            if some:
                yield question[: word.start()] + self._chance.choice(some) + question[word.end() :]


class Words:
    """Words of the model's vocabulary that are like each other, told apart by what WordNet says of their meaning."""

    def __init__(self, encoder: Encoder, meanings: WordNet) -> None:
        self._meanings = meanings
        vocabulary = Tokenizer.from_file(str(model.locate(model.DEFAULT_MODEL) / "tokenizer.json")).get_vocab()
        whole = {word: i for word, i in vocabulary.items() if _WORD.fullmatch(word) and meanings.forms(word)}
        self._all = sorted(whole)
        self._row = {word: row for row, word in enumerate(self._all)}
        self._vectors = encoder.vocabulary.vectors(np.array([whole[word] for word in self._all]))
        self.others = cache(self._others)
        self.synonyms = cache(self._synonyms)

    def _others(self, word: str) -> list[str]:
        """Return words of the same form that mean something else, opposites first, then the most like."""
        alike = [neighbour for neighbour, likeness in self._near(word) if _LIKE < likeness < _VERY_LIKE]
        other = [neighbour for neighbour in alike if not self._meanings.are_alike(word, neighbour)]
        return sorted(other, key=lambda neighbour: not self._meanings.are_opposite(word, neighbour))

    def _synonyms(self, word: str) -> list[str]:
        return [
            neighbour
            for neighbour, likeness in self._near(word)
            if likeness > _SYNONYMS and self._meanings.are_alike(word, neighbour)
        ]

    def _near(self, word: str) -> Iterator[tuple[str, float]]:
        if word not in self._row:
            return
        likeness: npt.NDArray[np.float32] = self._vectors @ self._vectors[self._row[word]]
        forms = self._meanings.forms(word).keys()
        nearest = np.argpartition(-likeness, _NEAREST)[:_NEAREST]
        for row in nearest[np.argsort(-likeness[nearest])][1:]:
            other = self._all[row]
            if other[:_STEM] != word[:_STEM] and forms & self._meanings.forms(other).keys():
                yield other, float(likeness[row])


def _content(question: str) -> Iterator[re.Match[str]]:
    content = frozenset(content_words(question, "en"))
    return (match for match in _WORD.finditer(question) if match.group() in content and match.start() > 0)


def _negated(question: str) -> Iterator[str]:
    for match in list(_AUXILIARY.finditer(question))[:1]:
        word = match.group()
        yield question[: match.start()] + _NEGATED.get(word, f"{word}n't") + question[match.end() :]


def _is_another(name: str, asked: str, question: str, answers: Sequence[str]) -> bool:
    """Tell whether a name can stand for the one `asked` for: it is no part of the question nor of an answer."""
    return (
        name not in question and asked not in name and not any(name in answer or answer in name for answer in answers)
    )
