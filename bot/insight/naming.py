"""Names groups of questions by their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from bot.insight.records import Wording
from index.text.language import likely
from index.text.stop_words import content_words
from index.text.words import stemmer

_MOST_WORDS = 5
_COMMON = 0.34
"""Share of a group, by how often each wording was asked, that says a word of its name."""

_LONGEST = 200
_PRIVATE = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+"  # addresses of people
    r"|\b[a-z][a-z+.-]*://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*"  # links, with and without their scheme
    r"|\b[a-z]{2}\d{2}(?: ?[\da-z]{4}){3,7}(?: ?[\da-z]{1,3})?\b"  # numbers of bank accounts (IBAN)
    r"|\b\d[\d\s()./-]{6,}\d\b"  # numbers of phones, accounts and the like
    r"|<[@#&!]*\d+>",
    re.IGNORECASE,
)


def name_of(wordings: Sequence[Wording], example: str, languages: Sequence[str] = ("en",)) -> str:
    """Return a name for a group: the words that most of its questions say, in the order of its example.

    `languages` are those that questions may be in: the group's is that of its example.
    """
    language = likely(example, languages)[0]
    stem = stemmer(language)
    counts: Counter[str] = Counter()
    total = 0
    for wording in wordings:
        total += wording.asked
        counts.update(dict.fromkeys(map(stem, content_words(plain(wording.text).lower(), language)), wording.asked))
    words = {stem(word.lower()): word.lower() for word in reversed(content_words(example, language))}
    common = [key for key in words if counts[key] >= _COMMON * total]
    chosen = set(sorted(common, key=lambda key: -counts[key])[:_MOST_WORDS])
    named = [word for key, word in reversed(words.items()) if key in chosen]
    return " ".join(named) or example[:60].strip() or "(no words)"


def name_of_private(
    wordings: Sequence[Wording], is_said_by_enough: Callable[[Sequence[bytes]], bool], languages: Sequence[str]
) -> str:
    """Return a name for a group none of whose wordings may be shown: words that enough people said; "" without any."""
    keys: dict[str, list[bytes]] = {}
    for wording in wordings:
        for word in dict.fromkeys(content_words(plain(wording.text).lower(), likely(wording.text, languages)[0])):
            keys.setdefault(word, []).append(wording.key)
    common = sorted((word for word in keys if len(keys[word]) > 1), key=lambda word: -len(keys[word]))
    return " ".join([word for word in common[:_MOST_WORDS] if is_said_by_enough(keys[word])])


def example_of(wordings: Sequence[Wording]) -> str:
    """Return the wording that is most like all of a group's, as it may be shown."""
    vectors = np.array([wording.vector for wording in wordings])
    centre = np.average(vectors, axis=0, weights=[wording.asked for wording in wordings])
    return plain(wordings[int(np.argmax(vectors @ centre))].text)


def plain(question: str) -> str:
    """Return a question on one line without what leads to a person: addresses, links, long numbers, mentions."""
    line = " ".join(_PRIVATE.sub("…", question).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
