"""Splits texts into words, stems and the model's tokens, for comparing a question with sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import regex
import tantivy

from index.encode.encoder import Encoder
from index.records import Passage
from index.text import english
from index.text.language import DEFAULT

Ids = npt.NDArray[np.int64]

STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""The languages with a stemmer, and tantivy's name for it; words of other languages are not stemmed."""

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_BEYOND = re.compile(r"[\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u2e80-\U0010ffff]")
"""Where words are not just runs of letters and digits: scripts without blanks, and marks that belong to a letter."""

_RUN = regex.compile(
    r"(?P<unspaced>[\p{Han}&&\p{L}\p{N}]+|[\p{Hiragana}&&\p{L}\p{M}]+|[\p{Hangul}&&\p{L}\p{M}]+"
    r"|[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}&&\p{L}\p{M}]+)"
    r"|[\p{Katakana}ー&&\p{L}\p{M}]+"
    r"|[\p{L}\p{N}\p{M}--\p{Han}\p{Hiragana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Katakana}ー]+",
    regex.VERSION1,
)
_LETTER = regex.compile(r"\P{M}\p{M}*|\p{M}+")
_SINGLE = regex.compile(r"[\p{Han}\p{Hangul}]", regex.VERSION1)
_DOTLESS = frozenset({"az", "tr"})
_DOTLESS_I = str.maketrans({"I": "\N{LATIN SMALL LETTER DOTLESS I}", "İ": "i"})

_LONGEST_TERM = 80
_CACHED_STEMS = 200_000


@dataclass(frozen=True)
class SentenceWords:
    """A sentence's words as written, their stems, and the ids of its tokens.

    The distinct stems, and those of each kind of word, are computed once, when first needed.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    tokens: Ids

    @cached_property
    def distinct(self) -> frozenset[str]:
        """All stems."""
        return frozenset(self.stems)

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of words with a capital, except the first word of the sentence."""
        return frozenset(stem for word, stem in self._stemmed[1:] if word[0].isupper())

    @cached_property
    def figures(self) -> frozenset[str]:
        """The stems of words that begin with a digit."""
        return frozenset(stem for word, stem in self._stemmed if word[0].isdigit())

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The stems of numbers, in digits or in words."""
        return self.figures.union(stem for word, stem in self._stemmed if word.lower() in english.NUMBER_WORDS)

    @cached_property
    def digits(self) -> frozenset[str]:
        """The runs of digits in words: that of "16GB" is "16"."""
        return digits_in(self.words)

    @cached_property
    def dates(self) -> frozenset[str]:
        """The stems of years and of other words in dates."""
        return frozenset(
            stem for word, stem in self._stemmed if english.YEAR.match(word) or word.lower() in english.DATE_WORDS
        )

    @property
    def _stemmed(self) -> list[tuple[str, str]]:
        return list(zip(self.words, self.stems, strict=True))


def digits_in(written: Iterable[str]) -> frozenset[str]:
    """Return the runs of digits in some words."""
    return frozenset(run for word in written for run in _DIGITS.findall(word))


def words(text: str) -> list[str]:
    """Return the words of `text` as written: runs of letters and digits.

    In Chinese, Japanese and Thai, which have no blanks, and in Korean, which appends endings, every pair of
    neighbouring characters of one script is a word. Katakana, which spells single words, stays whole.
    """
    return _WORD.findall(text) if _BEYOND.search(text) is None else list(_pieces(text, singles=False))


def all_words(text: str) -> list[str]:
    """Return the words to index a text by: those of `words`, and single Chinese and Korean characters.

    One character is often a word, and a question may hold it alone.
    """
    return _WORD.findall(text) if _BEYOND.search(text) is None else list(_pieces(text, singles=True))


def _pieces(text: str, *, singles: bool) -> Iterator[str]:
    for run in _RUN.finditer(text):
        letters = _LETTER.findall(run[0]) if run["unspaced"] else []
        if len(letters) <= 1:
            yield run[0]
            continue
        yield from map("".join, pairwise(letters))
        if singles and _SINGLE.match(run[0]):
            yield from letters


class Stems:
    """Stems words in the languages of the documents, for comparison."""

    def __init__(self, *languages: str) -> None:
        """Stem in `languages` (ISO 639-1), the most frequent first."""
        self.languages = languages or (DEFAULT,)
        self._first = stemmer(self.languages[0])

    def __call__(self, word: str) -> str:
        """Return the stem of a word in the first language."""
        return self._first(word)

    def forms(self, word: str) -> list[str]:
        """Return the distinct stems of a word in the languages."""
        return list(dict.fromkeys(stemmer(language)(word) for language in self.languages))


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return a function that stems words of one language: lower case, without endings."""
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
        .filter(tantivy.Filter.remove_long(_LONGEST_TERM))
        .filter(tantivy.Filter.lowercase())
    )
    if language in STEMMERS:
        builder = builder.filter(tantivy.Filter.stemmer(STEMMERS[language]))
    terms = builder.build()
    dotless = language in _DOTLESS

    @lru_cache(_CACHED_STEMS)
    def stem(word: str) -> str:
        plain = word if _BEYOND.search(word) is None else "".join(unicodedata.normalize("NFKC", word).split())
        plain = plain.translate(_DOTLESS_I) if dotless else plain
        tokens = terms.analyze(plain)
        return str(tokens[0]) if tokens else plain.lower()

    return stem


def is_term(stem: str) -> bool:
    """Return whether a stem is short enough to be searched; longer ones are not words."""
    return len(stem.encode()) < _LONGEST_TERM


def sentence_words(
    text: str, passage: Passage, encoder: Encoder, stem: Callable[[str], str]
) -> tuple[SentenceWords, ...]:
    """Return the words of each sentence of `passage`; `text` is that of its document."""
    ids, starts = encoder.token_ids(text[passage.start : passage.end])
    edges = np.searchsorted(starts, [s.start - passage.start for s in passage.sentences])
    ends = np.append(edges[1:], len(ids))
    return tuple(
        SentenceWords(tuple(written), tuple(map(stem, written)), ids[first:last])
        for sentence, first, last in zip(passage.sentences, edges, ends, strict=True)
        for written in [all_words(text[sentence.start : sentence.end])]
    )
