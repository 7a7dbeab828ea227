"""The bot in so many servers that Discord splits them among several connections."""

from __future__ import annotations

from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn
from bot.standin.snowflake import shard_of
from bot.standin.state.channel import Channel
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import running, until

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"
SHARDS = 2


class Hasty(QuothClient):
    """The bot, without the five seconds that lie between two shards' logins."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass


def channels_on_each_shard(discord: StandIn) -> list[Channel]:
    """Return a channel on either shard, in servers that the stand-in's people are in."""
    discord.world.application.shards = SHARDS
    channels = {shard_of(discord.guild.id, SHARDS): discord.channel}
    while len(channels) < SHARDS:
        guild = discord.world.add_guild("Lighthouse")
        shard = shard_of(guild.id, SHARDS)
        if shard not in channels:
            channels[shard] = discord.world.add_channel(guild, "general")
    return [channels[shard] for shard in range(SHARDS)]


def join(discord: StandIn, person: Person, channel: Channel) -> None:
    assert channel.guild is not None
    if person.user.id not in channel.guild.members:
        keepers = discord.world.add_role(channel.guild, "keepers", Permission.MANAGE_GUILD)
        discord.world.add_member(channel.guild, person.user, [keepers])


async def test_servers_on_every_shard_are_answered_in_every_way(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    channels = channels_on_each_shard(discord)
    async with running(discord, chosen, encoder, kind=Hasty) as client:
        await until(lambda: all(client.get_channel(channel.id) for channel in channels))
        assert client.shard_count == SHARDS
        assert discord.gateway.identified == SHARDS
        for channel in channels:
            join(discord, ada, channel)
            join(discord, mod, channel)
            said = ada.ask(channel, QUESTION)
            assert QUIET in (await said.answer()).text
            answer = await ada.slash(channel, "ask", question=QUESTION).answer()
            assert QUIET in answer.text
            assert "end at seven" in (await ada.click(answer, answer.buttons[0].label).answer()).text
            assert "noted" in (await ada.click(answer, "👍").answer()).text
            assert QUIET in (await ada.menu(said, "Answer this").answer()).text
            assert [name for name, _ in await ada.autocomplete(channel, "ask", "source", "hous")] == ["House rules"]
            assert "2 documents" in (await mod.slash(channel, "index status").answer()).text
            assert len([seen for seen in ada.sees(channel) if QUIET in seen.text and not seen.ephemeral]) == 3
        assert QUIET in (await ada.dm(QUESTION).answer()).text


async def test_while_one_shard_is_away_the_other_answers_and_nothing_is_missed(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    near, far = channels_on_each_shard(discord)
    async with running(discord, chosen, encoder, kind=Hasty) as client:
        await until(lambda: client.get_channel(near.id) and client.get_channel(far.id))
        join(discord, ada, near)
        join(discord, ada, far)
        discord.gateway.admits.clear()
        await discord.gateway.drop(shard=1)
        missed = ada.ask(far, QUESTION)
        waiting = ada.slash(far, "ask", question=QUESTION)
        assert QUIET in (await ada.ask(near, QUESTION).answer()).text
        assert QUIET in (await ada.slash(near, "ask", question=QUESTION).answer()).text
        assert missed.answers() == []
        assert waiting.interaction.reply is None
        discord.gateway.admits.set()
        assert QUIET in (await missed.answer()).text
        assert QUIET in (await waiting.answer()).text
        assert (discord.gateway.resumed, discord.gateway.identified) == (1, SHARDS)
        for channel in (near, far):
            assert len([seen for seen in ada.sees(channel) if QUIET in seen.text]) == 2
