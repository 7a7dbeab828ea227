"""Puts together what is known of the questions of a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.insight.clustering import assigned, clustered
from bot.insight.naming import example_of, name_of, name_of_private
from bot.insight.people import is_asked_by, openly
from bot.insight.places import Places
from bot.insight.reading import Reading
from bot.insight.records import Group, Insight, Kind, Wording
from bot.insight.totals import days_of, totals_of
from bot.insight.unasked import unasked
from bot.insight.wordings import vectors_of, wordings_of
from index.answer.asked import question_text
from index.arrays import Vectors, unit

GROUPS = 10
"""Groups of each kind that are listed."""

Encode = Callable[[Sequence[str]], Vectors]
"""Turns questions into vectors of unit length, shape (questions, dimension)."""


@dataclass(frozen=True, slots=True)
class Vectorizer:
    """Makes the vectors that the journal lacks: `model` is the fingerprint, `most` how many may be made at once.

    `languages` are those of the documents.
    """

    model: str
    encode: Encode
    most: int | None = None
    languages: tuple[str, ...] = ("en",)


def overview(
    reading: Reading, vectorizer: Vectorizer, *, people: int = 2, groups: int = GROUPS, rarer: int | None = None
) -> Insight:
    """Return the questions of a time, before groups are counted (`counted`) and their places are known (`placed`).

    Groups of fewer than `people` people are left out. Of the questions in words that are seldom used, `rarer` (None:
    all) are put to the groups that they come near.
    """
    days, least = days_of(reading), max(people, 2)
    frequent, rare = wordings_of(reading, vectorizer.model, rarer)
    unasked_wordings, authors = _said_in_passing(reading, vectorizer.model)
    wordings, passing = encoded(frequent, vectorizer), encoded(unasked_wordings, vectorizer)
    clusters = _with_rarer(clusters_of(wordings, vectorizer.languages), rare)
    grouping = _Describer(reading, least, vectorizer.languages)
    kinds = [kind for kind in Kind if kind is not Kind.UNASKED]
    listed: dict[Kind, tuple[Group, ...]] = {kind: tuple(grouping.groups(clusters, kind, groups)) for kind in kinds}
    listed[Kind.UNASKED] = tuple(_unasked_groups(passing, authors, vectorizer.languages, least, groups))
    totals = totals_of(reading, days)
    lacking = {some.key: some.text for some in (*frequent, *unasked_wordings) if some.vector is None}
    made = {some.key: some.vector for some in (*wordings, *passing) if some.key in lacking and some.vector is not None}
    missing = tuple((key, words) for key, words in lacking.items() if key not in made)
    unread = totals.asked - sum(wording.asked for cluster in clusters for wording in cluster)
    return Insight(reading.since, reading.until, totals, days, listed, unread, missing, tuple(made.items()))


def placed(insight: Insight, places: Places | None) -> Insight:
    """Return the same with the sections that come nearest to each group that is counted, and that were shown."""
    if places is None:
        return insight
    groups = {kind: tuple(_placed(group, places) for group in some) for kind, some in insight.groups.items()}
    return replace(insight, groups=groups)


def _placed(group: Group, places: Places) -> Group:
    if not group.people:
        return group
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


def clusters_of(wordings: Sequence[Wording], languages: Sequence[str] = ("en",)) -> list[list[Wording]]:
    """Return the wordings in groups that ask for the same; `languages` are those that they may be in."""
    if not wordings:
        return []
    vectors = unit(np.array([wording.vector for wording in wordings], np.float32))
    numbers = clustered(vectors, [question_text(wording.text) for wording in wordings], languages=languages)
    groups: dict[int, list[Wording]] = {}
    for number, wording in zip(numbers.tolist(), wordings, strict=True):
        groups.setdefault(number, []).append(wording)
    return list(groups.values())


def _with_rarer(clusters: list[list[Wording]], rarer: Sequence[Wording]) -> list[list[Wording]]:
    """Return clusters with the rarer wordings that come near them, after their own."""
    if not rarer:
        return clusters
    means = [unit(np.array([some.vector for some in cluster], np.float32)).mean(axis=0) for cluster in clusters]
    numbers = assigned(unit(np.array([some.vector for some in rarer], np.float32)), means)
    grown = [list(cluster) for cluster in clusters]
    for number, wording in zip(numbers.tolist(), rarer, strict=True):
        if number >= 0:
            grown[number].append(wording)
    return grown


def worth(wordings: Iterable[Wording], kind: Kind) -> int:
    """Return by how much a group is listed under a kind; 0 where it is not."""
    match kind:
        case Kind.ASKED | Kind.UNASKED:
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
class _Describer:
    """Describes groups, of at least so many people."""

    reading: Reading
    people: int
    languages: tuple[str, ...]
    described: dict[int, Group | None] = field(default_factory=dict)
    """What was said of each cluster, by its `id`: it may be listed under several kinds."""

    def groups(self, clusters: Sequence[list[Wording]], kind: Kind, most: int) -> Iterator[Group]:
        """Yield the `most` groups that come first under a kind."""
        listed = 0
        for cluster in sorted(clusters, key=lambda wordings: -worth(wordings, kind)):
            if listed == most or not worth(cluster, kind):
                return
            if id(cluster) not in self.described:
                self.described[id(cluster)] = self._group(cluster)
            group = self.described[id(cluster)]
            if group is not None:
                listed += 1
                yield group

    def _group(self, cluster: list[Wording]) -> Group | None:
        keys = tuple(wording.key for wording in cluster)
        if not is_asked_by(self.reading, keys, self.people):
            return None
        name, example = self._named([wording for wording in cluster if wording.text])
        if not name:
            return None
        return Group(
            name=name,
            example=example,
            asked=sum(wording.asked for wording in cluster),
            vain=sum(wording.vain for wording in cluster),
            open=sum(wording.open for wording in cluster),
            liked=sum(wording.liked for wording in cluster),
            disliked=sum(wording.disliked for wording in cluster),
            wordings=keys,
            centre=centre_of(cluster),
        )

    def _named(self, cluster: list[Wording]) -> tuple[str, str]:
        """Return the name and the example of a group; "" where too few people said its words, or all in private."""
        keys = openly(self.reading, [wording.key for wording in cluster], self.people)
        readable = [wording for wording in cluster if wording.key in keys]
        if readable:
            example = example_of(readable)
            return name_of(readable, example, self.languages), example
        return name_of_private(cluster, lambda keys: is_asked_by(self.reading, keys, self.people), self.languages), ""


def _said_in_passing(reading: Reading, model: str) -> tuple[list[Wording], dict[bytes, set[bytes]]]:
    """Return what nobody put to the bot, where its words are kept, and who wrote each wording, by its key."""
    texts: dict[bytes, str] = {}
    times: Counter[bytes] = Counter()
    authors: dict[bytes, set[bytes]] = {}
    for text, key, author in unasked(reading):
        texts.setdefault(key, text)
        times[key] += 1
        authors.setdefault(key, set()).add(author)
    vectors = vectors_of(reading, list(texts), model)
    counts = ((key, text, times[key]) for key, text in texts.items())
    return [Wording(key, text, n, n, n, 0, 0, vectors.get(key)) for key, text, n in counts], authors


def _unasked_groups(
    wordings: Sequence[Wording],
    authors: Mapping[bytes, set[bytes]],
    languages: tuple[str, ...],
    people: int,
    most: int,
) -> Iterator[Group]:
    """Yield the `most` largest groups of what nobody put to the bot: of at least so many people."""
    clusters = clusters_of(wordings, languages)
    listed = 0
    for cluster in sorted(clusters, key=lambda wordings: -worth(wordings, Kind.UNASKED)):
        count = len(set[bytes]().union(*(authors[wording.key] for wording in cluster)))
        if count >= people and listed < most:
            listed += 1
            example, size = example_of(cluster), worth(cluster, Kind.UNASKED)
            name, centre = name_of(cluster, example, languages), centre_of(cluster)
            yield Group(name, example, size, size, size, 0, 0, count, centre=centre)
