"""What is done once another index is in use: people are told, and answers are corrected."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot.cards.changed import ChangedCard
from bot.handlers.correcting import EMPTIED, correct_cards
from bot.handlers.telling import tell_unfinished, tell_waiting
from bot.insight import marks
from bot.insight.cards import Card
from bot.services import Services
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_EVERY = 1.0
"""Seconds between looks at which index is in use, which cost nothing."""

_MARK = "generation"

_log = logging.getLogger(__name__)


async def follow_builds(client: QuothClient) -> None:
    """Do what is to be done after each build, for ever: after those, too, that came while the bot was not running."""
    services = client.services
    if not services.journal.keeps:
        return
    await client.wait_until_ready()
    done = None
    while True:
        current = _current(services)
        if current is not None and current != done and services.journal.path.exists():  # something was asked by now
            try:
                if done is None:
                    await tell_unfinished(client)
                await _follow(client, current)
            except QuothError as error:
                _log.warning("what follows a build could not be done", extra={"reason": str(error)})
            done = current
        await asyncio.sleep(_EVERY)


def _current(services: Services) -> str | None:
    """Return which index is in use, `EMPTIED` once all documents were removed, None where there is none yet."""
    held = services.desk.held
    if held is not None:
        return held.name
    return EMPTIED if services.desk.standby.is_emptied else None


async def correct(client: QuothClient, *, edits: bool) -> int:
    """Correct answers whose text has changed or, without `edits`, list them for managers; return how many there are."""
    changed = await correct_cards(client, edits=edits)
    client.services.insights.to_correct = [] if edits else changed
    return _logged(changed, edits=edits)


async def correct_in(client: QuothClient, server: int | None) -> int:
    """Correct the listed answers that concern the managers of a server; return how many."""
    insights, concerns = client.services.insights, partial(concerns_managers, client.services, server)
    changed = await correct_cards(client, edits=True, concerns=concerns)
    insights.to_correct = [other for other in insights.to_correct if not concerns(other.card)]
    return _logged(changed, edits=True)


def concerns_managers(services: Services, server: int | None, card: Card) -> bool:
    """Tell whether a card is one that the managers of a home server look after.

    It is one of that server's, or one that no server's managers see: in private, or in a server that is no home.
    """
    return card.server == server or card.server not in services.homes


def _logged(changed: Sequence[ChangedCard], *, edits: bool) -> int:
    if changed:
        _log.info("answers are corrected" if edits else "answers are to be corrected", extra={"answers": len(changed)})
    return len(changed)


async def _follow(client: QuothClient, current: str) -> None:
    journal = client.services.journal
    before = await journal.run(partial(marks.read, name=_MARK))
    edits = client.services.settings.correct == "always"
    if before == current:
        if not edits:  # the list of what is to be corrected is lost when the bot stops
            await correct(client, edits=False)
        return
    sent = await tell_waiting(client) if current != EMPTIED else 0
    if sent:
        _log.info("people were told of answers", extra={"messages": sent})
    await correct(client, edits=edits)
    await journal.run(partial(marks.write, name=_MARK, value=current))
