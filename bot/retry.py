"""Requests to Discord: what they fail with, and retrying those whose response was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import aiohttp
import discord

LOST = (aiohttp.ClientError, ConnectionError, TimeoutError)
"""The connection broke, so it is unknown whether the request was carried out. discord.py passes these on."""

UNANSWERED = (discord.DiscordServerError, *LOST)
"""Discord's servers failed (after discord.py's own retries), or the connection broke."""

FAILED = (discord.HTTPException, *LOST)
"""Everything that a request can fail with."""

_AT_ONCE = (0.1, 0.5, 1.0)

_FOR_GOOD = {400, 403, 404}

T = TypeVar("T")


async def retry(
    request: Callable[[], Awaitable[T]],
    pauses: Sequence[float] = _AT_ONCE,
    on: tuple[type[Exception], ...] = LOST,
) -> T:
    """Make a request that may safely run twice; retry it after each of `pauses` (s) if it fails with `on`.

    Where the response to a try was lost, what the last one fails with is raised from that.
    """
    lost: Exception | None = None
    for pause in pauses:
        try:
            return await request()
        except on as error:
            lost = error if isinstance(error, LOST) else lost
            await asyncio.sleep(pause)
    try:
        return await request()
    except discord.HTTPException as error:
        if lost is not None:
            raise error from lost
        raise


def is_refused(error: Exception) -> bool:
    """Tell of what `retry` has raised whether Discord has refused each try: no response was lost."""
    return isinstance(error, discord.HTTPException) and not isinstance(error.__cause__, LOST)


def is_for_good(error: Exception) -> bool:
    """Tell whether Discord would refuse the same again: it is no proper request, not allowed, or of what is gone."""
    return isinstance(error, discord.HTTPException) and error.status in _FOR_GOOD


def reason_of(error: Exception) -> str:
    """Return why a request failed as text; some connection errors have no message."""
    return str(error) or type(error).__name__
