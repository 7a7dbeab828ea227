"""Whether two questions ask for the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.arrays import Vectors
from index.text.language import likely
from index.text.stop_words import content_words
from index.text.words import Stems, words

SAME_WORDS = 0.8
"""Cosine from which two questions with the same content words ask for the same."""

MORE_WORDS = 0.88
"""The same where one of them has all content words of the other, and more.

Cosine alone does not tell: "Which bell do I ring at the back door?" and "... at the front door?" have 0.98, and "how to
make a backup of my world" has 0.86 with "How do I back up my world?". Twelve pairs of each kind were looked at: with
both conditions none of those that ask for something else pass, and nine of the others do. What passes replaces what the
documents say, so a missed paraphrase costs less than a wrong match.
"""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is compared with others: its vector (of length 1), and the languages of the documents."""

    text: str
    vector: Vectors
    languages: tuple[str, ...]

    @property
    def terms(self) -> frozenset[str]:
        """The stems of its content words."""
        return terms_of(self.text, self.languages)

    def may_be(self, text: str) -> bool:
        """Tell whether `text` may ask for the same, by its words alone: those of one are all in the other."""
        return self.may_share(terms_of(text, self.languages))

    def may_share(self, terms: frozenset[str]) -> bool:
        """Tell the same of a text with these `terms`."""
        own = self.terms
        return bool(own and terms) and (own <= terms or terms <= own)

    def is_same(self, text: str, cosine: float) -> bool:
        """Tell whether `text`, whose vector has this `cosine` with the own one, asks for the same."""
        if cosine < SAME_WORDS or not self.may_be(text):
            return False
        return cosine >= MORE_WORDS or self.terms == terms_of(text, self.languages)


@lru_cache(maxsize=8192)
def terms_of(text: str, languages: tuple[str, ...]) -> frozenset[str]:
    """Return the stems of the content words of a text in one of these languages; of all words where it has no other."""
    stem = Stems(*likely(text, languages))
    return frozenset(map(stem, content_words(text, stem.languages[0]) or words(text)))


def says_enough(text: str, languages: Sequence[str]) -> bool:
    """Tell whether a question says by itself what it asks for: a follow-up such as "and on Windows?" does not."""
    return len(terms_of(text, tuple(languages))) > 1
