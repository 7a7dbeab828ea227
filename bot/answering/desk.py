"""Answers questions and looks things up for many people, from what each may see of the generation in use."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from bot.access.removed import removed
from bot.access.rules import Audience
from bot.access.view import Views, VisibleDocuments
from bot.answering.away import translate_errors
from bot.answering.batches import Batches
from bot.answering.just_answered import JustAnswered
from bot.answering.model_thread import ModelThread
from bot.answering.standby import Missing, Standby
from bot.answering.votes_count import VotesCount
from bot.memory import give_back
from bot.observer import NO_OBSERVER, Observer
from bot.privacy.journal import Encoded
from bot.settings import Settings
from bot.teaching.corrections import Corrections
from bot.telemetry.metrics import Metrics
from index.answer import material
from index.answer.asked import Asked
from index.answer.trace import AnswerTrace
from index.encode.encoder import Encoder
from index.records import Answer, Quote
from index.store.base import Generation

_MOST_TYPING = 32
"""How many autocomplete look-ups may wait at once; each takes some milliseconds."""

_TYPED_SINCE = 2.5
"""Seconds after which an autocomplete look-up is dropped: Discord ignores results after three."""

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Desk:
    """Answers from what an audience may see of the generation in use; the model never runs on the event loop.

    `standby` holds that generation, or the one before if it is damaged.
    """

    def __init__(  # noqa: PLR0913 -- what it answers by, and who sees it
        self,
        settings: Settings,
        model: Encoder,
        metrics: Metrics,
        observer: Observer = NO_OBSERVER,
        corrections: Corrections | None = None,
        *,
        missing: Missing | None = None,
    ) -> None:
        """Open the generation in use; `observer` sees each answer, and `corrections` count in it.

        Where there is none that can be used, raises `IndexUseError`, or else, with `missing`, what that returns
        whenever something is to be answered before `refresh` finds one.
        """
        self._views = Views(settings.access, partial(removed, settings.data, settings.documents))
        self.votes_count = VotesCount(settings.data, counts=settings.count_votes and settings.journal_days > 0)
        self.standby = Standby(settings, model, prepare=self._prepare, lessons=corrections, missing=missing)
        self._opened = asyncio.Event()
        if self.standby.is_open:
            self._opened.set()
        self._observer = observer
        self.model_thread = ModelThread(model)
        self._batches = Batches(self.standby, self._views, self.model_thread, metrics)
        self._just_answered = JustAnswered()
        self._lookup_thread = ThreadPoolExecutor(1, thread_name_prefix="lookup")
        self._completing = 0
        self._turning = asyncio.Lock()

    @property
    def generation(self) -> Generation:
        """The generation that questions are answered from, closed documents included; raises what is `missing`."""
        return self.standby.generation

    @property
    def is_open(self) -> bool:
        """Whether there is a generation to answer from."""
        return self.standby.is_open

    @property
    def held(self) -> Generation | None:
        """The generation that answers come from, or None where there is none: it may be let go of at any time."""
        return self.standby.held

    async def opened(self) -> None:
        """Wait until there is a generation to answer from.

        At a first start it is being built; once all documents were removed there is none until one is added.
        """
        await self._opened.wait()

    @property
    def waiting(self) -> int:
        """How many questions wait for the model."""
        return self._batches.waiting

    def busy_seconds(self) -> float:
        """Return how long the model has been working on its current batch; 0 if it is idle."""
        return self._batches.busy_seconds()

    async def answer(self, asked: Asked, audience: Audience) -> Answer:
        """Answer a question for an audience; questions asked meanwhile share the next pass through the model."""
        return self.votes_count.applied(await self.trace(asked, audience))

    async def trace(self, asked: Asked, audience: Audience) -> AnswerTrace:
        """Answer a question as `answer` does, before votes count, and tell what the answer was made from."""
        trace = await self._batches.trace(asked, audience)
        self._observer.answered(asked, trace)
        if (generation := self.held) is not None:
            self._just_answered.add(asked, trace, generation.manifest.recipe.fingerprint)
        return trace

    def vector_alone(self, asked: Asked) -> Encoded | None:
        """Return the vector of a question that was just answered, without those before it; None where there is none."""
        return self._just_answered.vector_alone(asked)

    def vector_of(self, asked: Asked) -> Encoded | None:
        """Return the vector of a question that was just answered, and forget it; None where there is none."""
        return self._just_answered.take_vector(asked)

    async def sentences_for(self, asked: Asked, answer: Answer, audience: Audience) -> tuple[Quote, ...]:
        """Return the sentences that a writer may cite for a question that was just answered, none that are not seen."""
        rows, blocked = self._just_answered.pool(asked, answer)

        def look(visible: VisibleDocuments) -> tuple[Quote, ...]:
            if visible.generation.name != answer.generation:
                return ()
            return material.sentences_of(visible.generation, rows, visible.scope, answer.quotes, blocked)

        return await self.look_up(look, audience)

    async def look_up(self, look: Callable[[VisibleDocuments], T], audience: Audience) -> T:
        """Run `look` on what an audience may see, in a thread for quick work that must not wait for the model."""

        def use(generation: Generation) -> T:
            return look(self._views.of(generation, audience))

        in_context = copy_context().run  # it speaks the same language
        look_up = partial(in_context, translate_errors, self.standby.look_up, use)
        return await asyncio.get_running_loop().run_in_executor(self._lookup_thread, look_up)

    async def drop_outdated(self, corrections: Corrections) -> int:
        """End the corrections whose text is not in the index in use any more; return how many.

        While the index is damaged an older one is answered from: then none ends. Raises `CorrectionError`.
        """
        if self.standby.damage is not None or self.standby.damaged:
            return 0
        drop = partial(self.standby.look_up, corrections.sweep)
        return await asyncio.get_running_loop().run_in_executor(self._lookup_thread, drop)

    async def complete(self, look: Callable[[VisibleDocuments], T], audience: Audience) -> T | None:
        """Run `look` for autocomplete; return None if too many wait, its turn comes too late, or there is no index yet.

        Autocomplete shares the thread that lays out answers, so a flood of it must not delay them.
        """
        if self._completing >= _MOST_TYPING or not self.is_open:
            return None
        self._completing += 1
        last = time.monotonic() + _TYPED_SINCE
        try:
            return await self.look_up(lambda visible: look(visible) if time.monotonic() < last else None, audience)
        finally:
            self._completing -= 1

    async def refresh(self) -> None:
        """Switch to the generation now in use; answers in progress finish on the one before.

        There is none once all documents were removed.
        """
        async with self._turning:
            before = self.held
            await asyncio.to_thread(self.standby.refresh)
            now = self.held
            if now is before:
                return
            if now is None:
                _log.warning("all documents were removed: there is nothing to answer from")
                self._opened.clear()
            else:
                _log.info("generation in use", extra={"generation": now.name})
                self._opened.set()
            if before is not None:
                await self._close_unused(before)

    def _prepare(self, generation: Generation) -> None:
        self._views.prepare(generation)
        self.votes_count.turn_to(generation)

    async def close(self) -> None:
        """Stop; questions that still wait get no answer."""
        await self._batches.close()
        self.model_thread.close()
        self._lookup_thread.shutdown(wait=False, cancel_futures=True)

    async def _close_unused(self, generation: Generation) -> None:
        """Close a generation once both threads have finished what they began on it.

        Its SQLite connection refers to itself; left to the garbage collector it would stay open for hours.
        """
        look_up = asyncio.get_running_loop().run_in_executor
        with contextlib.suppress(RuntimeError):  # the bot is stopping, and the threads take no more work
            await asyncio.gather(self.model_thread.run(_nothing), look_up(self._lookup_thread, _nothing))
            generation.close()
            self._views.forget(generation)
        await asyncio.to_thread(give_back)


def _nothing() -> None:
    """Do nothing, to wait for a thread's turn."""
