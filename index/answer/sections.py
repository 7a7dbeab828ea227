"""Sections: the stretches under one heading that the best passages stand in, ranked by their best passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.answer.alike import Edition, edition, place_of
from index.answer.names import Name, asks_for_past, name_of, numbers_in
from index.answer.question import Question
from index.answer.search import Hits
from index.arrays import Vectors
from index.store.base import Generation
from index.store.values import StoredPassage

POOL = 24
"""Passages whose sections are ranked; 40 and 100 rank them no better."""

WORDS, HEADINGS = 0.2, 0.3
"""Weights of a passage's BM25 (a share of the best one's) and of the share of the question that its title, path and
headings say, against its cosine. Of 726 questions of eighteen communities the best section's block helps for
0.449, with 0.3 for the words for 0.438, with 0.1 for 0.427; headings with 0.2 to 0.5 do as well."""

_ASKED_FOR = 0.5
"""What a passage gains whose heading is the question itself: whoever types "divine smite" wants that section, and not
"Improved divine smite"."""

_STALE = 0.15
"""What a page loses that says of itself that it is about the past, unless the question is."""

_OLDER, _ALIKE = 0.15, 0.9
"""What a passage loses to a newer version of it among those that were found, and the cosine of two from which on they
are versions of each other, if they are called the same but for numbers: copies in which a value differs have 0.97."""

_REACH = 4
"""Passages on either side of the best one that are looked at: a block has 1,000 characters."""


_COMPARED = 5
"""Sections that are compared to tell whether the first stands out: as many as an answer may quote, and one more."""

Place = tuple[int, tuple[str, ...]]
"""A section: the id of its document, and its path of headings."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the document `document` (id): neighbouring passages of it, in order, and its `score`.

    `best_hit` is the number, among the hits, of its best passage. `is_asked_for` tells whether its heading is the
    question; `is_agreed_on` whether its heading alone is, or no other section is ahead of it by meaning, words or name.
    """

    passages: tuple[StoredPassage, ...]
    best_hit: int
    score: float
    is_asked_for: bool = False
    is_agreed_on: bool = False

    @property
    def document(self) -> int:
        """The id of its document."""
        return self.passages[0].document

    @property
    def rows(self) -> list[int]:
        """The rows of its passages, in reading order."""
        return [passage.row for passage in self.passages]


class Sections:
    """The sections of one generation."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    def ranked(self, question: Question, hits: Hits) -> list[Section]:
        """Return the sections of the passages in `hits`, best first, each with its best passage alone."""
        stored = self._generation.catalogue.passages(hits.rows.tolist())
        asked_for = np.array([self._name(passage).is_asked_by(question) for passage in stored], bool)
        said_above = self._said_above(question, stored)
        scores = hits.dense + WORDS * hits.lexical + said_above + _ASKED_FOR * asked_for
        places = [(passage.document, passage.passage.section) for passage in stored]
        best: dict[Place, int] = {}
        for number in np.argsort(-scores, kind="stable").tolist():
            best.setdefault(places[number], number)
        named = said_above if question.alone is None else self._said_above(question.alone, stored)
        agreed = set.intersection(*(_best(places, ways) for ways in (hits.dense, hits.lexical, named)))
        asked = {places[number] for number in np.flatnonzero(asked_for).tolist()}
        sure = asked if len(asked) == 1 else agreed if hits.lexical.any() else set()
        return [
            Section(
                (stored[number],),
                number,
                float(scores[number]),
                bool(asked_for[number]),
                is_agreed_on=place in sure,
            )
            for place, number in best.items()
        ]

    def by_name(self, question: Question, hits: Hits, most: int) -> Hits:
        """Return the best `most` of the passages in `hits`, those that the question names before others.

        What alike documents differ in is often said in their titles and paths alone: company, product, year, version.
        """
        stored = self._generation.catalogue.passages(hits.rows.tolist())
        order = np.argsort(-(hits.score + self._said_above(question, stored)), kind="stable")[:most]
        return Hits(hits.rows[order], hits.score[order], hits.dense[order], hits.lexical[order])

    def widened(self, sections: Sequence[Section]) -> list[Section]:
        """Return sections with the passages around the best one of each, as far as they are in it."""
        last = len(self._generation.dense) - 1
        rows = {
            row
            for section in sections
            for row in range(max(section.rows[0] - _REACH, 0), min(section.rows[0] + _REACH, last) + 1)
        }
        around = {passage.row: passage for passage in self._generation.catalogue.passages(sorted(rows))}
        return [replace(section, passages=_together(section.passages[0], around)) for section in sections]

    def _said_above(self, question: Question, stored: Sequence[StoredPassage]) -> Vectors:
        """Return what title, path and headings add to the score of each passage."""
        wants_past, asked_numbers = asks_for_past(question), numbers_in(question)
        added = []
        for name in map(self._name, stored):
            stale = _STALE if name.is_past and not wants_past and not name.numbers & asked_numbers else 0.0
            added.append(HEADINGS * name.share_of(question) - stale)
        return np.array(added, np.float32) - _OLDER * self._is_older(asked_numbers, stored)

    def _name(self, stored: StoredPassage) -> Name:
        source = self._generation.catalogue.sources[stored.document]
        return name_of(source.source, source.title, stored.passage.section, source.language)

    def _is_older(self, asked_numbers: frozenset[str], stored: Sequence[StoredPassage]) -> Vectors:
        """Tell of each passage (1 or 0) whether a newer version of it is among them.

        None is where the question names the number of one.
        """
        older = np.zeros(len(stored), np.float32)
        for numbers in self._versions(stored):
            editions = [self._edition(stored[number]) for number in numbers]
            if any(version.numbers & asked_numbers for version in editions):
                continue
            vectors = self._generation.dense.vectors(np.array([stored[number].row for number in numbers], np.int64))
            near = vectors @ vectors.T >= _ALIKE
            for at, number in enumerate(numbers):
                newer = (other for other, version in enumerate(editions) if version.newness > editions[at].newness)
                older[number] = older[number] or any(near[at, other] for other in newer)
        return older

    def _edition(self, stored: StoredPassage) -> Edition:
        source = self._generation.catalogue.sources[stored.document]
        return edition(source.source, source.title, stored.passage.section, source.version, source.date)

    def _versions(self, stored: Sequence[StoredPassage]) -> list[list[int]]:
        """Return the numbers of passages of different documents that are versions of each other, together.

        They are called the same but for numbers, or they are copies, title and headings included.
        """
        called: dict[tuple[str, ...] | bytes, list[int]] = {}
        for number, passage in enumerate(stored):
            source = self._generation.catalogue.sources[passage.document]
            for same in (place_of(source.source, source.title, passage.passage.section), passage.key):
                called.setdefault(same, []).append(number)
        return [numbers for numbers in called.values() if len({stored[number].document for number in numbers}) > 1]


