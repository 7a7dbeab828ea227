"""Quotes that say nearly the same: copies of a page, and its versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.records import Quote
from index.text.words import words

_SAME = 0.8
"""Share of the words of two texts together that both have, from which on they say the same."""

_VERSION = re.compile(r"(?<![\d.])v?(\d+(?:[._-]\d+)*)(?![\d.]*\d)")


@dataclass(slots=True)
class Group:
    """Quotes that say nearly the same, as their numbers: the one that is shown first, and the others."""

    words: frozenset[str]
    numbers: list[int] = field(default_factory=list)


def grouped(quotes: Sequence[Quote], question: str) -> list[list[int]]:
    """Return the numbers of `quotes` that say nearly the same together, in the order of the best of each.

    Of each group the newest comes first, by the numbers in its path and headings, unless the `question` names one.
    """
    groups: list[Group] = []
    for number, quote in enumerate(quotes):
        said = frozenset(word.lower() for word in words(quote.text))
        same = next((group for group in groups if _is_alike(said, group.words)), None)
        if same is None:
            groups.append(same := Group(said))
        same.numbers.append(number)
    wanted = frozenset(_VERSION.findall(question))
    return [sorted(group.numbers, key=lambda n: _age(quotes[n], wanted), reverse=True) for group in groups]


def version(quote: Quote) -> tuple[int, ...]:
    """Return the numbers in the path and headings of a quote: of two versions of a page the newer has the greater."""
    named = " ".join((quote.source.rpartition(".")[0] or quote.source, quote.title, *quote.section))
    return tuple(int(part) for found in _VERSION.findall(named) for part in re.split(r"[._-]", found))


def _age(quote: Quote, wanted: frozenset[str]) -> tuple[bool, tuple[int, ...]]:
    """Return what newer ones, and one that is asked for by its version, have more of."""
    named = frozenset(_VERSION.findall(" ".join((quote.source, quote.title, *quote.section))))
    return bool(wanted & named), version(quote)


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * len(one | other)
