"""WordNet (Princeton, 3.0), read from its own files: which words mean nearly the same, and which the opposite.

Debian's package `wordnet-base` puts the files into /usr/share/wordnet; `man wndb` describes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path("/usr/share/wordnet")

_PARTS = {"noun": "n", "verb": "v", "adj": "a"}
_ANTONYM = "!"
_CLOSE = frozenset({"@", "@i", "~", "~i", "&"})
"""Pointers to what is broader, narrower or similar."""

_ENDINGS = {
    "n": (("s", ""), ("ses", "s"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ies", "y")),
    "v": (("s", ""), ("ies", "y"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")),
    "a": (("er", ""), ("est", ""), ("er", "e"), ("est", "e")),
}
_FORMS = ("ing", "ed", "est", "er", "s")

Synset = tuple[str, int]
Form = tuple[str, str]
"""A part of speech, and the ending that a word has in it ("" for the word itself)."""


@dataclass(frozen=True, slots=True)
class WordNet:
    """`senses` are those of each (part of speech, lemma); `close` and `opposite` those that a synset points to."""

    senses: dict[tuple[str, str], tuple[Synset, ...]]
    close: dict[Synset, frozenset[Synset]]
    opposite: dict[Synset, frozenset[Synset]]

    def forms(self, word: str) -> dict[Form, str]:
        """Return the lemma of `word` in each form that it may be."""
        lemmas = {(part, ""): word for part in _PARTS.values() if (part, word) in self.senses}
        for part, endings in _ENDINGS.items():
            for ending, instead in endings:
                lemma = word.removesuffix(ending) + instead
                if word.endswith(ending) and (part, lemma) in self.senses:
                    lemmas.setdefault((part, next(f for f in _FORMS if ending.endswith(f))), lemma)
        return lemmas

    def are_alike(self, word: str, other: str) -> bool:
        """Tell whether two words may mean the same, or one a kind of the other."""
        first, second = self._all_senses(word), self._all_senses(other)
        return bool(first & second) or any(self.close.get(sense, frozenset()) & second for sense in first)

    def are_opposite(self, word: str, other: str) -> bool:
        """Tell whether one word may mean the opposite of the other."""
        second = self._all_senses(other)
        return any(self.opposite.get(sense, frozenset()) & second for sense in self._all_senses(word))

    def _all_senses(self, word: str) -> frozenset[Synset]:
        return frozenset(sense for (part, _), lemma in self.forms(word).items() for sense in self.senses[part, lemma])


@cache
def wordnet(folder: Path = FOLDER) -> WordNet:
    """Read WordNet; raises `FileNotFoundError`, saying what to install, where it is not."""
    if not (folder / "data.noun").exists():
        raise FileNotFoundError(f"WordNet is not in {folder}: install Debian's package wordnet-base.")
    senses: dict[tuple[str, str], tuple[Synset, ...]] = {}
    close: dict[Synset, frozenset[Synset]] = {}
    opposite: dict[Synset, frozenset[Synset]] = {}
    for name, part in _PARTS.items():
        for fields in _lines(folder / f"index.{name}"):
            count = int(fields[2])
            senses[part, fields[0]] = tuple((part, int(offset)) for offset in fields[-count:])
        for fields in _lines(folder / f"data.{name}"):
            pointers = list(_pointers(fields))
            at = (part, int(fields[0]))
            close[at] = frozenset(to for symbol, to in pointers if symbol in _CLOSE)
            opposite[at] = frozenset(to for symbol, to in pointers if symbol == _ANTONYM)
    return WordNet(senses, close, opposite)


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith(" "):  # the licence stands first, indented
                yield line.split(" | ")[0].split()


def _pointers(fields: list[str]) -> Iterator[tuple[str, Synset]]:
    words = int(fields[3], 16)
    at = 4 + 2 * words
    for i in range(int(fields[at])):
        symbol, offset, part, _ = fields[at + 1 + 4 * i : at + 5 + 4 * i]
        yield symbol, ("a" if part == "s" else part, int(offset))
