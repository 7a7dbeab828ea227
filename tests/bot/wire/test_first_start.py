"""A start without an index to answer from: the bot is there at once, says so, and answers once it has read."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterator

import pytest

from bot import compose
from bot.cards import colours
from bot.client import QuothClient
from bot.health.checks import PATIENCE, Health
from bot.preferences.store import Name
from bot.public_errors import KeptAsideError
from bot.rebuilding import upkeep
from bot.settings import Settings
from bot.standin import Permission, Person, Seen, StandIn
from index.encode.encoder import Encoder
from index.errors import EncoderAwayError
from index.evaluation.canaries import FILE_NAME as CANARIES
from tests.bot.machine import of_the_machine
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_hello import HELLO, greetings
from tests.bot.wire.test_process import QUESTION, QUIET, STARTS, started
from tests.bot.wire.test_rebuilding import MUST_ANSWER

READING = "I am still reading the documents"
NOT_READ = "I could not read the documents yet"
SOON = 150.0


@pytest.fixture
def unread(chosen: Settings) -> Settings:
    """Settings of a bot that has never been started."""
    shutil.rmtree(chosen.data)
    chosen.data.mkdir()
    return chosen


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The first build begins once this is set."""
    opened, is_outdated = threading.Event(), upkeep.is_outdated

    def waits(settings: Settings, model: Encoder) -> bool:
        opened.wait()
        return is_outdated(settings, model)

    monkeypatch.setattr(upkeep, "is_outdated", waits)
    yield opened
    opened.set()


def colour(seen: Seen) -> int | None:
    return next((part["accent_color"] for part in seen.parts if "accent_color" in part), None)


async def opened(bot: QuothClient) -> None:
    async with asyncio.timeout(SOON):
        await bot.services.desk.opened()


async def test_a_first_start_says_in_a_sentence_that_it_is_reading_and_answers_by_itself_once_it_has_read(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn, unread: Settings, encoder: Encoder, ada: Person, mod: Person, gate: threading.Event
) -> None:
    async with running(discord, unread, encoder) as bot:
        bot.services.preferences.stored.change(discord.guild.id, Name.CHANNELS, (str(discord.channel.id),), 0)
        for ask in (
            lambda: ada.slash(discord.channel, "ask", question=QUESTION),
            lambda: ada.ask(discord.channel, QUESTION),
            lambda: ada.dm(QUESTION),
            lambda: ada.slash(discord.channel, "source list"),
            lambda: ada.slash(discord.channel, "source find", name="rules"),
        ):
            seen = await ask().answer()
            assert seen.text.startswith(READING)
            assert colour(seen) != colours.FAILED, "nothing is wrong"
        assert READING in (await ada.slash(discord.channel, "help").answer()).text
        assert await ada.autocomplete(discord.channel, "source show", "source", "hous") == []
        assert await ada.say(discord.channel, QUESTION).unanswered(), "nobody asked the bot"
        status = await mod.slash(discord.channel, "index status").answer()
        assert "Reading the documents for the first time" in status.text
        assert "0 %" in status.text
        assert READING in (await mod.slash(discord.channel, "index rollback").answer()).text
        assert await Health(bot.services, PATIENCE).complaints() == []
        gate.set()
        rebuild = mod.slash(discord.channel, "index rebuild")
        assert "Reading the documents for the first time" in (await rebuild.answer()).text, "it joins the first build"
        await opened(bot)
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
        assert "2 documents" in (await mod.slash(discord.channel, "index status").answer()).text
        assert "2 documents" in (await rebuild.when(lambda seen: "2 documents" in seen.text, SOON)).text


async def test_hello_is_said_at_a_first_start_once_there_is_something_to_answer_from(
    discord: StandIn, unread: Settings, encoder: Encoder, ada: Person, gate: threading.Event
) -> None:
    async with running(discord, unread, encoder, greets=True) as bot:
        await bot.wait_until_ready()
        assert READING in (await ada.dm(QUESTION).answer()).text
        assert greetings(discord, discord.channel) == []
        gate.set()
        await opened(bot)
        (said,) = await until(lambda: greetings(discord, discord.channel))
        assert said.startswith(HELLO)


