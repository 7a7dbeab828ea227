from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import pytest

from bot.playground import Person, StandIn, playground, redirected

from .client import Bot

OPENAPI = Path(__file__).resolve().parents[4] / "shared" / "discord" / "openapi.json"
Login = Callable[..., Awaitable[Bot]]


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    """A stand-in that holds all that is said against Discord's description, where that lies beside the project."""
    async with playground(openapi=OPENAPI if OPENAPI.exists() else None) as running:
        with redirected(running.addresses):
            yield running
        assert running.api.violations == []


@asynccontextmanager
async def logged_in(stand_in: StandIn, intents: discord.Intents | None = None) -> AsyncIterator[Bot]:
    """A bot that is ready."""
    bot = Bot(intents or discord.Intents.default())
    async with bot:
        running = asyncio.create_task(bot.start(stand_in.token))
        await asyncio.wait_for(_ready(bot, running), 10)
        yield bot
    await running


async def _ready(bot: Bot, running: asyncio.Task[None]) -> None:
    while not bot.is_ready():
        if running.done():
            await running
        await asyncio.sleep(0.01)


@pytest.fixture
async def bot(stand_in: StandIn) -> AsyncIterator[Bot]:
    """A bot without the message content intent."""
    async with logged_in(stand_in) as ready:
        yield ready


@pytest.fixture
def ada(stand_in: StandIn) -> Person:
    return stand_in.person("ada")
