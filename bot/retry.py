"""Requests to Discord: what they fail with, and making one again whose answer got lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import aiohttp
import discord

LOST = (aiohttp.ClientError, ConnectionError, TimeoutError)
"""The connection broke: nobody knows whether the request was carried out. discord.py passes that on."""

UNANSWERED = (discord.DiscordServerError, *LOST)
"""Discord's servers failed (discord.py has tried again by then), or the connection broke."""

FAILED = (discord.HTTPException, *LOST)
"""All that a request can fail with."""

_AT_ONCE = (0.1, 0.5, 1.0)

T = TypeVar("T")


async def retry(
    request: Callable[[], Awaitable[T]],
    pauses: Sequence[float] = _AT_ONCE,
    on: tuple[type[Exception], ...] = LOST,
) -> T:
    """Make a request that may be carried out twice, and again after each of `pauses` (s) where it fails with `on`."""
    for pause in pauses:
        try:
            return await request()
        except on:
            await asyncio.sleep(pause)
    return await request()


def reason_of(error: Exception) -> str:
    """Return in words why a request failed: some errors of a connection have none."""
    return str(error) or type(error).__name__
