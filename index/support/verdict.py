"""Whether passages bear a statement out, or speak against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from index.records import Quote
from index.support.literals import dates_in, numbers_in
from index.support.support import Support
from index.text.sentences import sentences_in

_MOST_SENTENCES, _MOST_COUNTERS = 8, 6
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+")
_NEGATED = re.compile(r"(?:\bcan(?=not\b)|(?<=\w)n['’]t\b| (?:not|never)\b|(?<=can)not\b)")  # noqa: RUF001 -- an apostrophe
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|can|may|must|will|should|could|has|have|do|does|did)\b")


class Verdict(StrEnum):
    """What a passage says to a statement."""

    SUPPORTS = "supports"
    AGAINST = "speaks against"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Checked:
    """What passages say to a statement, and the sentence that says it.

    Where none does, `quote` is the closest passage; None where there is none.
    """

    verdict: Verdict
    quote: Quote | None


def check(statement: str, quotes: Sequence[Quote], support: Support) -> Checked:
    """Tell what the first of some passages that says something says to a statement.

    A passage supports it where one of its sentences does. It speaks against it where a sentence supports the statement
    with another number, month or day of the week in place of one that the sentence lacks, or without its negation, or
    with one. Everything else is open.
    """
    sentences = list(islice((part for quote in quotes for part in _sentences(quote)), _MOST_SENTENCES))
    for sentence in sentences:
        if support(statement, [sentence]) is not None:
            return Checked(Verdict.SUPPORTS, sentence)
    for sentence in sentences:
        if any(support(other, [sentence]) is not None for other in counters(statement, sentence.text)):
            return Checked(Verdict.AGAINST, sentence)
    return Checked(Verdict.OPEN, quotes[0] if quotes else None)


def counters(statement: str, cited: str) -> list[str]:
    """Return statements that contradict one, each in a number, month, day or negation that is as it is cited."""
    return list(islice(dict.fromkeys((*_negated(statement, cited), *_renumbered(statement, cited))), _MOST_COUNTERS))


def _sentences(quote: Quote) -> Iterator[Quote]:
    for start, end in sentences_in(quote.text):
        yield replace(quote, text=quote.text[start:end], start=quote.start + start, end=quote.start + end)


def _renumbered(statement: str, cited: str) -> Iterator[str]:
    for kind in (numbers_in, dates_in):
        own, others = kind(statement), kind(cited)
        for match in _WORD.finditer(statement):
            if kind(match.group()) and not kind(match.group()) <= others:
                for other in _WORD.findall(cited):
                    if kind(other) and not kind(other) <= own:
                        yield statement[: match.start()] + other + statement[match.end() :]


def _negated(statement: str, cited: str) -> Iterator[str]:
    if _NEGATED.search(statement):
        yield " ".join(_NEGATED.sub(lambda negated: "can" if negated.group() == "can" else "", statement).split())
    elif _NEGATED.search(cited):
        for match in _AUXILIARY.finditer(statement):
            yield f"{statement[: match.end()]} not{statement[match.end() :]}"
            yield f"{statement[: match.end()]} never{statement[match.end() :]}"
