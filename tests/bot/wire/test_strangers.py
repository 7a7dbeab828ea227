"""What people can do who are not of a home server: nothing but be told so."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Permission, Person, Response, StandIn
from bot.standin.state.channel import Channel
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"
MANAGING = ("index rebuild", "index status", "index rollback", "settings")
OF_THE_MACHINE = ("sentence-transformers", "MiniLM", "000001-", "000002-", ".sqlite", ".npy")


class Abroad:
    """A server that is not the bot's home, where everybody may do everything, and its owner."""

    def __init__(self, discord: StandIn, *, with_bot: bool = True) -> None:
        everything = Permission((1 << 50) - 1)
        self.guild = discord.world.add_guild("Abroad", everyone=everything, with_bot=with_bot)
        self.channel = discord.world.add_channel(self.guild, "plaza")
        self.owner = join(discord, self, "stranger")


def join(discord: StandIn, abroad: Abroad, name: str) -> Person:
    user = discord.world.add_user(name)
    discord.world.add_member(abroad.guild, user, [])
    return Person(discord.world, discord.addresses.cdn, user)


async def refused(used: Response) -> bool:
    seen = await used.answer()
    return seen.ephemeral and not any(word in seen.text for word in (QUIET, "documents", "Up to date"))


def sent(discord: StandIn, since: int = 0) -> Iterator[str]:
    """Yield what the bot has sent, but for the commands that it registers."""
    for exchange in list(discord.api.log)[since:]:
        if exchange.data is not None and not exchange.path.endswith("/commands"):
            yield json.dumps(exchange.data, ensure_ascii=False)


async def test_commands_name_their_installs_and_contexts(discord: StandIn, bot: QuothClient) -> None:
    del bot
    commands = {registered.name: registered.payload for registered in discord.world.commands[None]}
    assert len(commands) >= 6
    for name, payload in commands.items():
        assert payload["integration_types"] == [0], name
        assert payload["contexts"] == ([0] if name in ("index", "settings", "insight") else [0, 1]), name


async def test_where_people_may_install_it_for_themselves_managing_stays_at_home(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, also(chosen, answer_elsewhere=True), encoder):
        commands = {registered.name: registered.payload for registered in discord.world.commands[None]}
        assert commands["ask"]["integration_types"] == [0, 1]
        assert commands["ask"]["contexts"] == [0, 1, 2]
        assert (commands["index"]["integration_types"], commands["index"]["contexts"]) == ([0], [0])
        abroad = Abroad(discord)
        stranger = abroad.owner
        stranger.install()
        assert QUIET in (await stranger.slash(abroad.channel, "ask", question=QUESTION).answer()).text
        assert QUIET in (await stranger.ask(abroad.channel, QUESTION).answer()).text
        group = discord.world.group(stranger.user, ada.user)
        assert QUIET in (await stranger.slash(group, "ask", question=QUESTION).answer()).text
        for command in MANAGING:
            assert await refused(stranger.forge(abroad.channel, command)), command
            assert await refused(stranger.forge(group, command)), command


