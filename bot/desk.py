"""Where questions of many people are answered: one worker thread, and the generation that is in use."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot import compose
from bot.settings import Settings
from index.answer import Asked
from index.encoder import Encoder
from index.generation import Generation
from index.records import Answer

_AT_ONCE = 8
"""Questions that share a pass through the model: more would keep the first of them waiting for the last."""

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Desk:
    """Answers from the generation in use; the model never runs on the event loop."""

    def __init__(self, settings: Settings, model: Encoder) -> None:
        """Open the generation in use; raises `IndexUseError` where there is none that can be used."""
        self._settings = settings
        self._model = model
        self._answerer = compose.answerer(settings, model)
        self._asked: asyncio.Queue[tuple[Asked, asyncio.Future[Answer]]] = asyncio.Queue()
        self._model_thread = ThreadPoolExecutor(1, thread_name_prefix="model")
        self._lookup_thread = ThreadPoolExecutor(1, thread_name_prefix="lookup")
        self._clerk: asyncio.Task[None] | None = None
        self._open: set[asyncio.Future[Answer]] = set()

    @property
    def generation(self) -> Generation:
        """The generation that questions are answered from."""
        return self._answerer.generation

    @property
    def waiting(self) -> int:
        """How many questions have been asked and not answered yet."""
        return len(self._open)

    async def answer(self, asked: Asked) -> Answer:
        """Answer a question; those that are asked meanwhile share the next pass through the model."""
        if self._clerk is None:
            self._clerk = asyncio.create_task(self._serve())
        promised: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked.put_nowait((asked, promised))
        self._open.add(promised)
        try:
            return await promised
        finally:
            self._open.discard(promised)

    async def look_up(self, look: Callable[[Generation], T]) -> T:
        """Run `look` on the generation in use, in a thread for what is quick and must not wait for the model."""
        generation = self.generation
        return await asyncio.get_running_loop().run_in_executor(self._lookup_thread, look, generation)

    async def refresh(self) -> None:
        """Turn to the generation that is in use now; whoever is being answered is answered from the one before."""
        loop = asyncio.get_running_loop()
        self._answerer = await loop.run_in_executor(self._lookup_thread, compose.answerer, self._settings, self._model)
        _log.info("generation in use", extra={"generation": self.generation.name})

    async def close(self) -> None:
        """Answer what has been asked, then end."""
        await asyncio.gather(*self._open, return_exceptions=True)
        if self._clerk is not None:
            self._clerk.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._clerk
        self._model_thread.shutdown()
        self._lookup_thread.shutdown()

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self._asked.get()]
            while len(batch) < _AT_ONCE and not self._asked.empty():
                batch.append(self._asked.get_nowait())
            asked = [one for one, _ in batch]
            try:
                answers = await loop.run_in_executor(self._model_thread, self._answerer.answer_all, asked)
            except Exception as error:  # noqa: BLE001 -- whoever asked is told; the next ones are answered
                for _, promised in batch:
                    if not promised.done():
                        promised.set_exception(error)
                continue
            for (_, promised), answer in zip(batch, answers, strict=True):
                if not promised.done():  # whoever asked may have gone
                    promised.set_result(answer)