def _best(places: Sequence[Place], scores: Vectors) -> set[Place]:
    """Return the places whose passages have the greatest score."""
    return {places[number] for number in np.flatnonzero(scores == scores.max()).tolist()}


def _together(best: StoredPassage, around: dict[int, StoredPassage]) -> tuple[StoredPassage, ...]:
    """Return the passages next to `best` that are in its section, and it, in order."""
    first = last = best.row
    while first - 1 in around and best.row - first < _REACH and _same_section(around[first - 1], best):
        first -= 1
    while last + 1 in around and last - best.row < _REACH and _same_section(around[last + 1], best):
        last += 1
    return tuple(around[row] for row in range(first, last + 1))


def _same_section(stored: StoredPassage, other: StoredPassage) -> bool:
    return stored.document == other.document and stored.passage.section == other.passage.section


def lead_of(ranked: Sequence[Section]) -> float:
    """Return by how much the score of the first section exceeds the mean of the next few; 0 for one alone."""
    first, *others = (section.score for section in ranked[:_COMPARED])
    return first - sum(others) / len(others) if others else 0.0


def of_different_pages(sections: Iterable[Section], most: int) -> Iterator[Section]:
    """Yield `sections` without those of a document that has had `most` of them."""
    seen: Counter[int] = Counter()
    for section in sections:
        seen[section.document] += 1
        if seen[section.document] <= most:
            yield section