async def test_strangers_manage_nothing_whatever_they_try(
    discord: StandIn, bot: QuothClient, mod: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """In a server of their own, by an install on their account, in private, in a group, with forged commands."""
    before = bot.services.desk.generation.name
    abroad, without = Abroad(discord), Abroad(discord, with_bot=False)
    stranger = abroad.owner
    discord.world.add_member(without.guild, stranger.user, [])
    stranger.install()
    group = discord.world.group(stranger.user, mod.user)
    places: list[Channel] = [abroad.channel, without.channel, stranger.direct, group]
    for place in places:
        for command in MANAGING:
            assert await refused(stranger.forge(place, command)), (place.name, command)
    for command in MANAGING:  # one who manages at home does not from elsewhere
        assert await refused(mod.forge(mod.direct, command)), command
        assert await refused(mod.forge(group, command)), command
    assert bot.services.desk.generation.name == before
    assert bot.services.rebuilds.progress.since == 0, "no rebuild was begun"
    assert "2 documents" in (await mod.slash(discord.channel, "index status").answer()).text
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_elsewhere_nothing_is_answered_and_that_is_said_once_to_each(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, chosen, encoder) as bot:
        abroad = Abroad(discord)
        await until(lambda: bot.get_channel(abroad.channel.id))
        reply = await abroad.owner.ask(abroad.channel, QUESTION).answer()
        assert "I answer only in" in reply.text
        assert await abroad.owner.ask(abroad.channel, QUESTION).unanswered()
        other = join(discord, abroad, "other")
        assert "I answer only in" in (await other.ask(abroad.channel, QUESTION).answer()).text
        assert await other.say(abroad.channel, QUESTION).unanswered()
        assert "I answer only in" in (await other.slash(abroad.channel, "ask", question=QUESTION).answer()).text
        assert await other.autocomplete(abroad.channel, "ask", "source", "ru") == []
        answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        assert QUIET in answer.text
        assert QUIET in (await ada.dm(QUESTION).answer()).text


async def test_home_is_where_it_first_starts_and_stays_so(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(discord, chosen, encoder) as bot:
        assert bot.services.homes.ids == {discord.guild.id}
    assert json.loads((chosen.data / "servers.json").read_text()) == {"servers": [discord.guild.id]}
    assert any("home from now on" in record.getMessage() for record in caplog.records)
    abroad = Abroad(discord)
    async with running(discord, chosen, encoder) as bot:
        assert bot.services.homes.ids == {discord.guild.id}
        assert await refused(abroad.owner.forge(abroad.channel, "index status"))
    async with running(discord, also(chosen, servers=[abroad.guild.id]), encoder):
        await until(lambda: bot.get_channel(abroad.channel.id) or True)
        assert "2 documents" in (await abroad.owner.slash(abroad.channel, "index status").answer()).text
        assert await refused(mod.forge(discord.channel, "index status"))


async def test_a_bot_on_no_server_takes_none_for_its_home_that_it_is_added_to(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    del discord.guild.members[discord.world.bot.id]
    async with running(discord, chosen, encoder, waits=False) as bot:
        await until(lambda: discord.gateway.sessions or None)
        abroad = Abroad(discord)
        await until(lambda: bot.get_channel(abroad.channel.id))
        assert await refused(abroad.owner.forge(abroad.channel, "index status"))
        assert not bot.services.homes.are_known
        assert not (chosen.data / "servers.json").exists()


async def test_nothing_of_the_machine_is_told_on_discord(
    discord: StandIn, bot: QuothClient, documents: Path, mod: Person
) -> None:
    """Neither by a status, nor by a rebuild that works, fails or leaves something out, nor by a rollback."""
    (documents / "broken.pdf").write_bytes(b"%PDF-nothing")
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    built = mod.slash(discord.channel, "index rebuild")
    assert "broken.pdf" in (await built.when(lambda seen: "- Pool" in seen.text, 90)).text
    assert "index 2" in (await mod.slash(discord.channel, "index status").answer()).text.lower()
    asked = await mod.slash(discord.channel, "index rollback").answer()
    assert "Back to index 1" in (await mod.click(asked, "Go back").answer()).text
    assert "no earlier index" in (await mod.slash(discord.channel, "index rollback").answer()).text
    shutil.move(documents, documents.with_name("elsewhere"))
    failed = mod.slash(discord.channel, "index rebuild")
    assert "The log says why" in (await failed.when(lambda seen: "did not finish" in seen.text, 60)).text
    current = bot.services.settings.data / "generations" / bot.services.desk.generation.name
    (current / "documents.sqlite").unlink()
    assert (await mod.slash(discord.channel, "index status").answer()).text
    hidden = (*OF_THE_MACHINE, str(documents.parent))
    leaks = [body for body in sent(discord) if any(word in body for word in hidden)]
    assert leaks == []
