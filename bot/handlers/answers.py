"""Answers on their way to Discord: asking the desk, laying out the card, and getting it to whoever asked."""

from __future__ import annotations

import logging

import discord

from bot.access.rules import Audience
from bot.answering.recent_questions import key_of
from bot.cards.answer_card import answer_card, quotes_on
from bot.handlers.choices import source_named
from bot.privacy.journal import By
from bot.services import Services
from bot.telemetry.labels import Step, Way
from index.answer.answerer import Asked
from index.records import Answer

_log = logging.getLogger(__name__)


async def answered(services: Services, asked: Asked, audience: Audience, way: Way) -> Answer:
    """Answer a question that came in some `way` for those who will read it, and remember it for its buttons."""
    services.metrics.asked(way)
    try:
        answer = await services.desk.answer(asked, audience)
    except Exception:
        services.metrics.failed()
        raise
    services.metrics.answered(answer)
    if way is not Way.UNASKED:
        services.recent_questions.add(asked)
    shown = {"question": asked.text} if services.settings.log_questions and way is not Way.UNASKED else {}
    _log.info(
        "question",
        extra={
            "answered": answer.answered,
            "confidence": round(answer.confidence, 3),
            "milliseconds": round(answer.milliseconds, 1),
            **shown,
        },
    )
    return answer


def card_of(
    services: Services, asked: Asked, answer: Answer, skip: int = 0, *, repeats_question: bool = True
) -> discord.ui.LayoutView:
    """Return the card of an answer: all that it shows stands in the answer, which holds only what is seen."""
    votes = services.settings.journal_days > 0
    with services.metrics.timed(Step.CARD):
        return answer_card(answer, skip=skip, key=key_of(asked), votes=votes, repeats_question=repeats_question)


def note(services: Services, by: By, asked: Asked, answer: Answer) -> None:
    """Have a question and what was shown for it written down, as far as anything is kept."""
    services.journal.note(by, key_of(asked), answer, quotes_on(answer), services.desk.vector_of(asked))


async def scope_of(services: Services, source: str | None, audience: Audience) -> frozenset[str] | None:
    """Return the one source that goes by the name `source`; raises `SourceError` where none or several do."""
    if source is None:
        return None
    found = await services.desk.look_up(lambda visible: source_named(visible, source), audience)
    return frozenset({found.source})
