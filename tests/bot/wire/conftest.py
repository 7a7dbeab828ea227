"""The bot itself, talking to the stand-in Discord over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import compose, settings
from bot.client import QuothClient
from bot.playground import Person, StandIn, playground, redirected
from bot.services import open_services
from bot.settings import Settings
from index.encoder import Encoder

_OPENAPI = Path(__file__).resolve().parents[4] / "shared" / "discord" / "openapi.json"


@pytest.fixture
def chosen(documents: Path, tmp_path: Path, encoder: Encoder) -> Settings:
    """Settings with an index over `documents`, and no cooldown."""
    loaded = settings.load(documents=documents, data=tmp_path / "data", cooldown_seconds=0)
    compose.builder(loaded, encoder).build(loaded.documents, lambda *_: None)
    return loaded


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with playground(openapi=_OPENAPI if _OPENAPI.exists() else None) as running:
        with redirected(running.addresses):
            yield running
        assert running.api.violations == []


@asynccontextmanager
async def running(
    stand_in: StandIn, chosen: Settings, encoder: Encoder, *, content: bool = True
) -> AsyncIterator[QuothClient]:
    """Have the bot log in, and stop it at the end."""
    services = open_services(chosen, encoder)
    client = QuothClient(services, content=content)
    started = asyncio.create_task(client.start(stand_in.token))
    ready = asyncio.create_task(client.wait_until_ready())
    try:
        await asyncio.wait({started, ready}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        if started.done():
            await started
        assert ready.done(), "the bot did not become ready"
        yield client
    finally:
        ready.cancel()
        await client.stop()
        services.votes.close()
        await asyncio.gather(started, return_exceptions=True)


@pytest.fixture
async def bot(discord: StandIn, chosen: Settings, encoder: Encoder) -> AsyncIterator[QuothClient]:
    async with running(discord, chosen, encoder) as client:
        yield client


@pytest.fixture
def ada(discord: StandIn) -> Person:
    return discord.person("ada")
