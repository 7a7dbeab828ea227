"""The bot says hello once where it comes to, and never again."""

from __future__ import annotations

import asyncio

from bot.settings import Settings
from bot.standin import Permission, Seen, StandIn
from bot.standin.state.channel import Channel
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until

HELLO = "**Hello!** I answer questions from 2 documents"


def greetings(discord: StandIn, channel: Channel) -> list[str]:
    kept = discord.world.messages[channel.id].values()
    texts = [Seen(message, message.body).text for message in kept if message.author is discord.world.bot]
    return [text for text in texts if "Hello" in text or "Hallo" in text]


async def test_hello_is_said_when_it_first_starts_in_a_channel_that_all_may_read_and_never_again(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    discord.channel.overwrite(discord.guild.everyone.id, deny=Permission.VIEW_CHANNEL)
    open_to_all, muted = discord.text_channel("lobby"), discord.text_channel("rules")
    muted.overwrite(discord.guild.everyone.id, deny=Permission.SEND_MESSAGES)
    async with running(discord, chosen, encoder, greets=True, waits=False):
        await until(lambda: greetings(discord, open_to_all))
        (said,) = greetings(discord, open_to_all)
        assert said.startswith(HELLO)
        assert all(f"</{name}:" in said for name in ("ask", "help", "settings"))
    async with running(discord, chosen, encoder, greets=True, waits=False):
        await asyncio.sleep(3)
    assert len(greetings(discord, open_to_all)) == 1
    assert not greetings(discord, discord.channel)


async def test_hello_is_said_in_a_home_server_that_it_is_invited_to_in_its_language_and_in_no_other(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    async with running(discord, chosen, encoder) as bot:
        await bot.wait_until_ready()
        stranger = discord.world.add_guild("Abroad", with_bot=False)
        there = discord.world.add_channel(stranger, "general")
        discord.world.invite(stranger)
        await asyncio.sleep(1)
        assert not greetings(discord, there)
        assert bot.services.preferences.stored.greet(stranger.id), "not noted as greeted"
    async with running(discord, also(chosen, answer_elsewhere=True), encoder) as bot:
        await bot.wait_until_ready()
        guild = discord.world.add_guild("Hafen", with_bot=False)
        guild.locale = "de"
        channel = discord.world.add_channel(guild, "allgemein")
        discord.world.invite(guild)
        (said,) = await until(lambda: greetings(discord, channel))
        assert said.startswith("**Hallo!** Ich beantworte Fragen aus den Dokumenten hier (2 Dokumente)")
        assert not greetings(discord, discord.channel)


async def test_hello_is_said_in_every_home_server_that_it_was_invited_to_while_it_was_not_running(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    """Before its first start, where the settings name the home servers, and between two starts."""
    other = discord.world.add_guild("Harbour", with_bot=False)
    there = discord.world.add_channel(other, "general")
    named = also(chosen, servers=[discord.guild.id, other.id])
    async with running(discord, named, encoder, greets=True, waits=False):
        await until(lambda: greetings(discord, discord.channel))
    discord.world.invite(other)
    async with running(discord, named, encoder, greets=True, waits=False):
        await until(lambda: greetings(discord, there))
    assert len(greetings(discord, discord.channel)) == 1


async def test_an_update_says_hello_in_no_server_that_an_earlier_version_was_in(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    """Such a version has left its commands with Discord, and no note of where it has said hello."""
    async with running(discord, also(chosen, servers=[discord.guild.id]), encoder):
        pass
    (chosen.data / "servers.sqlite").unlink()
    other = discord.world.add_guild("Harbour", with_bot=False)
    there = discord.world.add_channel(other, "general")
    named = also(chosen, servers=[discord.guild.id, other.id])
    async with running(discord, named, encoder, greets=True) as bot:
        await bot.wait_until_ready()
        discord.world.invite(other)
        await until(lambda: greetings(discord, there))
    assert not greetings(discord, discord.channel)


async def test_a_hello_that_failed_is_said_at_the_next_start(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    failing = discord.api.faults.fail("POST /channels/{channel_id}/messages", 403)
    async with running(discord, chosen, encoder, greets=True, waits=False):
        await until(lambda: failing.hits)
    assert not greetings(discord, discord.channel)
    async with running(discord, chosen, encoder, greets=True, waits=False):
        await until(lambda: greetings(discord, discord.channel))


async def test_where_everybody_sees_no_channel_hello_is_said_where_managers_read_it(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    members, staff = discord.role("members"), discord.role("staff", Permission.MANAGE_GUILD)
    bot_role = next(role for role in discord.guild.roles.values() if role.managed)
    office = discord.text_channel("office")
    for channel, role in ((discord.channel, members), (office, staff)):
        channel.overwrite(discord.guild.everyone.id, deny=Permission.VIEW_CHANNEL)
        for reader in (role, bot_role):
            channel.overwrite(reader.id, allow=Permission.VIEW_CHANNEL)
    async with running(discord, chosen, encoder, greets=True, waits=False):
        await until(lambda: greetings(discord, office))
    assert not greetings(discord, discord.channel)