async def test_missing_permissions_are_logged_for_every_server_before_the_first_index_is_there(
    discord: StandIn, unread: Settings, encoder: Encoder, gate: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    other = discord.world.add_guild("Abroad")
    for guild in (discord.guild, other):
        discord.world.add_channel(guild, "muted").overwrite(guild.everyone.id, deny=Permission.SEND_MESSAGES)
    named = also(unread, servers=[discord.guild.id, other.id])

    def is_logged() -> bool:
        missing = [record for record in caplog.records if "permissions are missing" in record.message]
        return {record.__dict__["server"] for record in missing} == {discord.guild.name, other.name}

    async with running(discord, named, encoder, greets=True):
        await until(is_logged)
        assert not gate.is_set()


async def test_a_first_build_that_fails_is_told_to_managers_and_tried_again_when_the_documents_change(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn,
    unread: Settings,
    encoder: Encoder,
    ada: Person,
    mod: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for document in unread.documents.iterdir():
        document.unlink()
    (unread.documents / "nothing.txt").write_text("")
    async with running(discord, also(unread, watch=True), encoder) as bot:
        await until(lambda: "changes were not taken in" in caplog.text, SOON)
        await until(lambda: not bot.services.rebuilds.is_running)
        assert "holds no document (of 1 files" in caplog.records[-1].__dict__["reason"]
        assert (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text.startswith(NOT_READ)
        status = await mod.slash(discord.channel, "index status").answer()
        assert "No file in the documents folder could be read (1 in all). The first: is empty" in status.text
        assert of_the_machine(status.text) is None
        assert str(unread.documents) not in status.text
        assert await Health(bot.services, PATIENCE).complaints() != []
        (unread.documents / "rules.md").write_text("# Quiet hours\n\nQuiet hours begin at ten in the evening.\n")
        await opened(bot)
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
        await until(lambda: not bot.services.upkeep.complaint)
        assert await Health(bot.services, PATIENCE).complaints() == []


async def test_the_program_logs_in_before_it_builds_its_first_index(
    discord: StandIn, unread: Settings, ada: Person
) -> None:
    async with started(discord.addresses, discord.token, unread) as program:
        await program.logged("ready")
        assert READING in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
        await until(lambda: any(line["message"] == "generation in use" for line in program.log), SOON)
        bob = discord.person("bob")  # ada may have to wait for a second
        assert QUIET in (await bob.slash(discord.channel, "ask", question=QUESTION).answer()).text


async def test_a_first_start_with_nothing_to_read_or_a_wrong_token_is_one_sentence(
    discord: StandIn, unread: Settings
) -> None:
    token = f"{discord.token}.of-another"
    async with started(discord.addresses, token, unread) as refused:
        assert await asyncio.wait_for(refused.process.wait(), 2 * STARTS) == 1
    for document in unread.documents.iterdir():
        document.unlink()
    async with started(discord.addresses, discord.token, unread) as empty:
        assert await asyncio.wait_for(empty.process.wait(), 2 * STARTS) == 1
    unread.documents.rmdir()
    async with started(discord.addresses, discord.token, unread) as missing:
        assert await asyncio.wait_for(missing.process.wait(), 2 * STARTS) == 1
    for ended, says in ((refused, "does not know this token"), (empty, "holds no document"), (missing, "no folder")):
        (sentence,) = [line for line in ended.printed if not line.startswith("{")]
        assert sentence.startswith("quoth: ")
        assert says in sentence
    assert not list((unread.data / "generations").iterdir()), "nothing was built"


@pytest.mark.parametrize(
    "error",
    [
        EncoderAwayError("The encoder at http://10.0.0.5:8080/v1 is overloaded or out of order (503): wait."),
        sqlite3.OperationalError("unable to open /srv/quoth/data/library.sqlite"),
    ],
)
async def test_whatever_stops_a_first_build_is_told_in_general_words_and_tried_again(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn,
    unread: Settings,
    encoder: Encoder,
    ada: Person,
    mod: Person,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def fails(*_: object) -> bool:
        raise error

    monkeypatch.setattr(upkeep, "is_outdated", fails)
    async with running(discord, also(unread, watch=True), encoder) as bot:
        await until(lambda: "changes were not taken in" in caplog.text, SOON)
        assert caplog.records[-1].__dict__["reason"] == str(error)
        assert (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text.startswith(NOT_READ)
        status = await mod.slash(discord.channel, "index status").answer()
        assert "finds the reason in its log" in status.text
        assert "10.0.0.5" not in status.text
        assert "quoth" not in status.text
        assert await Health(bot.services, PATIENCE).complaints() != []
        (unread.documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
        await until(lambda: bot.services.rebuilds.is_running, SOON)
        assert await Health(bot.services, PATIENCE).complaints() == [], "it is being built"
        await opened(bot)
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text


async def test_a_build_that_another_process_has_begun_is_waited_for_and_is_no_failure(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn,
    unread: Settings,
    encoder: Encoder,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(upkeep, "_AGAIN", 0.5)
    with compose.shelf(unread).lock():
        async with running(discord, unread, encoder) as bot:
            await until(lambda: caplog.text.count("another build is under way") > 1, SOON)
            assert await Health(bot.services, PATIENCE).complaints() == []
            assert (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text.startswith(READING)
    assert "changes were not taken in" not in caplog.text


async def test_an_index_that_another_process_finishes_during_the_login_is_turned_to(
    discord: StandIn, unread: Settings, encoder: Encoder, ada: Person
) -> None:
    class Beside(QuothClient):
        async def setup_hook(self) -> None:
            build = compose.builder(unread, encoder).build
            await asyncio.to_thread(build, unread.documents, lambda *_: None)
            await super().setup_hook()

    async with running(discord, unread, encoder, kind=Beside) as bot:
        await opened(bot)
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text


async def test_with_another_model_an_index_that_was_kept_aside_can_be_used_all_the_same(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn, unread: Settings, encoder: Encoder, other_model: Encoder, ada: Person, mod: Person
) -> None:
    (unread.documents / CANARIES).write_text(json.dumps(MUST_ANSWER))
    compose.builder(unread, other_model).build(unread.documents, lambda *_: None)
    (unread.documents / "bakery.txt").unlink()
    async with running(discord, unread, encoder) as bot:
        await until(lambda: isinstance(bot.services.upkeep.complaint, KeptAsideError), SOON)
        status = await mod.slash(discord.channel, "index status").answer()
        assert "was kept aside. `/index rebuild`" in status.text
        rebuild = mod.slash(discord.channel, "index rebuild")
        report = await rebuild.when(lambda seen: "kept aside" in seen.text, SOON)
        assert "- When does the bakery open?" in report.text
        accepted = await mod.click(report, "Use it all the same").answer()
        assert "is in use**, with 1 document" in accepted.text
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
