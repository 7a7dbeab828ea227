"""Answers the questions of many people: a queue, one thread for the model, and the generation in use."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from typing import TypeVar

import numpy as np

from bot.access.removed import removed
from bot.access.rules import Audience
from bot.access.view import Views, VisibleDocuments
from bot.answering.recent_questions import key_of
from bot.answering.standby import Missing, Standby
from bot.answering.votes_count import VotesCount
from bot.localisation.catalogue import mark
from bot.memory import give_back
from bot.observer import NO_OBSERVER, Observer
from bot.privacy.journal import Encoded
from bot.settings import Settings
from bot.teaching.corrections import Corrections
from bot.telemetry.labels import Step
from bot.telemetry.metrics import Metrics
from index.answer import material
from index.answer.answerer import Answerer, Asked
from index.answer.lessons import Stretch
from index.answer.trace import AnswerTrace
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.errors import EncoderAwayError, NoIndexError, QuothError, StoreError
from index.records import Answer, Quote
from index.store.base import Generation

_AT_ONCE = 8
"""Questions that share a pass through the model; each answer is delivered as soon as it is ready. Sixteen would save a
twentieth of the pass, and make the first of them wait twice as long for it."""

_NICE = 5
"""POSIX niceness of the model's thread, so that the event loop goes first: Discord waits three seconds for a response,
and expects heartbeats meanwhile."""

_PATIENCE = 1.0
"""Seconds that anyone waits for the second looks of others and their own: beyond that, answers do without it."""

_SECOND_LOOK, _LATEST = 0.1, 0.1
"""Seconds that a second look is taken to last before one was taken, and the weight of the latest in their mean."""

_MOST_TYPING = 32
"""How many autocomplete look-ups may wait at once; each takes some milliseconds."""

_TYPED_SINCE = 2.5
"""Seconds after which an autocomplete look-up is dropped: Discord ignores results after three."""

_MOST_VECTORS = 256
"""Vectors of questions that are held until the questions are written down."""

_MOST_POOLS = 256
"""Questions whose passages are known for the writer, which is asked right after."""

_IDLE = 10.0
"""Seconds without a question after which freed memory goes back to the system: up to 200 MB after a busy time."""

_log = logging.getLogger(__name__)

T = TypeVar("T")
U = TypeVar("U")
Waiting = tuple[Asked, Audience, asyncio.Future[AnswerTrace], float]
"""A question, who will read its answer, the future answer with its trace, and when it was asked
(`time.perf_counter`)."""


class AwayError(QuothError):
    """The index is on a server that cannot be reached."""

    def __init__(self) -> None:
        super().__init__(mark("I cannot reach my index just now: please ask again in a minute."))


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
        self._views = Views(settings.access, partial(removed, settings.data))
        self.votes_count = VotesCount(settings.data, counts=settings.count_votes and settings.journal_days > 0)
        self.standby = Standby(settings, model, prepare=self._prepare, lessons=corrections, missing=missing)
        self._opened = asyncio.Event()
        if self.standby.is_open:
            self._opened.set()
        self._encoder = model
        self._metrics = metrics
        self._observer = observer
        self._asked: asyncio.Queue[Waiting] = asyncio.Queue()
        self._model_thread = ThreadPoolExecutor(1, thread_name_prefix="model", initializer=_stand_back)
        self._lookup_thread = ThreadPoolExecutor(1, thread_name_prefix="lookup")
        self._clerk: asyncio.Task[None] | None = None
        self._began: float | None = None
        self._typing = 0
        self._vectors: OrderedDict[bytes, Encoded] = OrderedDict()
        self._pools: OrderedDict[tuple[bytes, str], tuple[list[int], tuple[Stretch, ...]]] = OrderedDict()
        """The rows of the passages that were found, and what is not to be quoted."""

        self._turning = asyncio.Lock()
        self._second_look = _Mean(_SECOND_LOOK)

    @property
    def generation(self) -> Generation:
        """The generation that questions are answered from, closed documents included; raises what is `missing`."""
        return self.standby.generation

    @property
    def is_open(self) -> bool:
        """Whether there is a generation to answer from."""
        return self.standby.is_open

    async def opened(self) -> None:
        """Wait until there is a generation to answer from: at a first start it is being built."""
        await self._opened.wait()

    @property
    def waiting(self) -> int:
        """How many questions wait for the model."""
        return self._asked.qsize()

    def busy_seconds(self) -> float:
        """Return how long the model has been working on its current batch; 0 if it is idle."""
        return 0.0 if self._began is None else time.perf_counter() - self._began

    async def answer(self, asked: Asked, audience: Audience) -> Answer:
        """Answer a question for an audience; questions asked meanwhile share the next pass through the model."""
        return self.votes_count.applied(await self.trace(asked, audience))

    async def trace(self, asked: Asked, audience: Audience) -> AnswerTrace:
        """Answer a question as `answer` does, before votes count, and tell what the answer was made from."""
        if self._clerk is None:
            self._clerk = asyncio.create_task(self._serve())
        promised: asyncio.Future[AnswerTrace] = asyncio.get_running_loop().create_future()
        self._asked.put_nowait((asked, audience, promised, time.perf_counter()))
        reasoning = await promised
        self._observer.answered(asked, reasoning)
        self._remember(asked, reasoning)
        return reasoning

    def vector_of(self, asked: Asked) -> Encoded | None:
        """Return the vector of a question that was just answered, and forget it; None where there is none."""
        return self._vectors.pop(key_of(asked), None)

    def _remember(self, asked: Asked, reasoning: AnswerTrace) -> None:
        if reasoning.choice_trace is not None:
            model = self.generation.manifest.recipe.fingerprint
            self._vectors[key_of(asked)] = Encoded(model, reasoning.choice_trace.question.vector)
            if len(self._vectors) > _MOST_VECTORS:
                self._vectors.popitem(last=False)
            pool = (reasoning.choice_trace.pool.rows.tolist(), reasoning.blocked)
            self._pools[key_of(asked), reasoning.answer.generation] = pool
            if len(self._pools) > _MOST_POOLS:
                self._pools.popitem(last=False)

    async def sentences_for(self, asked: Asked, answer: Answer, audience: Audience) -> tuple[Quote, ...]:
        """Return the sentences that a writer may cite for a question that was just answered, none that are not seen."""
        rows, blocked = self._pools.get((key_of(asked), answer.generation), ([], ()))

        def look(visible: VisibleDocuments) -> tuple[Quote, ...]:
            if visible.generation.name != answer.generation:
                return ()
            return material.sentences_of(visible.generation, rows, visible.scope, answer.quotes, blocked)

        return await self.look_up(look, audience)

    async def in_model_thread(self, work: Callable[[], T]) -> T:
        """Run `work`, which uses a model, between two batches of questions."""
        return await asyncio.get_running_loop().run_in_executor(self._model_thread, work)

    async def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode questions in the model's thread, a few at a time; shape (texts, dimension)."""
        run, encode = asyncio.get_running_loop().run_in_executor, self._encoder.questions
        batches = [texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE)]
        vectors = [await run(self._model_thread, encode, batch) for batch in batches]
        return np.concatenate(vectors) if vectors else self._encoder.no_vectors()

    @property
    def model(self) -> str:
        """What the vectors of `vector` are known by: those of another model cannot be compared."""
        return self._encoder.fingerprint

    async def vector(self, text: str) -> Vectors:
        """Return the vector of a question, of length 1 (float32): between two batches of the model's thread."""
        encode = partial(self._encoder.questions, [text])
        vector: Vectors = (await asyncio.get_running_loop().run_in_executor(self._model_thread, encode))[0]
        return vector

    async def look_up(self, look: Callable[[VisibleDocuments], T], audience: Audience) -> T:
        """Run `look` on what an audience may see, in a thread for quick work that must not wait for the model."""

        def use(generation: Generation) -> T:
            return look(self._views.of(generation, audience))

        look_up = partial(
            copy_context().run, _translate_errors, self.standby.look_up, use
        )  # it speaks the same language
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
        if self._typing >= _MOST_TYPING or not self.is_open:
            return None
        self._typing += 1
        last = time.monotonic() + _TYPED_SINCE
        try:
            return await self.look_up(lambda visible: look(visible) if time.monotonic() < last else None, audience)
        finally:
            self._typing -= 1

    async def refresh(self) -> None:
        """Switch to the generation now in use; answers in progress finish on the one before."""
        async with self._turning:
            before = self.generation if self.is_open else None
            await asyncio.to_thread(self.standby.refresh)
            if self.generation is before:
                return
            _log.info("generation in use", extra={"generation": self.generation.name})
            self._opened.set()
            if before is not None:
                await self._close_unused(before)

    def _prepare(self, generation: Generation) -> None:
        self._views.prepare(generation)
        self.votes_count.turn_to(generation)

    async def close(self) -> None:
        """Stop; questions that still wait get no answer."""
        if self._clerk is not None:
            self._clerk.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._clerk
        self._model_thread.shutdown(wait=False, cancel_futures=True)
        self._lookup_thread.shutdown(wait=False, cancel_futures=True)

    async def _close_unused(self, generation: Generation) -> None:
        """Close a generation once both threads have finished what they began on it.

        Its SQLite connection refers to itself; left to the garbage collector it would stay open for hours.
        """
        run = asyncio.get_running_loop().run_in_executor
        with contextlib.suppress(RuntimeError):  # the bot is stopping, and the threads take no more work
            await asyncio.gather(*(run(thread, _nothing) for thread in (self._model_thread, self._lookup_thread)))
            generation.close()
            self._views.forget(generation)
        await asyncio.to_thread(give_back)

    async def _serve(self) -> None:
        while True:
            batch = [await self._next()]
            while len(batch) < _AT_ONCE and not self._asked.empty():
                batch.append(self._asked.get_nowait())
            for *_, since in batch:
                self._metrics.spent(Step.WAITING, time.perf_counter() - since)
            await self._answer(batch)

    async def _next(self) -> Waiting:
        """Wait for a question; if none comes for a while, give freed memory back to the system."""
        try:
            async with asyncio.timeout(_IDLE):
                return await self._asked.get()
        except TimeoutError:
            await asyncio.to_thread(give_back)
        return await self._asked.get()

    async def _answer(self, batch: list[Waiting]) -> None:
        loop = asyncio.get_running_loop()
        self._began = time.perf_counter()
        try:
            use = partial(_translate_errors, self.standby.use, self._answer_all(batch, loop))
            await loop.run_in_executor(self._model_thread, use)
        except Exception as error:  # noqa: BLE001 -- whoever asked is told; the next ones are answered
            left = [waiting for waiting in batch if not waiting[2].done()]
            if len(left) > 1 and not isinstance(error, AwayError | EncoderAwayError):  # one is at fault
                for waiting in left:
                    await self._answer([waiting])
            else:
                _refuse(left, error)
        finally:
            self._began = None

    def _answer_all(self, batch: list[Waiting], loop: asyncio.AbstractEventLoop) -> Callable[[Answerer], None]:
        """Return a function that answers a batch, each question from what its audience may see of the generation.

        Each answer is delivered at once, while the next question is answered.
        """

        def use(answerer: Answerer) -> None:
            scopes = [self._views.of(answerer.generation, audience).scope for _, audience, _, _ in batch]
            asked = [replace(waiting[0], seen=seen) for waiting, seen in zip(batch, scopes, strict=True)]
            has_time = partial(self._has_time, batch)
            for (_, _, promised, _), reasoning in zip(batch, answerer.trace_all(asked, has_time=has_time), strict=True):
                loop.call_soon_threadsafe(_tell, promised, reasoning)
                self._second_look.add(reasoning.answer.steps.second_look / 1000)

        return use

    def _has_time(self, batch: list[Waiting], number: int) -> bool:
        """Tell whether a question of a batch gets the second look, rather than that anyone waits beyond `_PATIENCE`."""
        waited = time.perf_counter() - batch[number][3]
        after = len(batch) - number - 1 + self._asked.qsize()
        return waited + (1 + after) * self._second_look.seconds <= _PATIENCE


