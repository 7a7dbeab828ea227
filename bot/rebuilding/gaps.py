"""Asks again, after a build, what was asked in vain, and says how many gaps it closes."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot import compose
from bot.access.homes import HomeServers
from bot.access.rules import Audience
from bot.access.view import Views
from bot.insight.asked_again import last_tried
from bot.insight.overview import Vectorizer, clusters_of, encoded, worth
from bot.insight.people import count_people, servers_of
from bot.insight.reading import DAY, JournalUnreadError, Reading, opened
from bot.insight.records import Kind, Wording
from bot.insight.wordings import wordings_of
from bot.manners.markup import searchable
from bot.preferences.effective import ServerSettings
from bot.preferences.store import Preferences
from bot.privacy import pseudonyms, tables
from bot.settings import Settings
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.trace import AnswerTrace
from index.build.builder import Gaps
from index.encode.encoder import Encoder
from index.errors import QuothError

ASKING_AGAIN = "asking again what was asked in vain"
"""What a build says that it does meanwhile: the new index is in use by then."""

_SECONDS, _AT_MOST = 15.0, 60.0
"""Processor time that asking gaps again may take, and the time by the clock: 200 gaps, where few come near an answer.
Those that were not reached come first after the next build."""

_OF_A_GAP = 3
"""Wordings of a gap that are asked again; it is closed where most of its questions, in one of these words, are."""

_AT_ONCE = 8
"""Gaps whose questions share a pass through the model."""

_HALF, _CERTAIN = 0.5, 0.6
"""A second look, which takes twelve times as long as all else, is taken where the confidence without it is half of the
threshold or more, and below this: of 335 questions of two sets it changed none below 0.05, and none from 0.6 on."""

_MADE_AT_ONCE = 100

_log = logging.getLogger(__name__)


def ask_again(settings: Settings, model: Encoder, progress: Callable[[str, int, int], None]) -> Gaps | None:
    """Ask the index in use what was asked in vain, and note what it answers; return how many gaps that closes.

    None where nothing was asked in vain by enough people, or the journal cannot be read.
    """
    if not settings.journal_days or not (settings.data / "journal.sqlite").exists():
        return None
    now = time.time()
    try:
        with opened(settings.data, now - settings.journal_days * DAY, now) as reading:
            gaps = list(_gaps(reading, Vectorizer(model.fingerprint, model.questions, _MADE_AT_ONCE), settings))
    except JournalUnreadError as error:
        _log.warning("what was asked in vain was not asked again", extra={"reason": str(error)})
        return None
    if not gaps:
        return None
    answerer = compose.answerer(settings, model)
    with contextlib.closing(answerer.generation):
        tally = _asked(answerer, gaps, _Askers(settings, answerer), progress)
    _write_down(settings.data / "journal.sqlite", tally)
    return Gaps(tally.closed, tally.asked, len(gaps) - tally.asked)


@dataclass(frozen=True, slots=True)
class _Gap:
    """A group of what was asked in vain; `some` of it are asked again, each as those who asked it in these `servers`.

    Servers are keyed hashes, None where it was asked in private messages.
    """

    wordings: Sequence[Wording]
    some: Sequence[Wording]
    servers: Mapping[bytes, frozenset[bytes | None]]

    def is_closed(self, answered: Sequence[Wording]) -> bool:
        """Tell whether most of its questions are answered."""
        return 2 * sum(wording.open for wording in answered) > sum(wording.open for wording in self.some)


@dataclass(slots=True)
class _Tally:
    """How many gaps were asked again and are closed, the keys of questions that were, and of those answered now."""

    asked: int = 0
    closed: int = 0
    tried: list[bytes] = field(default_factory=list)
    answered: list[bytes] = field(default_factory=list)

    def add(self, gap: _Gap, answered: Sequence[Wording]) -> None:
        """Note what is answered of a gap."""
        is_closed = gap.is_closed(answered)
        self.asked += 1
        self.closed += is_closed
        self.tried += [wording.key for wording in gap.some]
        self.answered += [wording.key for wording in answered]
        self.answered += [wording.key for wording in gap.wordings if is_closed and wording not in gap.some]


class _Askers:
    """As whom questions are asked again: as everybody in a server who has no role, by the settings of that server."""

    def __init__(self, settings: Settings, answerer: Answerer) -> None:
        """Know the home servers by their keyed hashes; those who asked elsewhere, or in private, see what all see."""
        views = Views(settings.access)
        self._everybody = views.of(answerer.generation, Audience()).scope
        self._servers: dict[bytes, tuple[frozenset[str] | None, float | None]] = {}
        preferences = ServerSettings(settings, Preferences(settings.data))
        for server, hashed in _homes(settings):
            scope = views.of(answerer.generation, Audience(server)).scope
            self._servers[hashed] = scope, preferences.of(server).threshold
        preferences.stored.close()

    def asked(self, wording: Wording, servers: frozenset[bytes | None]) -> list[Asked]:
        """Return a question as it is asked in some servers: once for all that see and demand the same."""
        text, elsewhere = searchable(wording.text) or wording.text, (self._everybody, None)
        kinds = {self._servers.get(server, elsewhere) if server is not None else elsewhere for server in servers}
        return [Asked(text, seen=seen, threshold=threshold) for seen, threshold in kinds]


def _homes(settings: Settings) -> Iterator[tuple[int, bytes]]:
    """Yield the home servers, each with the keyed hash that the journal has; none where these cannot be read."""
    try:
        salt = pseudonyms.read_or_make(settings.data)
        for server in HomeServers(settings.data, settings.servers).ids:
            yield server, pseudonyms.hashed(server, salt)
    except (OSError, QuothError) as error:
        _log.warning("what was asked in vain is asked again as if in private", extra={"reason": str(error)})


def _gaps(reading: Reading, vectorizer: Vectorizer, settings: Settings) -> Iterator[_Gap]:
    """Yield the groups of what was asked in vain: those not asked again for longest first, and the largest of these."""
    in_vain = [wording for wording in wordings_of(reading, vectorizer.model)[0] if wording.open]
    clusters = clusters_of(encoded(in_vain, vectorizer))
    tried = last_tried(reading, [wording.key for wording in in_vain])

    def order(cluster: Sequence[Wording]) -> tuple[float, int]:
        return max(tried.get(wording.key, 0.0) for wording in cluster), -worth(cluster, Kind.VAIN)

    for cluster in sorted(clusters, key=order):
        if count_people(reading, [wording.key for wording in cluster]) >= settings.insight_people:
            some = sorted(cluster, key=lambda wording: -wording.open)[:_OF_A_GAP]
            yield _Gap(cluster, some, servers_of(reading, [wording.key for wording in some]))


def _asked(
    answerer: Answerer, gaps: Sequence[_Gap], askers: _Askers, progress: Callable[[str, int, int], None]
) -> _Tally:
    """Ask gaps again, for as long as there is time."""
    until, at_most = time.process_time() + _SECONDS, time.monotonic() + _AT_MOST
    tally = _Tally()
    for at in range(0, len(gaps), _AT_ONCE):
        for gap, answered in _answered(answerer, gaps[at : at + _AT_ONCE], askers):
            tally.add(gap, answered)
            progress(ASKING_AGAIN, tally.asked, len(gaps))
            if time.process_time() > until or time.monotonic() > at_most:
                return tally
    return tally


def _answered(answerer: Answerer, gaps: Sequence[_Gap], askers: _Askers) -> Iterator[tuple[_Gap, list[Wording]]]:
    """Yield each gap with those of its questions that are answered wherever they were asked."""
    questions = [
        [(wording, asked) for wording in gap.some for asked in askers.asked(wording, gap.servers[wording.key])]
        for gap in gaps
    ]
    first = answerer.trace_all([asked for some in questions for _, asked in some], has_time=lambda _: False)
    looks = iter(list(first))
    for gap, some in zip(gaps, questions, strict=True):
        refused = {wording.key for wording, asked in some if not _is_answered(answerer, asked, next(looks))}
        yield gap, [wording for wording in gap.some if wording.key not in refused]


def _is_answered(answerer: Answerer, asked: Asked, look: AnswerTrace) -> bool:
    """Tell whether a question is answered, after a second look where the first one does not settle it."""
    settled = not _HALF * look.threshold <= look.answer.confidence < max(_CERTAIN, look.threshold)
    return look.answer.answered if settled else answerer.answer(asked).answered


def _write_down(journal: Path, tally: _Tally) -> None:
    """Write down which questions are answered now, and which were asked again, where that can be."""
    now = time.time()
    try:
        with contextlib.closing(sqlite3.connect(journal, isolation_level=None)) as database:
            tables.prepare(database)
            database.executemany("INSERT OR REPLACE INTO closed VALUES (?, ?)", [(key, now) for key in tally.answered])
            database.executemany("INSERT OR REPLACE INTO tried VALUES (?, ?)", [(key, now) for key in tally.tried])
    except sqlite3.Error as error:
        _log.warning("gaps that are closed could not be written down", extra={"reason": str(error)})
