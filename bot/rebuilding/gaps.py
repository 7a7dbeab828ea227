"""Asks again, after a build, what was asked in vain, and says how many gaps it closes."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bot import compose
from bot.insight.overview import Vectorizer, clusters_of, encoded, worth
from bot.insight.reading import DAY, JournalUnreadError, Reading, opened
from bot.insight.records import Kind, Wording
from bot.manners.markup import searchable
from bot.settings import Settings
from index.answer.answerer import Answerer, Asked
from index.build.builder import Gaps
from index.encode.encoder import Encoder

_SECONDS, _AT_MOST = 5.0, 60.0
"""Processor time that asking gaps again may take, and the time by the clock: those asked most come first."""

_OF_A_GAP = 3
"""Wordings of a gap that are asked again; it is closed where most of its questions, in one of these words, are."""

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
        asked, answered, keys = _asked(answerer, gaps, progress)
    _note_closed(settings.data / "journal.sqlite", keys)
    return Gaps(answered, asked)


def _gaps(reading: Reading, vectorizer: Vectorizer, settings: Settings) -> Iterator[list[Wording]]:
    """Yield the groups of what was asked in vain, the largest first."""
    in_vain = [wording for wording in reading.wordings(vectorizer.model) if wording.open]
    clusters = clusters_of(encoded(in_vain, vectorizer))
    for cluster in sorted(clusters, key=lambda group: -worth(group, Kind.VAIN)):
        if reading.people([wording.key for wording in cluster]) >= settings.insight_people:
            yield cluster


def _asked(
    answerer: Answerer, gaps: Sequence[list[Wording]], progress: Callable[[str, int, int], None]
) -> tuple[int, int, list[bytes]]:
    """Return how many gaps were asked again, how many are closed, and the keys of the questions answered now."""
    until, at_most = time.process_time() + _SECONDS, time.monotonic() + _AT_MOST
    asked = closed = 0
    keys: list[bytes] = []
    for gap in gaps:
        if time.process_time() > until or time.monotonic() > at_most:
            break
        progress("asking again what was asked in vain", asked, len(gaps))
        some = sorted(gap, key=lambda wording: -wording.open)[:_OF_A_GAP]
        answers = answerer.answer_all([Asked(searchable(wording.text) or wording.text) for wording in some])
        answered = [wording for wording, answer in zip(some, answers, strict=True) if answer.answered]
        is_closed = 2 * sum(wording.open for wording in answered) > sum(wording.open for wording in some)
        keys += [wording.key for wording in answered]
        keys += [wording.key for wording in gap if is_closed and wording not in some]
        asked += 1
        closed += is_closed
    return asked, closed, keys


def _note_closed(journal: Path, keys: Iterable[bytes]) -> None:
    """Write down which questions are answered now, where that can be."""
    now = time.time()
    try:
        with contextlib.closing(sqlite3.connect(journal, isolation_level=None)) as database:
            database.executemany("INSERT OR REPLACE INTO closed VALUES (?, ?)", [(key, now) for key in keys])
    except sqlite3.Error as error:
        _log.warning("gaps that are closed could not be written down", extra={"reason": str(error)})
