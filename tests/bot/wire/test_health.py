"""Health and metrics, over HTTP, of the bot that talks to the stand-in Discord."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.access.rules import Audience
from bot.client import QuothClient
from bot.health.checks import Patience
from bot.health.server import ListenError, watched
from bot.serve import HANDLERS
from bot.services import open_services
from bot.settings import Settings
from bot.standin import Person, StandIn
from bot.telemetry import labels
from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.records import Abstention
from tests.bot.channels.test_states import kept
from tests.bot.wire.conftest import also, running, until

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"
HEARTBEAT = 0.4
BUSY = 0.3


class Endless:
    """A scope that is not read to its end until `over` is set: whoever reads it is stuck."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def __iter__(self) -> Iterator[str]:
        self.over.wait()
        return iter(())


@dataclass(frozen=True)
class Watched:
    """A bot, and what it serves."""

    client: QuothClient
    address: str

    async def health(self) -> tuple[int, dict[str, Any]]:
        async with aiohttp.ClientSession() as http, http.get(f"{self.address}/healthz") as response:
            return response.status, await response.json()

    async def becomes(self, status: int, complaint: str = "") -> None:
        async with asyncio.timeout(60):
            while True:
                code, report = await self.health()
                if code == status and complaint in " ".join(report["complaints"]):
                    assert report["healthy"] is (status == 200)
                    return

    async def samples(self) -> dict[tuple[str, str], float]:
        """Return the value of every sample, by name and by what its label says (none, or one)."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.address}/metrics") as response:
            assert response.status == 200
            families = text_string_to_metric_families(await response.text())
            return {
                (sample.name, " ".join(value for name, value in sample.labels.items() if name != "le")): sample.value
                for family in families
                for sample in family.samples
            }


@pytest.fixture
async def bot(discord: StandIn, chosen: Settings, encoder: Encoder) -> AsyncIterator[Watched]:
    discord.gateway.heartbeat_seconds = HEARTBEAT
    async with watched_bot(discord, chosen, encoder) as served:
        yield served


@asynccontextmanager
async def watched_bot(discord: StandIn, chosen: Settings, encoder: Encoder) -> AsyncIterator[Watched]:
    settings = also(chosen, health_port=0)
    async with (
        running(discord, settings, encoder) as client,
        watched(client.services, Patience(stuck=BUSY)) as address,
    ):
        assert address is not None
        assert address.startswith("http://127.0.0.1:")
        yield Watched(client, address)


async def test_it_is_unhealthy_while_the_gateway_is_silent_though_the_socket_stays_open(
    discord: StandIn, bot: Watched
) -> None:
    await bot.becomes(200)
    discord.gateway.acknowledges = False
    await bot.becomes(503, "The gateway (shard 0) has been silent")
    assert not bot.client.shards[0].is_closed()
    discord.gateway.acknowledges = True
    await bot.becomes(200)


async def test_it_is_unhealthy_while_it_cannot_connect_again(discord: StandIn, bot: Watched) -> None:
    await bot.becomes(200)
    discord.gateway.admits.clear()
    await discord.gateway.drop()
    await bot.becomes(503, "silent")
    assert (await bot.samples())["quoth_gateway_up", "0"] == 0
    discord.gateway.admits.set()
    await bot.becomes(200)
    assert (await bot.samples())["quoth_gateway_up", "0"] == 1


async def test_it_is_unhealthy_before_discord_lets_it_in(chosen: Settings, encoder: Encoder) -> None:
    services = open_services(also(chosen, health_port=0), encoder)
    client = QuothClient(services, HANDLERS, content=True)
    async with watched(services) as address:
        assert address is not None
        await Watched(client, address).becomes(503, "not let the bot in yet")
    services.votes.close()
    await services.desk.close()


async def test_it_is_unhealthy_while_the_model_is_stuck(bot: Watched) -> None:
    endless = Endless()
    desk = bot.client.services.desk
    stuck = asyncio.create_task(desk.answer(Asked(QUESTION, scope=endless), Audience()))  # type: ignore[arg-type]
    await until(desk.busy_seconds)
    behind = asyncio.create_task(desk.answer(Asked(QUESTION), Audience()))
    await bot.becomes(503, "The model has been at one question")
    assert (await bot.samples())["quoth_questions_waiting", ""] == 1
    endless.over.set()
    await asyncio.gather(stuck, behind)
    await bot.becomes(200)


async def test_it_is_unhealthy_while_its_index_is_gone(bot: Watched, chosen: Settings) -> None:
    there, away = chosen.data / "generations", chosen.data / "away"
    await bot.becomes(200)
    shutil.move(there, away)
    await bot.becomes(503, "no longer on the disk")
    shutil.move(away, there)
    await bot.becomes(200)


async def test_metrics_count_what_happens(discord: StandIn, bot: Watched, ada: Person) -> None:
    discord.api.faults.fail("PATCH /webhooks/*", 503)
    answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    await ada.ask(discord.channel, QUESTION).answer()
    await ada.reply(answer, QUESTION).answer()
    await ada.dm("Which team won the cup final in 1998?").answer()
    await ada.menu(ada.say(discord.channel, QUESTION), "Answer this").answer()
    await ada.click(answer, "More").answer()
    build = bot.client.services.rebuilds.start()
    await asyncio.sleep(0)
    bot.client.services.rebuilds.cancel()
    await asyncio.wait([build])
    samples = await bot.samples()
    for way in ("slash", "mention", "reply", "dm", "menu", "button"):
        assert samples["quoth_questions_total", way] == 1, way
    assert samples["quoth_questions_total", "unasked"] == 0
    assert samples["quoth_answers_total", "answered"] == 5
    assert samples["quoth_answers_total", "unrelated"] + samples["quoth_answers_total", "unanswered"] == 1
    for step in labels.Step:
        assert samples["quoth_step_seconds_count", step] == 6, step
    assert samples["quoth_step_seconds_sum", "encoding"] > 0
    assert samples["quoth_discord_responses_total", "503"] == 1
    assert samples["quoth_discord_responses_total", "200"] > 0
    assert samples["quoth_rebuilds_total", "broken off"] == 1
    assert samples["quoth_documents", ""] == 2
    assert samples["quoth_generation_number", ""] == 1
    assert samples["quoth_generation_age_seconds", ""] > 0
    assert samples["quoth_gateway_up", "0"] == 1
    assert samples["quoth_gateway_silence_seconds", "0"] < 10
    assert samples["quoth_questions_underway", ""] == samples["quoth_questions_waiting", ""] == 0
    await until(lambda: bot.client.services.metrics.registry.get_sample_value("quoth_event_loop_lag_seconds_count"))


async def test_metrics_tell_of_each_channel_how_much_was_read_of_it_and_whether_that_failed(
    chosen: Settings, encoder: Encoder
) -> None:
    kept(chosen.data)
    services = open_services(also(chosen, health_port=0), encoder)
    services.channels.activity.began[72] = time.monotonic() - 60.0
    async with watched(services) as address:
        assert address is not None
        bot = Watched(QuothClient(services, HANDLERS, content=True), address)
        samples = await bot.samples()
        assert (samples["quoth_channel_messages", "72"], samples["quoth_channel_documents", "72"]) == (2, 1)
        assert samples["quoth_channel_up", "72"] == 0, "it failed last"
        assert samples["quoth_channel_age_seconds", "72"] >= 60
        services.channels.store.complete(72)
        assert (await bot.samples())["quoth_channel_up", "72"] == 1
    services.votes.close()
    services.channels.close()
    await services.desk.close()


async def test_labels_are_few_and_say_nothing_of_anybody(discord: StandIn, bot: Watched, ada: Person) -> None:
    await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    kinds = (labels.Way, labels.Step, labels.Rebuilt, labels.Wrote, Abstention)
    allowed = {labels.ANSWERED, labels.FAILED}.union(*kinds)
    values = {value for name, value in await bot.samples() if name.startswith("quoth_") and name != "quoth_info"}
    assert all(value in allowed or value == "" or (value.isdecimal() and len(value) <= 3) for value in values), values


async def test_an_address_that_cannot_be_had_is_one_sentence(chosen: Settings, encoder: Encoder) -> None:
    services = open_services(chosen, encoder)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for host, port, reason in (
            ("127.0.0.1", taken.getsockname()[1], "Address already in use"),
            ("192.0.2.1", 0, "Cannot assign requested address"),
        ):
            unlucky = open_services(also(chosen, health_port=port, health_host=host), encoder)
            with pytest.raises(ListenError) as error:
                async with watched(unlucky):
                    pass
            message = str(error.value)
            assert f"{host}:{port} ({reason})" in message
            assert message.endswith("change QUOTH_HEALTH_HOST or QUOTH_HEALTH_PORT.")
            unlucky.votes.close()
    async with watched(services) as address:
        assert address is None
    services.votes.close()
