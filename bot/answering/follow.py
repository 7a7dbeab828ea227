"""Follows the index: turns to what is put in use, whoever built it."""

from __future__ import annotations

import asyncio
import logging

from bot.answering.desk import Desk
from index.errors import QuothError
from index.store.shelf import Shelf

EVERY = 5.0
"""Seconds between looks at what is in use: one small file, or one request."""

_log = logging.getLogger(__name__)


async def follow(desk: Desk, shelf: Shelf, every: float = EVERY) -> None:
    """Have `desk` turn to what is in use on `shelf` whenever that has changed, for ever.

    What cannot be looked at, or turned to, is tried again, and logged once.
    """
    known, complaint = desk.generation.name, ""
    while True:
        await asyncio.sleep(every)
        try:
            current = await asyncio.to_thread(shelf.current)
            if current != known:
                await desk.refresh()
            known, complaint = current, ""
        except QuothError as error:
            if str(error) != complaint:
                _log.error("the index in use cannot be turned to", extra={"reason": str(error)})
            complaint = str(error)
