"""The sign that an answer is being written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import discord

from bot.retry import FAILED

_SOON = 0.5
"""Seconds within which an answer comes without the sign."""


@asynccontextmanager
async def typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that an answer is being written, where it takes long; none waits for that, or fails with it."""
    sign = asyncio.create_task(_sign(channel))
    try:
        yield
    finally:
        sign.cancel()


async def _sign(channel: discord.abc.Messageable) -> None:
    await asyncio.sleep(_SOON)
    with suppress(*FAILED):
        async with channel.typing():
            await asyncio.Event().wait()
