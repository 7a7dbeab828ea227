from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.standin import Person, StandIn, playground, redirected
from tests.paths import OPENAPI

from .client import Bot, logged_in
from .raw import Raw


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    """A stand-in that holds all that is said against Discord's description, where that lies beside the project."""
    async with playground(openapi=OPENAPI) as running:
        with redirected(running.addresses):
            yield running
        assert running.api.violations == []


@pytest.fixture
async def bot(stand_in: StandIn) -> AsyncIterator[Bot]:
    """A bot without the message content intent."""
    async with logged_in(stand_in) as ready:
        yield ready
        assert ready.errors == []


@pytest.fixture
def ada(stand_in: StandIn) -> Person:
    return stand_in.person("ada")


@pytest.fixture
async def raw() -> AsyncIterator[Raw]:
    """The API without discord.py before it, to say what discord.py would not; nothing holds it to the description."""
    async with playground() as running, Raw(running) as client:
        yield client
