"""A start without an index to answer from: the bot is there at once, says so, and answers once it has read."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Iterator

import pytest

from bot.cards import colours
from bot.client import QuothClient
from bot.health.checks import PATIENCE, Health
from bot.preferences.store import Name
from bot.rebuilding import upkeep
from bot.settings import Settings
from bot.standin import Person, Seen, StandIn
from index.encode.encoder import Encoder
from tests.bot.machine import of_the_machine
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_hello import HELLO, greetings
from tests.bot.wire.test_process import QUESTION, QUIET, STARTS, started

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
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text


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
