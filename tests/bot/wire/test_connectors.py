"""The running bot refreshes connectors by their schedule, and takes what has changed into the index."""

from __future__ import annotations

from collections.abc import Iterator

import aiohttp
import pytest

from bot import compose
from bot.client import QuothClient
from bot.health.server import watched
from bot.rebuilding import refreshes
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_adding import ask
from tests.index.library.connectors.site import Answer, Site

SOON = 150.0
"""Seconds that a build may take on a busy machine."""


@pytest.fixture(autouse=True)
def forks() -> None:
    """Fork nothing: here processes start as they do for people."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        served.page("/", "The pool is closed on Mondays for cleaning, all year long.")
        yield served


@pytest.fixture
def connected(chosen: Settings, site: Site) -> Settings:
    settings = also(chosen, web_hosts="127.0.0.1", health_port=0)
    compose.connectors(settings).add("pool", {"kind": "web", "location": f"{site.url}/", "every": "1h"})
    return settings


async def test_it_is_refreshed_indexed_quoted_with_its_address_and_gone_once_it_is_removed(
    discord: StandIn, connected: Settings, encoder: Encoder, site: Site
) -> None:
    ada, mod = discord.person("ada"), manager(discord)
    documents = len(compose.library(connected).listing().files)
    async with running(discord, connected, encoder) as bot:
        await until(lambda: bot.services.desk.generation.name.startswith("000002-"), SOON)
        answer = await ask(discord, ada)
        assert "closed on Mondays" in answer.text
        assert f"127.0.0.1:{site.port}/" in str(answer.body.components)
        status = (await mod.slash(discord.channel, "index status").answer()).text
        assert "Connectors (1)" in status
        assert "pool: " in status
        assert "1 document · 1 added" in status
        await check_metrics(bot)
        file = connected.documents.parent / "connectors.toml"
        file.rename(file.with_name("elsewhere"))
        status = (await mod.slash(discord.channel, "index status").answer()).text
        assert "it is set up no more, and its documents stay" in status
        assert len(list(compose.library(connected).listing().files)) == documents + 1
        file.with_name("elsewhere").rename(file)
        compose.connectors(connected).remove("pool")
        await until(lambda: bot.services.desk.generation.name.startswith("000003-"), SOON)
        assert "closed on Mondays" not in (await ask(discord, ada)).text
        assert site.asked.count("/") == 1, "it was not due again"


def manager(discord: StandIn) -> Person:
    return discord.person("mod", discord.role("moderators", Permission.MANAGE_GUILD))


async def check_metrics(bot: QuothClient) -> None:
    async with watched(bot.services) as address, aiohttp.ClientSession() as session:
        text = await (await session.get(f"{address}/metrics")).text()
    assert 'quoth_connector_documents{connector="pool"} 1.0' in text
    assert 'quoth_connector_up{connector="pool"} 1.0' in text


def test_a_run_gets_no_key(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {
        "discord_token": "the-token",
        "encoder_key": "the-key",
        "writer_key": "the-writer's-key",
        "index": "milvus://me:the-word@127.0.0.1:1/quoth",
    }
    for name, value in keys.items():
        monkeypatch.setenv(f"QUOTH_{name.upper()}", value)
    environment = refreshes._environment(also(chosen, **keys))
    assert not [
        name
        for name, value in environment.items()
        if any(secret in value for secret in ("the-token", "the-key", "the-writer's-key", "the-word"))
    ]


async def test_a_run_that_fails_and_a_file_that_is_wrong_are_told_and_change_nothing(
    discord: StandIn, connected: Settings, encoder: Encoder, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    ada, mod = discord.person("ada"), manager(discord)
    site.routes["/robots.txt"] = Answer(b"", 500)
    async with running(discord, connected, encoder) as bot:
        state = await bot.services.refreshes.refresh("pool")
        assert "its robots.txt answers with status 500" in (state.error or "")
        assert "its robots.txt answers" in (await mod.slash(discord.channel, "index status").answer()).text
        (connected.documents.parent / "connectors.toml").write_text("[pool]\nkind = 'web'\n")
        status = (await mod.slash(discord.channel, "index status").answer()).text
        assert "Their list cannot be read: whoever runs the bot finds the reason in its log." in status
        reasons = [getattr(record, "reason", "") for record in caplog.records]
        assert any("connectors.toml, line 1, [pool]: it lacks" in reason for reason in reasons)
        assert "ten in the evening" in (await ask(discord, ada, "When do quiet hours begin?")).text
