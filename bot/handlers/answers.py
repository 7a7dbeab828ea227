"""Answers on their way to Discord: asking the desk, laying out the card, and getting it to whoever asked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import discord

from bot.access.rules import Audience
from bot.answering.recent_questions import key_of
from bot.cards.answer_card import answer_card, quotes_on, reference_to
from bot.cards.layout import Item
from bot.cards.reference import encode
from bot.handlers.choices import source_named
from bot.handlers.questions import Question
from bot.insight import cards
from bot.insight.cards import Card, ShownQuote
from bot.insight.waiting import Spot
from bot.privacy import exchanges
from bot.privacy.journal import By
from bot.services import Services
from bot.telemetry.labels import Step, Way
from index.answer.asked import Asked
from index.records import Answer, Quote

_log = logging.getLogger(__name__)


async def answered(
    services: Services, asked: Asked, audience: Audience, way: Way, *, typed: str | None = None
) -> Answer:
    """Answer a question that came in some `way` for those who will read it, and remember it for its buttons.

    `typed` is what was written of it, where pictures that came with it are searched for, too.
    """
    services.metrics.asked(way)
    set_here = services.preferences.of(audience.server)
    wanted = replace(asked, quotes=asked.quotes or set_here.quotes, threshold=set_here.threshold)
    try:
        answer = await services.desk.answer(wanted, audience)
    except Exception:
        services.metrics.failed()
        raise
    services.metrics.answered(answer)
    if way is not Way.UNASKED:
        services.recent_questions.add(asked)
    logged = services.settings.log_questions and way is not Way.UNASKED
    words = {"question": asked.text if typed is None else typed} if logged else {}
    _log.info(
        "question",
        extra={
            "answered": answer.answered,
            "confidence": round(answer.confidence, 3),
            "milliseconds": round(answer.milliseconds, 1),
            **words,
        },
    )
    return answer


def card_of(  # noqa: PLR0913 -- as the card
    services: Services,
    asked: Asked,
    answer: Answer,
    skip: int = 0,
    *,
    repeats_question: bool = True,
    below: Sequence[Item] = (),
) -> discord.ui.LayoutView:
    """Return the card of an answer: all that it shows stands in the answer, which holds only what is seen."""
    votes = services.settings.journal_days > 0
    with services.metrics.timed(Step.CARD):
        return answer_card(
            answer, skip=skip, key=key_of(asked), votes=votes, repeats_question=repeats_question, below=below
        )


def note(services: Services, by: By, asked: Asked, answer: Answer) -> None:
    """Have a question and what was shown for it written down, as far as anything is kept."""
    if services.journal.is_forgotten(by):
        return
    services.journal.note(by, key_of(asked), answer, quotes_on(answer), services.desk.vector_of(asked))


def note_unasked(services: Services, by: By, asked: Asked, question: Question, answer: Answer) -> bool:
    """Have it counted that nothing was found for what nobody put to the bot; with its words if the settings say so.

    What may as well be said in passing is not counted: tell whether it is.
    """
    encoded = services.desk.vector_of(asked)
    if answer.answered or question.is_unclear or services.journal.is_forgotten(by):
        return False
    if services.settings.insight_unasked == "words":
        services.journal.note_unasked(by, key_of(asked), question.text, encoded)
    else:
        services.journal.count_unasked(by.server)
    return True


def note_exchange(services: Services, by: By, question: int, answer: discord.PartialMessage) -> None:
    """Note which message answers a question, so that they go together after a restart, too."""
    journal = services.journal
    if journal.is_forgotten(by):
        return
    journal.soon(
        lambda database: exchanges.add(database, question, answer.channel.id, answer.id, journal.pseudonym(by.person))
    )


def note_shown(
    services: Services,
    by: By,
    answer: Answer,
    sent: discord.Message | discord.PartialMessage,
    channel: object = None,
) -> None:
    """Note which quotes a message shows, so that they can be corrected; not of one that a person alone sees.

    `channel` is where the question was asked, if that is not the channel of a whole message.
    """
    is_private = isinstance(sent, discord.Message) and sent.flags.ephemeral
    if is_private or services.journal.is_forgotten(by):
        return
    above = channel if channel is not None else sent.channel
    parent = getattr(above, "parent_id", None) or (by.channel if by.channel != sent.channel.id else None)
    pseudonym = services.journal.pseudonym
    spot = Spot(sent.channel.id, sent.id, by.server, parent)
    note_card(services, spot, answer, lambda: (pseudonym(by.person), pseudonym(by.author)))


def note_written(services: Services, answer: Answer, sent: discord.Message | discord.PartialMessage) -> None:
    """Note that a message shows more quotes now; where it has been forgotten since, it stays so."""
    note_card(services, Spot(sent.channel.id, sent.id), answer, None)


def note_card(services: Services, spot: Spot, answer: Answer, people: Callable[[], tuple[bytes, bytes]] | None) -> None:
    """Note which quotes the message at `spot` shows; `people` returns keyed hashes of who asked and who wrote it.

    Without `people`, those who were noted with the message stay, and one that is not known is not noted.
    """
    quotes = quotes_on(answer)
    if quotes and answer.answered and services.settings.correct_days:
        shown_quotes = tuple(map(shown_quote, quotes))
        card = Card(spot.message, spot.channel, spot.server, spot.parent, answer.generation, shown_quotes)
        if people is None:
            services.journal.soon(partial(cards.compared, card=card, generation=card.generation, quotes=shown_quotes))
        else:
            services.journal.soon(lambda database: cards.add(database, card, *people()))


def shown_quote(quote: Quote) -> ShownQuote:
    """Return what is kept of a quote on a card: where it stands, and what it can be known again by; not its text."""
    return ShownQuote(quote.source, quote.start, quote.end, encode(reference_to(quote)))


async def scope_of(services: Services, source: str | None, audience: Audience) -> frozenset[str] | None:
    """Return the one source that goes by the name `source`; raises `SourceError` where none or several do."""
    if source is None:
        return None
    document = await services.desk.look_up(lambda visible: source_named(visible, source), audience)
    return frozenset({document.source})
