"""The questions that wait for the model, answered a few at a time: those asked meanwhile share its next pass."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.access.rules import Audience
from bot.access.view import Views
from bot.answering.away import AwayError, translate_errors
from bot.answering.model_thread import AT_ONCE, ModelThread
from bot.answering.standby import Standby
from bot.memory import give_back
from bot.telemetry.labels import Step
from bot.telemetry.metrics import Metrics
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.trace import AnswerTrace
from index.errors import EncoderAwayError

_PATIENCE = 1.0
"""Seconds that anyone waits for the second looks of others and their own: beyond that, answers do without it."""

_SECOND_LOOK, _LATEST = 0.1, 0.1
"""Seconds that a second look is taken to last before one was taken, and the weight of the latest in their mean."""

_IDLE = 10.0
"""Seconds without a question after which freed memory goes back to the system: up to 200 MB after a busy time."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """A question, who will read its answer, the future answer, and when it was asked (`time.perf_counter`)."""

    asked: Asked
    audience: Audience
    trace: asyncio.Future[AnswerTrace]
    since: float


class Batches:
    """Answers questions in batches, each from what its audience may see of the generation in use."""

    def __init__(self, standby: Standby, views: Views, model_thread: ModelThread, metrics: Metrics) -> None:
        """Begin with the first question."""
        self._standby = standby
        self._views = views
        self._model_thread = model_thread
        self._metrics = metrics
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._serving: asyncio.Task[None] | None = None
        self._began: float | None = None
        self._second_look = _Mean(_SECOND_LOOK)

    @property
    def waiting(self) -> int:
        """How many questions wait for the model."""
        return self._queue.qsize()

    def busy_seconds(self) -> float:
        """Return how long the model has been working on its current batch; 0 if it is idle."""
        return 0.0 if self._began is None else time.perf_counter() - self._began

    async def trace(self, asked: Asked, audience: Audience) -> AnswerTrace:
        """Answer a question for an audience, and tell what the answer was made from."""
        if self._serving is None:
            self._serving = asyncio.create_task(self._serve())
        trace: asyncio.Future[AnswerTrace] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Waiting(asked, audience, trace, time.perf_counter()))
        return await trace

    async def close(self) -> None:
        """Stop; questions that still wait get no answer."""
        if self._serving is not None:
            self._serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving

    async def _serve(self) -> None:
        while True:
            batch = [await self._next()]
            while len(batch) < AT_ONCE and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            for waiting in batch:
                self._metrics.spent(Step.WAITING, time.perf_counter() - waiting.since)
            await self._answer(batch)

    async def _next(self) -> _Waiting:
        """Wait for a question; if none comes for a while, give freed memory back to the system."""
        try:
            async with asyncio.timeout(_IDLE):
                return await self._queue.get()
        except TimeoutError:
            await asyncio.to_thread(give_back)
        return await self._queue.get()

    async def _answer(self, batch: list[_Waiting]) -> None:
        self._began = time.perf_counter()
        try:
            use = self._answer_all(batch, asyncio.get_running_loop())
            await self._model_thread.run(partial(translate_errors, self._standby.use, use))
        except Exception as error:  # noqa: BLE001 -- whoever asked is told; the next ones are answered
            left = [waiting for waiting in batch if not waiting.trace.done()]
            if len(left) > 1 and not isinstance(error, AwayError | EncoderAwayError):  # one is at fault
                for waiting in left:
                    await self._answer([waiting])
            else:
                _refuse(left, error)
        finally:
            self._began = None

    def _answer_all(self, batch: list[_Waiting], loop: asyncio.AbstractEventLoop) -> Callable[[Answerer], None]:
        """Return a function that answers a batch, each question from what its audience may see of the generation.

        Each answer is delivered at once, while the next question is answered.
        """

        def use(answerer: Answerer) -> None:
            views = self._views.of_all(answerer.generation, [waiting.audience for waiting in batch])
            asked = [replace(waiting.asked, seen=view.scope) for waiting, view in zip(batch, views, strict=True)]
            traces = answerer.trace_all(asked, has_time=partial(self._has_time, batch))
            for waiting, trace in zip(batch, traces, strict=True):
                loop.call_soon_threadsafe(_deliver, waiting.trace, trace)
                self._second_look.add(trace.answer.steps.second_look / 1000)

        return use

    def _has_time(self, batch: list[_Waiting], number: int) -> bool:
        """Tell whether a question of a batch gets the second look, rather than that anyone waits beyond `_PATIENCE`."""
        waited = time.perf_counter() - batch[number].since
        after = len(batch) - number - 1 + self.waiting
        return waited + (1 + after) * self._second_look.seconds <= _PATIENCE


class _Mean:
    """The mean of some times (seconds), of which later ones count more."""

    def __init__(self, first: float) -> None:
        self.seconds = first

    def add(self, seconds: float) -> None:
        """Count one more; 0 is none."""
        if seconds:
            self.seconds += _LATEST * (seconds - self.seconds)


def _deliver(promised: asyncio.Future[AnswerTrace], trace: AnswerTrace) -> None:
    """Deliver an answer, unless the asker has gone or got it before the index turned out to be damaged."""
    if not promised.done():
        promised.set_result(trace)


def _refuse(batch: list[_Waiting], error: Exception) -> None:
    """Deliver an error to all of a batch that still wait."""
    for waiting in batch:
        if not waiting.trace.done():
            waiting.trace.set_exception(error)
