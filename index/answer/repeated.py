"""What a question repeats word for word: people paste the error message that they see, and the documents quote it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from index.text.stop_words import content_words
from index.text.words import all_words

_RUN = 6
"""Words in a row: of the questions of six communities seven share so many with a section, each with the right one;
five are often the language's own ("if you have no other")."""

_CONTENT = 3
"""Different words among them, at least, that are neither stop words nor numbers: an address is numbers alone."""

_OF_PEOPLE = frozenset(
    [
        *("i", "im", "me", "my", "mine", "we", "us", "our", "ours", "please", "pls", "sorry", "thank", "thanks"),
        *("ich", "mir", "mich", "mein", "meine", "wir", "uns", "unser", "unsere", "bitte", "danke"),
        *("yo", "mi", "mis", "nosotros", "nosotras", "nuestro", "nuestra", "favor", "gracias"),
        *("je", "moi", "mon", "ma", "mes", "nous", "notre", "nos", "merci", "plait"),
    ]
)
"""Words that people say and programs do not, in the four languages of the bot. Forms and rules are made of them
("please make sure you are using the latest version"), and who fills in the form asks for something else."""

_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class Repeated:
    """The words of a question in order, and which of them say something by themselves."""

    words: tuple[str, ...]
    content: frozenset[str]

    @classmethod
    def of(cls, text: str, language: str) -> Repeated:
        """Take a question apart."""
        words = tuple(word.lower() for word in all_words(text))
        return cls(words, frozenset(word for word in content_words(" ".join(words), language) if not word.isdecimal()))

    @property
    def can_be(self) -> bool:
        """Whether there are enough words to look for: most questions have fewer, and no passage is read for these."""
        return len(self.words) >= _RUN and len(self.content) >= _CONTENT

    def are_in(self, text: str) -> bool:
        """Tell whether a text has enough of the question's words in a row."""
        line = _words_of(text)
        at, last = 0, len(self.words) - _RUN
        while at <= last:
            end = at + _RUN
            if _joined(self.words[at:end]) not in line:
                at += 1
                continue
            while end < len(self.words) and _joined(self.words[at : end + 1]) in line:
                end += 1
            if self._say_enough(self.words[at:end]):
                return True
            at = end
        return False

    def _say_enough(self, run: tuple[str, ...]) -> bool:
        return len(self.content.intersection(run)) >= _CONTENT and _OF_PEOPLE.isdisjoint(run)


@lru_cache(_CACHED)
def _words_of(text: str) -> str:
    return _joined(tuple(word.lower() for word in all_words(text)))


def _joined(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "
