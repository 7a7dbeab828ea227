"""What is done once another index is in use: people are told, and answers are corrected."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.cards.changed import ChangedCard
from bot.handlers.correcting import EMPTIED, correct_cards, is_correcting
from bot.handlers.telling import is_telling, tell_unfinished, tell_waiting
from bot.insight import marks
from bot.insight.cards import Card
from bot.insight.waiting import Place
from bot.services import Services
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_EVERY = 1.0
"""Seconds between looks at which index is in use, which cost nothing."""

_AGAIN, _AGAIN_AT_MOST = 600.0, 86_400.0
"""Seconds until what failed is tried again: twice as long after each try, and a day at most."""

_MARK = "generation"
"""The mark of the index of which everybody has been told who waited for it."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Following:
    """What is left to be done after a build: `untold` is whom to tell of what the `index` answers, None for all."""

    index: str = ""
    untold: set[Place] | None = None


async def follow_builds(client: QuothClient) -> None:
    """Do what is to be done after each build, for ever: after those, too, that came while the bot was not running.

    What fails for now is tried again, after longer and longer.
    """
    services = client.services
    if not services.journal.keeps:
        return
    await client.wait_until_ready()
    following, pause, again = _Following(), _AGAIN, math.inf
    while True:
        current, now = _current(services), time.monotonic()
        is_new = current != following.index
        if current is not None and (is_new or now >= again) and services.journal.path.exists():  # something was asked
            pause = _AGAIN if is_new else min(2 * pause, _AGAIN_AT_MOST)
            following = _Following(current) if is_new else following
            again = math.inf if await _is_followed(client, following) else time.monotonic() + pause
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
    failed = await correct_cards(client, edits=False, concerns=concerns)
    insights.to_correct = [*(other for other in insights.to_correct if not concerns(other.card)), *failed]
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


async def _is_followed(client: QuothClient, following: _Following) -> bool:
    """Do what is to be done once an index is in use; return whether nothing of it is left."""
    try:
        return await _follow(client, following)
    except QuothError as error:
        _log.warning("what follows a build could not be done", extra={"reason": str(error)})
        return False


async def _follow(client: QuothClient, following: _Following) -> bool:
    journal, current = client.services.journal, following.index
    released = await tell_unfinished(client)
    if following.untold is not None:
        following.untold |= released
    edits = client.services.settings.correct == "always"
    is_told = await journal.run(partial(marks.read, name=_MARK)) == current
    if not is_told:
        is_told = await _tell(client, following)
    await correct(client, edits=edits)  # also after a restart, with which the list of what is to be corrected is lost
    if not is_told:
        return False
    await journal.run(partial(marks.write, name=_MARK, value=current))
    return not (edits and await is_correcting(client))


async def _tell(client: QuothClient, following: _Following) -> bool:
    """Tell people what the index in use answers; return whether nobody is left to be told."""
    if following.index != EMPTIED:
        sent, following.untold = await tell_waiting(client, following.untold)
        if sent:
            _log.info("people were told of answers", extra={"messages": sent})
    return not following.untold and not await is_telling(client)
