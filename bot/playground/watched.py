"""The bot as it is, watched: it reports when it is ready, how its rebuilds go, and what each answer was made from."""

from __future__ import annotations

import asyncio
import logging
import time
from contextvars import ContextVar
from dataclasses import asdict
from functools import partial
from typing import Any

import discord

from bot.client import Handlers, QuothClient
from bot.handlers.digest import post_due
from bot.observer import Observer
from bot.playground.lifeline import WEEK, Lifeline
from bot.playground.reports import Reports
from bot.playground.suggestions import suggested
from bot.playground.trace import trace
from bot.serve import serve
from bot.services import Services
from bot.settings import Settings
from bot.standin.payload import Json
from index.answer.asked import Asked
from index.answer.trace import AnswerTrace
from index.build.builder import BuildReport
from index.encode.encoder import Encoder
from index.errors import QuothError

_answering: ContextVar[int | None] = ContextVar("answering", default=None)
"""The id of the message or interaction that the task at work answers."""

_WEEK = 7 * 86_400.0

_log = logging.getLogger(__name__)

_FAULT = "Something went wrong in the rebuild; the log has the rest."


def serve_watched(settings: Settings, model: Encoder, reports: Reports, lifeline: Lifeline, *, suggests: bool) -> None:
    """Answer as `quoth run` does, report, and do what the lifeline says."""
    client = partial(WatchedClient, reports=reports, lifeline=lifeline, suggests=suggests)
    serve(settings, model, client, Reporter(reports))


class Reporter(Observer):
    """Reports what it sees; traces are made in the thread that writes them."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports

    def answered(self, asked: Asked, reasoning: AnswerTrace) -> None:
        """Report the trace of an answer."""
        asker = _answering.get()
        if asker is not None:
            self._reports.send(lambda: {"report": "trace", "of": str(asker), "trace": trace(asked, reasoning)})

    def rebuilding(self, step: str, done: int, total: int) -> None:
        """Report how far a rebuild is."""
        self._reports.rebuilding(step, done, total)

    def rebuilt(self, outcome: BuildReport | BaseException) -> None:
        """Report what a rebuild came to."""
        self._reports.send({"report": "rebuilt"} | _outcome_as_json(outcome))


def _outcome_as_json(outcome: BuildReport | BaseException) -> Json:
    if isinstance(outcome, BuildReport):
        return {"built": asdict(outcome)}
    return {"error": str(outcome) if isinstance(outcome, QuothError) else _FAULT}


class WatchedClient(QuothClient):
    """Notes in each task whom it answers, and reports when it is ready."""

    def __init__(  # noqa: PLR0913 -- what it is told by, and tells by
        self,
        services: Services,
        handlers: Handlers,
        *,
        content: bool,
        reports: Reports,
        lifeline: Lifeline,
        suggests: bool,
    ) -> None:
        """Report by `reports`, where it `suggests`, also what can be asked; hear what `lifeline` is told."""
        super().__init__(services, handlers, content=content)
        self._reports = reports
        self._suggests = suggests
        self._suggesting: asyncio.Task[None] | None = None
        self._lifeline = lifeline
        self._weeks = 0
        self._passing: asyncio.Task[None] | None = None

    async def on_shard_connect(self, shard: int) -> None:
        """Report that the bot takes what comes."""
        await super().on_shard_connect(shard)
        loop = asyncio.get_running_loop()

        def on_word(word: bytes) -> None:
            loop.call_soon_threadsafe(self._obey, word)

        self._lifeline.hear(on_word)
        self._reports.send({"report": "ready"})
        if self._suggests and self._suggesting is None:
            self._suggesting = asyncio.create_task(self._suggest())

    def _obey(self, word: bytes) -> None:
        if word == WEEK:
            self._passing = asyncio.create_task(self._pass_week())

    async def _pass_week(self) -> None:
        """Post the digest of the last seven days, as if another week were over."""
        self._weeks += 1
        self.services.insights.forget()
        now, digests = time.time(), 0
        try:
            await post_due(self, now)
            digests = await post_due(self, now + self._weeks * _WEEK)
        except QuothError as error:
            _log.warning("the digest could not be made", extra={"reason": str(error)})
        self._reports.send({"report": "week", "digests": digests})

    async def _suggest(self) -> None:
        try:
            questions = await suggested(self.services.desk)
        except QuothError as error:
            _log.info("no questions were found for the welcome card", extra={"reason": str(error)})
            self._suggesting = None  # the next time that it connects
            return
        self._reports.send({"report": "questions", "questions": questions})

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is for the bot."""
        _answering.set(message.id)
        await super().on_message(message)

    async def admits(self, interaction: discord.Interaction[Any]) -> bool:
        """Note that the task at work answers an interaction."""
        _answering.set(interaction.id)
        return await super().admits(interaction)
