"""Quotes that say nearly the same: copies of a page, and its versions; which of them is the newest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.records import Quote
from index.text import english
from index.text.words import words

_SAME = 0.8
"""Share of the words of two texts together that both have, from which on they say the same."""

_CURRENT = frozenset(["current", "latest", "stable"])
_FOLDERS = _CURRENT | {"docs", "main", "master", "next", "version", "versioned_docs", "versions"}
_ONLY_VERSION = re.compile(r"(?:v|version|release|rel)?[-_ ]?#(?:[.-]?(?:x|rc|beta|alpha)#?)?")
_CACHED = 10_000

_FIGURE = re.compile(r"(?<!\w)[-−+]?\w*\d\w*(?:[.,:/]\w+)*")  # noqa: RUF001 -- the minus sign
_VERSION = re.compile(r"(?<![\d.])v?(\d+(?:[._-]\d+)*)(?![\d.]*\d)")


@dataclass(slots=True)
class Group:
    """Quotes that say nearly the same, as their numbers: the best one, and the others.

    `words` and `figures` are those of the best. `places` are what their sections are called, without numbers, each with
    the source of the first that is called so.
    """

    words: frozenset[str]
    figures: frozenset[str]
    places: dict[tuple[str, ...], str] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which of several versions of a section one is: the numbers that it is called by, and how new it is.

    One that is called current goes before all, one without a number before those that have some. Then the greater
    numbers decide, and then the day of the last change.
    """

    numbers: frozenset[str]
    newness: tuple[bool, bool, tuple[int, ...], str]


@lru_cache(_CACHED)
def edition(source: str, title: str, section: tuple[str, ...], version: str | None, date: str | None) -> Edition:
    """Return the edition of a section, by the names, the version and the date of its document."""
    path = source.rpartition(".")[0] or source
    labels = _VERSION.findall(path)
    # a year that path and title say makes nothing newer
    labels += [label for label in _VERSION.findall(" ".join((title, *section))) if label not in labels]
    labels = labels or _VERSION.findall(version or "")
    numbers = tuple(int(part) for label in labels for part in re.split(r"[._-]", label))
    current = bool(_CURRENT & set(path.lower().split("/")))
    return Edition(frozenset(labels), (current, not numbers, numbers, date or ""))


def grouped(
    quotes: Sequence[Quote], question: str, editions: Sequence[tuple[str | None, str | None]] = ()
) -> list[list[int]]:
    """Return the numbers of `quotes` that say nearly the same together, in the order of the best of each.

    Of each group the newest comes first, by the numbers in its path and headings and by the `editions` (version and
    date) of the documents, unless the `question` names one. Two that differ in a number say the same only as versions
    of one section: the revenue of one company is not that of another.
    """
    known = editions or [(None, None)] * len(quotes)
    groups: list[Group] = []
    for number, (quote, (version, _)) in enumerate(zip(quotes, known, strict=True)):
        quote_words = frozenset(word.lower() for word in words(quote.text))
        source = quote.source if version is None else quote.source.rpartition("/")[2]
        place = place_of(source, quote.title, quote.section)
        same = next((group for group in groups if _is_alike(quote_words, quote, place, group)), None)
        if same is None:
            groups.append(same := Group(quote_words, _figures(quote.text)))
        same.places.setdefault(place, quote.source)
        same.numbers.append(number)
    wanted = frozenset(_VERSION.findall(question))
    ages = [
        edition(quoted.source, quoted.title, quoted.section, *more) for quoted, more in zip(quotes, known, strict=True)
    ]
    return [
        sorted(group.numbers, key=lambda n: (bool(wanted & ages[n].numbers), ages[n].newness), reverse=True)
        for group in groups
    ]


@lru_cache(_CACHED)
def place_of(source: str, title: str, section: tuple[str, ...]) -> tuple[str, ...]:
    """Return what all versions of a section are called: without numbers, and without folders that hold versions."""
    parts = [_VERSION.sub("#", part) for part in source.lower().split("/")]
    folders = [part for part in parts if part not in _FOLDERS and not _ONLY_VERSION.fullmatch(part)]
    return (*folders, *(_VERSION.sub("#", name.lower()) for name in (title, *section)))


def _is_alike(quote_words: frozenset[str], quote: Quote, place: tuple[str, ...], group: Group) -> bool:
    if len(quote_words & group.words) < _SAME * len(quote_words | group.words):
        return False
    is_version = group.places.get(place, quote.source) != quote.source
    return is_version or _figures(quote.text) == group.figures


def _figures(text: str) -> frozenset[str]:
    """Return the numbers in a text as they are written, in digits with what belongs to them, or in words."""
    written = (word.lower() for word in words(text))
    return frozenset(_FIGURE.findall(text)).union(word for word in written if word in english.NUMBER_WORDS)
