from __future__ import annotations

import discord
import pytest

from bot.standin import StandIn

from .client import Bot, logged_in


async def test_a_bot_logs_in_and_knows_its_server(stand_in: StandIn, bot: Bot) -> None:
    (guild,) = bot.guilds
    assert guild.name == stand_in.guild.name
    assert [channel.name for channel in guild.text_channels] == ["general"]
    assert guild.me.guild_permissions.send_messages
    assert (await bot.application_info()).name == "quoth"


@pytest.mark.usefixtures("stand_in")
async def test_a_wrong_token_is_refused() -> None:
    bot = Bot(discord.Intents.default())
    async with bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")


async def test_an_intent_that_is_not_switched_on_is_refused(stand_in: StandIn) -> None:
    stand_in.world.application.message_content = False
    intents = discord.Intents.default()
    intents.message_content = True
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with logged_in(stand_in, intents):
            pass


async def test_several_shards_each_hear_their_servers(stand_in: StandIn) -> None:
    stand_in.world.application.shards = 2
    while len({(guild.id >> 22) % 2 for guild in stand_in.world.guilds.values()}) < 2:
        stand_in.clock.advance(0.001)
        stand_in.world.add_guild("Lighthouse")
    async with logged_in(stand_in) as bot:
        assert {guild.shard_id for guild in bot.guilds} == {0, 1}
        assert len(bot.guilds) == len(stand_in.world.guilds)
        assert stand_in.gateway.identified == 2


async def test_members_are_sent_when_they_are_asked_for(stand_in: StandIn) -> None:
    ada = stand_in.person("ada")
    intents = discord.Intents.default()
    intents.members = True
    async with logged_in(stand_in, intents) as bot:
        guild = bot.guilds[0]
        assert guild.get_member(ada.user.id) is not None
        members = await guild.query_members("ad")
        assert [member.name for member in members] == ["ada"]
        bo = stand_in.person("bo")
        assert (await guild.fetch_member(bo.user.id)).name == "bo"
