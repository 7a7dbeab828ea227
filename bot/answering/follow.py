"""Follows the index: switches to the generation that is put in use, whoever built it."""

from __future__ import annotations

import asyncio
import logging

from bot.answering.desk import Desk
from index.errors import QuothError
from index.store.shelf import Shelf

EVERY = 5.0
"""Seconds between checks, each of which reads one small file or is one request."""

_log = logging.getLogger(__name__)


async def follow(desk: Desk, shelf: Shelf, every: float = EVERY) -> None:
    """Have `desk` switch whenever another generation is in use on `shelf`, for ever.

    A failure is logged once and tried again.
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
