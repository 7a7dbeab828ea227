"""Has a language model write above an answer's quotes, and shows nothing of it that is not proven."""

from __future__ import annotations

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

Prove = Callable[[Callable[[], tuple[list[Proven], int]]], Awaitable[tuple[list[Proven], int]]]
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
    """Writes by a chat server, within a budget; remembers what was written for the same question and sentences."""

    def __init__(
        self, server: ChatServer, support: Support, budget: Budget, counted: Callable[[Wrote], None] = lambda _: None
    ) -> None:
        """Prove by `support`; `counted` is told what each order came to."""
        self._server = server
        self._support = support
        self._budget = budget
        self._counted = counted
        self._known: OrderedDict[object, tuple[list[Proven], int]] = OrderedDict()

    async def written(self, order: Order, prove: Prove) -> Answer | None:
        """Return the answer with written sentences; None where there are none, whatever the reason.

        A refused question is not sent, nor one in another language than English: no sentence in it could be proven. No
        error of the server is raised: the log has it.
        """
        if not order.answer.answered or len(order.sentences) < _FEWEST or foreign(order.asked.text, (LANGUAGE,)):
            return None
        history = _own_turns(order)
        key = (order.asked.text, history, order.answer.generation, _places(order.sentences))
        outcome = Wrote.CACHED if key in self._known else Wrote.WRITTEN
        try:
            proved, dropped = self._known.get(key) or await self._write(order, history, prove)
        except WriterError as error:
            self._counted(Wrote.LATE if isinstance(error, WriterLateError) else Wrote.FAILED)
            _log.warning("nothing was written", extra={"reason": str(error)})
            return None
        except _SpentError:
            self._counted(Wrote.OVER_BUDGET)
            return None
        self._remember(key, (proved, dropped))
        self._counted(outcome if proved else Wrote.UNPROVEN)
        return with_written(order.answer, self._server.model, proved, dropped) if proved else None

    async def _write(self, order: Order, history: Sequence[Turn], prove: Prove) -> tuple[list[Proven], int]:
        if not self._budget.take(order.person, order.server):
            raise _SpentError
        draft: Draft = await self._server.draft(order.asked.text, history, order.sentences)
        return await prove(lambda: proven(draft, order.sentences, order.asked.text, self._support))

    def _remember(self, key: object, result: tuple[list[Proven], int]) -> None:
        self._known[key] = result
        self._known.move_to_end(key)
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