class _Mean:
    """The mean of some times (seconds), of which later ones count more."""

    def __init__(self, first: float) -> None:
        self.seconds = first

    def add(self, seconds: float) -> None:
        """Count one more; 0 is none."""
        if seconds:
            self.seconds += _LATEST * (seconds - self.seconds)


def _translate_errors(use: Callable[[U], T], what: U) -> T:
    """Call `use` on `what`; if the index is out of reach, log the reason and raise `AwayError`."""
    try:
        return use(what)
    except (NoIndexError, StoreError) as error:
        _log.error("the index cannot be reached", extra={"reason": str(error)})
        raise AwayError from error


def _tell(promised: asyncio.Future[AnswerTrace], reasoning: AnswerTrace) -> None:
    """Deliver an answer, unless the asker has gone or got it before the index turned out to be damaged."""
    if not promised.done():
        promised.set_result(reasoning)


def _refuse(batch: list[Waiting], error: Exception) -> None:
    """Deliver an error to all of a batch that still wait."""
    for _, _, promised, _ in batch:
        if not promised.done():
            promised.set_exception(error)


def _nothing() -> None:
    """Do nothing, to wait for a thread's turn."""


def _stand_back() -> None:
    """Lower the priority of the calling thread below the event loop's, where threads have their own (Linux)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
