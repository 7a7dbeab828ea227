"""Where questions of many people are answered: one worker thread, and the generation that is in use."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

from bot import compose
from bot.access import Audience
from bot.settings import Settings
from bot.sight import Sight, Sights
from index.answer import Answerer, Asked
from index.encoder import Encoder
from index.generation import Generation
from index.records import Answer

_AT_ONCE = 8
"""Questions that share a pass through the model: more would keep the first of them waiting for the last."""

_NICE = 5
"""How far the model stands back for the event loop (POSIX nice): Discord gives three seconds to respond, and hears the
bot's heartbeat meanwhile."""

_log = logging.getLogger(__name__)

T = TypeVar("T")
Waiting = tuple[Asked, Audience, asyncio.Future[Answer]]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A generation in use: what answers from it, and what of it may be seen."""

    answerer: Answerer
    sights: Sights

    def answer_all(self, waiting: Sequence[Waiting]) -> list[Answer]:
        """Answer each question from what its audience may see."""
        return self.answerer.answer_all([replace(asked, seen=self.sights.of(who).scope) for asked, who, _ in waiting])


class Desk:
    """Answers from what an audience may see of the generation in use; the model never runs on the event loop."""

    def __init__(self, settings: Settings, model: Encoder) -> None:
        """Open the generation in use; raises `IndexUseError` where there is none that can be used."""
        self._settings = settings
        self._model = model
        self._opened = _opened(settings, model)
        self._asked: asyncio.Queue[Waiting] = asyncio.Queue()
        self._model_thread = ThreadPoolExecutor(1, thread_name_prefix="model", initializer=_stand_back)
        self._lookup_thread = ThreadPoolExecutor(1, thread_name_prefix="lookup")
        self._clerk: asyncio.Task[None] | None = None

    @property
    def generation(self) -> Generation:
        """The generation that questions are answered from: all of it, whoever may see what."""
        return self._opened.answerer.generation

    async def answer(self, asked: Asked, audience: Audience) -> Answer:
        """Answer a question for an audience; those that are asked meanwhile share the next pass through the model."""
        if self._clerk is None:
            self._clerk = asyncio.create_task(self._serve())
        promised: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked.put_nowait((asked, audience, promised))
        return await promised

    async def look_up(self, look: Callable[[Sight], T], audience: Audience) -> T:
        """Run `look` on what an audience sees, in a thread for what is quick and must not wait for the model."""
        sights = self._opened.sights
        run = asyncio.get_running_loop().run_in_executor
        return await run(self._lookup_thread, lambda: look(sights.of(audience)))

    async def refresh(self) -> None:
        """Turn to the generation that is in use now; whoever is being answered is answered from the one before."""
        self._opened = await asyncio.to_thread(_opened, self._settings, self._model)
        _log.info("generation in use", extra={"generation": self.generation.name})

    async def close(self) -> None:
        """End; whoever is still waiting gets no answer."""
        if self._clerk is not None:
            self._clerk.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._clerk
        self._model_thread.shutdown(wait=False, cancel_futures=True)
        self._lookup_thread.shutdown(wait=False, cancel_futures=True)

    async def _serve(self) -> None:
        while True:
            batch = [await self._asked.get()]
            while len(batch) < _AT_ONCE and not self._asked.empty():
                batch.append(self._asked.get_nowait())
            await self._answer(batch)

    async def _answer(self, batch: list[Waiting]) -> None:
        loop = asyncio.get_running_loop()
        try:
            answers = await loop.run_in_executor(self._model_thread, self._opened.answer_all, batch)
        except Exception as error:  # noqa: BLE001 -- whoever asked is told; the next ones are answered
            if len(batch) > 1:  # one of them is at fault: the others are answered
                for one in batch:
                    await self._answer([one])
            elif not batch[0][-1].done():
                batch[0][-1].set_exception(error)
            return
        for (*_, promised), answer in zip(batch, answers, strict=True):
            if not promised.done():  # whoever asked may have gone
                promised.set_result(answer)


def _stand_back() -> None:
    """Let the event loop go before the thread that calls this, where threads have a priority of their own (Linux)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def _opened(settings: Settings, model: Encoder) -> _Opened:
    """Open the generation in use."""
    answerer = compose.answerer(settings, model)
    return _Opened(answerer, Sights(answerer.generation, settings.access))
