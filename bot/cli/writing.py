"""Written answers in the terminal."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from index.errors import QuothError

if TYPE_CHECKING:
    from bot.answering.standby import Standby
    from bot.settings import Settings
    from bot.writing.proof import Proven
    from bot.writing.writer import Order, Writer
    from index.answer.answerer import Answerer
    from index.answer.asked import Asked
    from index.records import Answer


class NoWriterError(QuothError):
    """Sentences are to be written, and no server is set that would."""


class _ReasonHandler(logging.Handler):
    """Shows on standard error why nothing was written."""

    def emit(self, record: logging.LogRecord) -> None:
        """Show the reason, which the log has beside the message."""
        click.echo(f"quoth: {record.getMessage()}: {getattr(record, 'reason', '')}", err=True)


_REASONS = _ReasonHandler()


class TerminalWriter:
    """Answers questions with written sentences, where they can be proven."""

    def __init__(self, settings: Settings) -> None:
        """Take the writer of the settings; raises `NoWriterError` where none is set."""
        from bot import compose

        writer = compose.writer(settings)
        if writer is None:
            raise NoWriterError("Nothing can be written: set QUOTH_WRITER_URL and QUOTH_WRITER_MODEL first.")
        self._writer: Writer = writer
        logging.getLogger("bot.writing.writer").addHandler(_REASONS)

    def answer(self, standby: Standby, asked: Asked) -> Answer:
        """Answer one question."""
        from bot.manners.markup import searchable

        plain = replace(asked, text=searchable(asked.text) or asked.text)
        answer = standby.use(lambda answerer: self._answer(answerer, plain))
        return replace(answer, question=asked.text)

    def _answer(self, answerer: Answerer, asked: Asked) -> Answer:
        order = order_for(answerer, asked)
        if not order.sentences:
            return order.answer
        return asyncio.run(self._writer.written(order, _at_once)) or order.answer


def order_for(answerer: Answerer, asked: Asked) -> Order:
    """Answer a question and return what may be written above its quotes; no sentence where there is none."""
    from bot.writing.writer import Order
    from index.answer.material import sentences_of

    (trace,) = answerer.trace_all([asked])
    if trace.choice_trace is None or not trace.answer.answered:
        return Order(asked, trace.answer, ())
    rows = trace.choice_trace.pool.rows.tolist()
    seen = None if asked.inside is None else frozenset(asked.inside)
    return Order(asked, trace.answer, sentences_of(answerer.generation, rows, seen, trace.answer.quotes, trace.blocked))


async def _at_once(prove: Callable[[], tuple[list[Proven], int]]) -> tuple[list[Proven], int]:
    return prove()
