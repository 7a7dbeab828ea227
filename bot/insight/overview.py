"""Puts together what is known of the questions of a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.insight.clustering import clustered
from bot.insight.naming import example_of, name_of
from bot.insight.places import Places
from bot.insight.reading import Reading
from bot.insight.records import Group, Insight, Kind, Wording
from index.answer.answerer import question_text
from index.arrays import Vectors, unit

PARTS = 10
"""Parts of the time in which a group is counted."""

GROUPS = 10
"""Groups of each kind that are listed."""

Encode = Callable[[Sequence[str]], Vectors]
"""Turns questions into vectors of unit length, shape (questions, dimension)."""


@dataclass(frozen=True, slots=True)
class Vectorizer:
    """Makes the vectors that the journal lacks: `model` is the fingerprint, `most` how many may be made at once."""

    model: str
    encode: Encode
    most: int | None = None


def overview(reading: Reading, vectorizer: Vectorizer, *, people: int = 2, groups: int = GROUPS) -> Insight:
    """Return the questions of a time, before it is known where they stand (`placed`).

    Groups of fewer than `people` people are left out.
    """
    days = reading.days()
    wordings = encoded(reading.wordings(vectorizer.model), vectorizer)
    grouping = _Teller(reading, max(people, 2))
    clusters = clusters_of(wordings)
    listed = {kind: tuple(grouping.groups(clusters, kind, groups)) for kind in Kind}
    unasked = tuple(_unasked_groups(reading, vectorizer, max(people, 2), groups))
    totals = reading.totals(days)
    unread = totals.asked - sum(wording.asked for wording in wordings)
    return Insight(reading.since, reading.until, totals, days, listed, unasked, unread)


def placed(insight: Insight, places: Places | None) -> Insight:
    """Return the same with the sections that come nearest to each group, and that were shown."""
    if places is None:
        return insight
    groups = {kind: tuple(_placed(group, places) for group in some) for kind, some in insight.groups.items()}
    return replace(insight, groups=groups)


def _placed(group: Group, places: Places) -> Group:
    nearest = places.nearest(group.centre) if group.centre is not None else None
    return replace(group, nearest=nearest, shown=places.at(*group.lead) if group.lead else None)


def encoded(wordings: Sequence[Wording], vectorizer: Vectorizer) -> list[Wording]:
    """Return those of the wordings that have a vector, after making some of those that are missing."""
    missing = [wording for wording in wordings if wording.vector is None]
    making = missing[: vectorizer.most]
    vectors = list(vectorizer.encode([question_text(wording.text) for wording in making])) if making else []
    made = {wording.key: vector for wording, vector in zip(making, vectors, strict=True)}
    known = (replace(wording, vector=made.get(wording.key, wording.vector)) for wording in wordings)
    return [wording for wording in known if wording.vector is not None]


def clusters_of(wordings: Sequence[Wording]) -> list[list[Wording]]:
    """Return the wordings in groups that ask for the same."""
    if not wordings:
        return []
    vectors = unit(np.array([wording.vector for wording in wordings], np.float32))
    numbers = clustered(vectors, [question_text(wording.text) for wording in wordings])
    groups: dict[int, list[Wording]] = {}
    for number, wording in zip(numbers.tolist(), wordings, strict=True):
        groups.setdefault(number, []).append(wording)
    return list(groups.values())


def worth(wordings: Iterable[Wording], kind: Kind) -> int:
    """Return by how much a group is listed under a kind; 0 where it is not."""
    match kind:
        case Kind.ASKED:
            return sum(wording.asked for wording in wordings)
        case Kind.VAIN:
            return sum(wording.open for wording in wordings)
        case Kind.DISLIKED:
            return sum(max(wording.disliked - wording.liked, 0) for wording in wordings)


def centre_of(wordings: Sequence[Wording]) -> Vectors:
    """Return the direction that a group's questions have in common, shape (dimension,)."""
    vectors = np.array([wording.vector for wording in wordings], np.float32)
    mean: Vectors = unit(np.average(vectors, axis=0, weights=[wording.asked for wording in wordings])[None, :])[0]
    return mean


@dataclass(frozen=True, slots=True)
class _Teller:
    """Describes groups, of at least so many people."""

    reading: Reading
    people: int

    def groups(self, clusters: Sequence[list[Wording]], kind: Kind, most: int) -> Iterator[Group]:
        """Yield the `most` groups that come first under a kind."""
        listed = 0
        for cluster in sorted(clusters, key=lambda wordings: -worth(wordings, kind)):
            if listed == most or not worth(cluster, kind):
                return
            group = self._group(cluster)
            if group is not None:
                listed += 1
                yield group

    def _group(self, cluster: list[Wording]) -> Group | None:
        keys = tuple(wording.key for wording in cluster)
        people = self.reading.people(keys)
        if people < self.people:
            return None
        example, lead = example_of(cluster), self.reading.shown(keys)
        return Group(
            name=name_of(cluster, example),
            example=example,
            asked=sum(wording.asked for wording in cluster),
            vain=sum(wording.vain for wording in cluster),
            open=sum(wording.open for wording in cluster),
            liked=sum(wording.liked for wording in cluster),
            disliked=sum(wording.disliked for wording in cluster),
            people=people,
            parts=self.reading.parts(keys, PARTS),
            wordings=keys,
            centre=centre_of(cluster),
            lead=lead,
        )


def _unasked_groups(reading: Reading, vectorizer: Vectorizer, people: int, most: int) -> Iterator[Group]:
    """Yield groups of what nobody put to the bot, where its words are kept: of at least so many people."""
    said = reading.unasked()[: vectorizer.most]
    if not said:
        return
    vectors = vectorizer.encode([question_text(text) for text, _ in said])
    wordings = [
        Wording(author, text, 1, 1, 1, 0, 0, vector) for (text, author), vector in zip(said, vectors, strict=True)
    ]
    for cluster in sorted(clusters_of(wordings), key=len, reverse=True)[:most]:
        count = len({wording.key for wording in cluster})
        if count >= people:
            example = example_of(cluster)
            size = len(cluster)
            yield Group(name_of(cluster, example), example, size, size, size, 0, 0, count, ())
