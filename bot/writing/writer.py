"""Has a language model write above an answer's quotes, and shows nothing of it that is not proven."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.telemetry.labels import Wrote
from bot.writing.budget import Budget
from bot.writing.proof import Proven, Support, proven, with_written
from bot.writing.protocol import Draft
from bot.writing.server import ChatServer, WriterError, WriterLateError
from index.answer.asked import Asked
from index.records import Answer, Quote, Turn
from index.support.checks import LANGUAGE
from index.text.language import foreign

_REMEMBERED = 500
_FEWEST = 1

_log = logging.getLogger(__name__)

Result = tuple[list[Proven], int]
"""The sentences that are proven, and how many were dropped."""

Prove = Callable[[Callable[[], Result]], Awaitable[Result]]
"""Runs the proof where the support model may be used."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: an answer to a question, from sentences that its readers may see, for a person."""

    asked: Asked
    answer: Answer
    sentences: tuple[Quote, ...]
    person: int | None = None
    server: int | None = None


class Writer:
    """Writes by a chat server, within a budget.

    It remembers what was written for the same question and sentences; whoever asks while that is being written waits
    for the same request.
    """

    def __init__(
        self, server: ChatServer, support: Support, budget: Budget, counted: Callable[[Wrote], None] = lambda _: None
    ) -> None:
        """Prove by `support`; `counted` is told once of each request, as it ends, and of each order without one."""
        self._server = server
        self._support = support
        self._budget = budget
        self._counted = counted
        self._known: OrderedDict[object, Result] = OrderedDict()
        self._writing: dict[object, asyncio.Task[Result]] = {}

    async def written(self, order: Order, prove: Prove) -> Answer | None:
        """Return the answer with written sentences; None where there are none, whatever the reason.

        A refused question is not sent, nor one in another language than English: no sentence in it could be proven. No
        error of the server is raised: the log has it.
        """
        if not order.answer.answered or len(order.sentences) < _FEWEST or foreign(order.asked.text, (LANGUAGE,)):
            return None
        history = _own_turns(order)
        key = (order.asked.text, history, order.answer.generation, _places(order.sentences))
        if key in self._known or key in self._writing:
            self._counted(Wrote.CACHED)
        try:
            proved, dropped = await self._result(key, order, history, prove)
        except WriterError:
            return None
        except _SpentError:
            self._counted(Wrote.OVER_BUDGET)
            return None
        return with_written(order.answer, self._server.model, proved, dropped) if proved else None

    async def _result(self, key: object, order: Order, history: Sequence[Turn], prove: Prove) -> Result:
        known = self._recalled(key)
        return await asyncio.shield(self._task(key, order, history, prove)) if known is None else known

    def _task(self, key: object, order: Order, history: Sequence[Turn], prove: Prove) -> asyncio.Task[Result]:
        """Return what writes this, begun where nothing does yet; it goes on for others if whoever asked is gone."""
        if key not in self._writing:
            if not self._budget.take(order.person, order.server):
                raise _SpentError
            self._writing[key] = asyncio.create_task(self._write(order, history, prove))
            self._writing[key].add_done_callback(lambda task: self._done(key, task))
        return self._writing[key]

    def _done(self, key: object, task: asyncio.Task[Result]) -> None:
        """Remember, count and log what a request came to, whether or not anybody still waits for it."""
        del self._writing[key]
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            self._remember(key, task.result())
            proved, _ = task.result()
            self._counted(Wrote.WRITTEN if proved else Wrote.UNPROVEN)
        else:
            self._counted(Wrote.LATE if isinstance(error, WriterLateError) else Wrote.FAILED)
            _log.warning("nothing was written", extra={"reason": str(error)})

    async def _write(self, order: Order, history: Sequence[Turn], prove: Prove) -> Result:
        draft: Draft = await self._server.draft(order.asked.text, history, order.sentences)
        return await prove(lambda: proven(draft, order.sentences, order.asked.text, self._support))

    def _recalled(self, key: object) -> Result | None:
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def _remember(self, key: object, result: Result) -> None:
        self._known[key] = result
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


class _SpentError(Exception):
    """The budget is spent."""


def _own_turns(order: Order) -> tuple[Turn, ...]:
    """Return the earlier questions of whoever asks, each with its answer: what others asked is not sent."""
    turns: list[Turn] = []
    is_own = False
    for turn in order.asked.history:
        if turn.role == "user":
            is_own = turn.author == order.person
        if is_own:
            turns.append(turn)
    return tuple(turns)


def _places(sentences: Sequence[Quote]) -> tuple[tuple[str, int, int], ...]:
    return tuple((sentence.source, sentence.start, sentence.end) for sentence in sentences)
