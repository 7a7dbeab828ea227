"""Corrects answers whose text has changed in the documents: slowly, and each one once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.cards.changed import Change, ChangedCard, ChangedWords, OldText, Outcome, everything_gone, outcome_of
from bot.cards.corrected_card import NotOurCardError, corrected, language_on, texts_on, words_on
from bot.cards.layout import MOST_TEXT, length, text_of, texts_of
from bot.cards.reference import decode, short_hash
from bot.handlers.languages import server_language
from bot.insight import cards
from bot.insight.cards import Card, ShownQuote
from bot.localisation.catalogue import speaking
from bot.retry import FAILED, reason_of
from index.errors import IndexUseError, QuothError
from index.store.base import Generation
from index.store.shelf import Shelf

if TYPE_CHECKING:
    from bot.client import QuothClient

_PACE = 1.5
"""Seconds between two edits: Discord takes five in five seconds in a channel, and answers come first."""

EMPTIED = "-"
"""Stands for a generation where all documents were removed: none is called so."""

_DAY = 86_400.0
_GONE = (discord.NotFound, discord.Forbidden)

_log = logging.getLogger(__name__)


async def correct_cards(
    client: QuothClient, *, edits: bool, concerns: Callable[[Card], bool] = lambda _: True
) -> list[ChangedCard]:
    """Compare the cards that are remembered with the index in use, and edit those whose quotes have changed.

    Return those that have changed, of those that the call `concerns`; without `edits` they stay as they are. Cards that
    nobody may edit any more are forgotten.
    """
    async with client.services.insights.correcting:
        return await _corrected(client, edits=edits, concerns=concerns)


async def is_correcting(client: QuothClient) -> bool:
    """Tell whether cards are left that were not compared with the index in use, or could not be edited for now."""
    services = client.services
    after = partial(cards.of_other_generations, generation=_in_use(client)[0], after=0, since=_since(client))
    return bool(await services.journal.run(after))


def _since(client: QuothClient) -> float:
    """Return the time (s since 1970) since which cards are corrected."""
    return time.time() - _DAY * client.services.settings.correct_days


async def _corrected(client: QuothClient, *, edits: bool, concerns: Callable[[Card], bool]) -> list[ChangedCard]:
    services = client.services
    run, (current, _) = services.journal.run, _in_use(client)
    since = _since(client)
    changed: list[ChangedCard] = []
    after = 0
    with _OldTexts(services.shelf) as old:
        while some := await run(partial(cards.of_other_generations, generation=current, after=after, since=since)):
            compared = [(card, await _outcomes(client, card, old)) for card in some if concerns(card)]
            await run(partial(_note_unchanged, current=current, compared=compared))
            for card, outcomes in compared:
                changes = _changes(outcomes)
                if changes and (not edits or await _correct(client, card, outcomes)):
                    changed.append(ChangedCard(card, tuple(_words(card.quotes[at], changes[at]) for at in changes)))
            after = some[-1].message
    return changed


def _in_use(client: QuothClient) -> tuple[str, str]:
    """Return the name of the index in use and since when it is (ISO); `EMPTIED` where all documents were removed.

    Raises what is said while there is none for another reason.
    """
    desk = client.services.desk
    held = desk.held
    if held is None and desk.standby.is_emptied:
        return EMPTIED, datetime.now(UTC).isoformat()
    generation = held or desk.generation
    return generation.name, generation.manifest.created


async def _outcomes(client: QuothClient, card: Card, old: _OldTexts) -> list[Outcome]:
    """Compare the quotes of a card with the index in use, as those see it who see the card.

    Old words that no generation has any more are read from the card itself.
    """
    await asyncio.to_thread(old.open, card.generation)
    outcomes = await _compared(client, card, old, old.of(card.generation))
    if not any(isinstance(outcome, Change) and not outcome.old for outcome in outcomes):
        return outcomes
    quotes = await _shown_on(client, card)
    return await _compared(client, card, old, quotes.get) if quotes else outcomes


async def _compared(client: QuothClient, card: Card, old: _OldTexts, text: OldText) -> list[Outcome]:
    if _in_use(client)[0] == EMPTIED:
        return [everything_gone(quote, text) for quote in card.quotes]
    audience = Audience(card.server, frozenset(number for number in (card.channel, card.parent) if number is not None))
    before = old.checksums(card.generation)

    def look(visible: VisibleDocuments) -> list[Outcome]:
        return [outcome_of(quote, visible, text, before) for quote in card.quotes]

    return await client.services.desk.look_up(look, audience)


async def _shown_on(client: QuothClient, card: Card) -> dict[ShownQuote, str]:
    """Return the words that a card shows of each quote; none where it cannot be read."""
    try:
        message = await client.get_partial_messageable(card.channel).fetch_message(card.message)
    except FAILED:
        return {}
    await asyncio.sleep(_PACE)
    return dict(zip(card.quotes, words_on(message, len(card.quotes)), strict=False))


def _changes(outcomes: Sequence[Outcome]) -> dict[int, Change]:
    return {at: outcome for at, outcome in enumerate(outcomes) if isinstance(outcome, Change)}


def _words(quote: ShownQuote, change: Change) -> ChangedWords:
    return ChangedWords(quote.source, change.old or "", change.new.words if change.new is not None else "")


def _shown_quotes(outcomes: Sequence[Outcome]) -> tuple[ShownQuote, ...]:
    return tuple(outcome.shown if isinstance(outcome, Change) else outcome for outcome in outcomes)


def _note_unchanged(database: sqlite3.Connection, current: str, compared: Sequence[tuple[Card, list[Outcome]]]) -> None:
    """Note which cards are as the index in use has it, in one transaction."""
    database.execute("BEGIN")
    for card, outcomes in compared:
        if not _changes(outcomes):
            cards.compared(database, card, current, _shown_quotes(outcomes))
    database.execute("COMMIT")


async def _correct(client: QuothClient, card: Card, outcomes: Sequence[Outcome]) -> bool:
    """Edit a card whose quotes have changed; return whether that was done. What cannot be edited is forgotten."""
    run, (current, since) = client.services.journal.run, _in_use(client)
    if not await run(partial(cards.is_known, card=card)):
        return False
    try:
        is_done = await _edit(client, card, _changes(outcomes), since)
    except _GONE:
        is_done = False
    except FAILED as error:  # it is tried again later
        _log.warning("an answer could not be corrected", extra={"reason": reason_of(error)})
        return False
    if is_done:
        quotes = _shown_quotes(outcomes)
        await run(partial(cards.compared, card=card, generation=current, quotes=quotes))
    else:
        await run(partial(cards.forget, card=card))
    await asyncio.sleep(_PACE)
    return is_done


async def _edit(client: QuothClient, card: Card, changes: Mapping[int, Change], created: str) -> bool:
    """Show the changes on a card; return False where the message does not show these quotes any more."""
    message = await client.get_partial_messageable(card.channel).fetch_message(card.message)
    if message.author.id != client.own_id:
        return False
    try:
        with speaking(language_on(message) or server_language(client, card.server)):
            view = corrected(message, card.quotes, changes, _day(created))
    except NotOurCardError as error:
        _log.info("an answer is left as it is", extra={"message_id": str(error)})
        return False
    if length(text_of(view)) > MOST_TEXT:
        return False
    if texts_of(view) == texts_on(message):  # it arrived the last time, although that was never heard
        return True
    await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())
    return True


def _day(created: str) -> str:
    """Return a day in each reader's own way."""
    return discord.utils.format_dt(datetime.fromisoformat(created), "D")


class _OldTexts:
    """The texts of quotes as earlier generations have them, as far as these are kept."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._opened: dict[str, Generation | None] = {}

    def __enter__(self) -> _OldTexts:
        return self

    def __exit__(self, *_: object) -> None:
        for generation in self._opened.values():
            if generation is not None:
                generation.close()

    def open(self, name: str) -> None:
        """Open a generation, if it is still there."""
        if name not in self._opened:
            self._opened[name] = None
            with contextlib.suppress(IndexUseError):
                self._opened[name] = self._shelf.open(name)

    def checksums(self, name: str) -> dict[str, str]:
        """Return the checksums of a generation's files, by source."""
        generation = self._opened.get(name)
        return dict(generation.manifest.documents) if generation is not None else {}

    def of(self, name: str) -> OldText:
        """Return a function that gives the words of a quote in a generation."""
        generation = self._opened.get(name)

        def text(quote: ShownQuote) -> str | None:
            reference = decode(quote.reference)
            if generation is None or reference is None:
                return None
            try:
                words = generation.catalogue.document(quote.source).text[quote.start : quote.end]
            except (KeyError, QuothError):
                return None
            return words if short_hash(words) == reference.digest else None

        return text
