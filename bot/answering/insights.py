"""What was asked, as managers are shown it while the bot answers: never on the event loop, and kept for a minute.

It is read anew once another index is in use, which may close gaps.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.answering.desk import Desk
from bot.cards.changed import ChangedCard
from bot.insight.counting import counted, is_counted
from bot.insight.overview import Vectorizer, overview, placed
from bot.insight.places import Places
from bot.insight.reading import DAY, opened
from bot.insight.records import Insight, Kind
from bot.privacy.journal import Journal, add_vectors
from bot.settings import Settings
from index.answer.asked import question_text
from index.arrays import Vectors

_KEPT_SECONDS = 60.0
_MOST_KEPT = 8

_GROUPS = 25

_RARER = 3000
"""Questions in words that are seldom used which are put to the groups that they come near, while somebody waits."""

_MADE_AT_ONCE = 48
"""Questions from before their vectors were kept that are encoded while somebody waits; the others are, afterwards."""

LookedAt = Callable[[Insight], Mapping[Kind, slice]]
"""Says which groups of an overview are looked at."""

_log = logging.getLogger(__name__)


class _Looked(NamedTuple):
    """How many days back somebody looks, from which server, and which of its channels they read."""

    days: int
    server: int | None
    channels: frozenset[int]


class _Kept(NamedTuple):
    """What was read: when (monotonic seconds), and with which index in use, which may close gaps."""

    when: float
    generation: str
    insight: Insight


class Insights:
    """Reads the journal for managers and for the digest."""

    def __init__(self, settings: Settings, desk: Desk, journal: Journal) -> None:
        """Nothing is read before somebody looks."""
        self._settings = settings
        self._desk = desk
        self._journal = journal
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="insight")
        self._kept: OrderedDict[_Looked, _Kept] = OrderedDict()
        self._forgotten = 0
        self.to_correct: list[ChangedCard] = []
        """Answers whose text has changed, which managers are to see before they are corrected."""
        self.correcting = asyncio.Lock()
        """Held while cards are compared and corrected: two at once would take the new words of one for the old ones."""
        self._encoding: asyncio.Task[None] | None = None

    async def overview(self, days: int, audience: Audience, channels: frozenset[int], looked_at: LookedAt) -> Insight:
        """Return what was asked in the last `days` in the audience's server and in private, with places it may see.

        What was asked elsewhere than in these `channels`, which all of the audience read, counts; its words are shown
        where enough people asked it. The groups that are `looked_at` are counted and have places.
        Raises `JournalUnreadError` where the journal cannot be read.
        """
        insight = await self._counted(_Looked(days, audience.server, channels), looked_at)

        def look(visible: VisibleDocuments) -> Insight:
            return placed(insight, Places(visible.generation, visible.scope))

        return await self._desk.look_up(look, audience)

    def forget(self) -> None:
        """Read the journal anew for whoever looks next."""
        self._forgotten += 1
        self._kept.clear()

    async def _counted(self, looked: _Looked, looked_at: LookedAt) -> Insight:
        insight, forgotten = await self._insight(looked), self._forgotten
        chosen = looked_at(insight)
        if is_counted(insight, chosen):
            return insight
        loop = asyncio.get_running_loop()
        more = await loop.run_in_executor(self._thread, self._count, insight, looked, chosen)
        if forgotten != self._forgotten:  # it may hold what was removed meanwhile
            return await self._counted(looked, looked_at)
        kept = self._kept.get(looked)
        if kept is not None and kept.insight is insight:
            self._kept[looked] = kept._replace(insight=more)
        return more

    async def _insight(self, looked: _Looked) -> Insight:
        kept, generation = self._kept.get(looked), self._desk.generation.name
        if kept is not None and kept.generation == generation and time.monotonic() - kept.when < _KEPT_SECONDS:
            return kept.insight
        forgotten = self._forgotten
        await self._journal.written()
        loop = asyncio.get_running_loop()
        insight = await loop.run_in_executor(self._thread, self._read, looked, loop)
        if forgotten != self._forgotten:  # it may hold what was removed meanwhile
            return await self._insight(looked)
        if insight.made:
            self._keep(insight.made)
            insight = replace(insight, made=())
        self._kept[looked] = _Kept(time.monotonic(), generation, insight)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        if insight.missing and (self._encoding is None or self._encoding.done()):
            self._encoding = asyncio.create_task(self._encode_rest(insight.missing))
        return insight

    def _read(self, looked: _Looked, loop: asyncio.AbstractEventLoop) -> Insight:
        now, generation = time.time(), self._desk.generation
        model, languages = generation.manifest.recipe.fingerprint, generation.languages or ("en",)

        def encode(texts: Sequence[str]) -> Vectors:
            return asyncio.run_coroutine_threadsafe(self._desk.model_thread.encode(texts), loop).result()

        with opened(self._settings.data, now - looked.days * DAY, now, *self._hashed(looked)) as reading:
            vectorizer = Vectorizer(model, encode, _MADE_AT_ONCE, languages)
            people = self._settings.insight_people
            return overview(reading, vectorizer, people=people, groups=_GROUPS, rarer=_RARER)

    def _count(self, insight: Insight, looked: _Looked, looked_at: Mapping[Kind, slice]) -> Insight:
        with opened(self._settings.data, insight.since, insight.until, *self._hashed(looked)) as reading:
            return counted(insight, reading, looked_at)

    def _hashed(self, looked: _Looked) -> tuple[bytes | None, frozenset[bytes]]:
        server = self._journal.pseudonym(looked.server) if looked.server is not None else None
        return server, self._journal.pseudonyms(looked.channels)

    def _keep(self, vectors: Sequence[tuple[bytes, Vectors]]) -> None:
        model = self._desk.generation.manifest.recipe.fingerprint
        self._journal.soon(partial(add_vectors, model=model, vectors=vectors))

    async def _encode_rest(self, missing: Sequence[tuple[bytes, str]]) -> None:
        """Encode questions of earlier versions' journals, a few at a time, so that they are grouped the next time."""
        for at in range(0, len(missing), _MADE_AT_ONCE):
            some = missing[at : at + _MADE_AT_ONCE]
            vectors = await self._desk.model_thread.encode([question_text(text) for _, text in some])
            self._keep([(key, vector) for (key, _), vector in zip(some, vectors, strict=True)])
            await asyncio.sleep(0)
        self._kept.clear()
        _log.info("questions of before were encoded", extra={"questions": len(missing)})
