"""Follows the index: switches to the generation that is put in use, whoever built it."""

from __future__ import annotations

import asyncio
import logging

from bot.answering.desk import Desk
from bot.logs import log_failure
from index.errors import NoIndexError, QuothError
from index.store.shelf import Shelf

EVERY = 5.0
"""Seconds between checks, each of which reads one small file or is one request."""

_log = logging.getLogger(__name__)


async def follow(desk: Desk, shelf: Shelf, every: float = EVERY) -> None:
    """Have `desk` switch whenever another generation is in use on `shelf`, for ever.

    A failure is logged once and tried again.
    """
    known, complaint = await _in_use(desk, shelf), ""
    while True:
        await asyncio.sleep(every)
        try:
            current = await asyncio.to_thread(_current, shelf)
            if current != known:
                await desk.refresh()
            known, complaint = current, ""
        except Exception as error:  # noqa: BLE001 -- whatever a store or an index raises, the next one may be sound
            if str(error) != complaint:
                log_failure(_log, "the index in use cannot be opened", error)
            complaint = str(error)


async def _in_use(desk: Desk, shelf: Shelf) -> str:
    """Return the generation that is answered from or, where none can be, the one that is not tried again."""
    if desk.is_open:
        return desk.generation.name
    try:
        return await asyncio.to_thread(_current, shelf)
    except QuothError:
        return ""


def _current(shelf: Shelf) -> str:
    """Return the name of the generation in use; none where there is no index yet."""
    try:
        return shelf.current()
    except NoIndexError:
        return ""
