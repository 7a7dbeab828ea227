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
        assert said.startswith("**Hallo!** Ich beantworte Fragen aus 2 Dokumenten")
        assert not greetings(discord, discord.channel)
