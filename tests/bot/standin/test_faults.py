from __future__ import annotations

import discord
import pytest

from bot.standin import Person, StandIn
from bot.standin.api.faults import Fault, Faults

from .client import Bot


@pytest.mark.parametrize("pattern", ["POST /channels/*/messages", "GET /channels/*"])
async def test_a_429_is_waited_out(stand_in: StandIn, bot: Bot, pattern: str) -> None:
    fault = stand_in.api.faults.fail(pattern, 429, times=2, retry_after=0.02)
    channel = await bot.fetch_channel(stand_in.channel.id)
    assert isinstance(channel, discord.TextChannel)
    assert (await channel.send("through")).content == "through"
    assert fault.hits == 2
    assert stand_in.api.refusals == []


@pytest.mark.usefixtures("bot")
async def test_a_5xx_is_tried_again(stand_in: StandIn, ada: Person) -> None:
    fault = stand_in.api.faults.fail("PATCH /webhooks/*/@original", 502)
    assert (await ada.slash(stand_in.channel, "ask", question="why?").answer()).text == "The answer to why?"
    assert fault.hits == 1


async def test_a_nonce_keeps_a_message_from_coming_twice(stand_in: StandIn, bot: Bot) -> None:
    stand_in.api.faults.add(Fault("POST /channels/*/messages", 500, after=True))
    channel = bot.get_channel(stand_in.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send("once")
    assert len(list(stand_in.world.history(stand_in.channel))) == 1


@pytest.mark.usefixtures("bot")
async def test_a_followup_has_no_nonce_and_comes_twice(stand_in: StandIn, ada: Person) -> None:
    stand_in.api.faults.add(Fault("POST /webhooks/*", 500, after=True))
    response = ada.slash(stand_in.channel, "source find", title="x")
    await response.followup(1)
    assert [seen.text for seen in response.followups] == ["And more", "And more"]


async def test_limits_of_rate_hold(stand_in: StandIn, bot: Bot) -> None:
    stand_in.api.buckets.limits["POST /channels/{channel_id}/messages"] = (2, 0.1)
    channel = bot.get_channel(stand_in.channel.id)
    assert isinstance(channel, discord.TextChannel)
    for number in range(5):
        await channel.send(str(number))
    times = [message.versions[0].at for message in stand_in.world.history(stand_in.channel)]
    assert max(times) - min(times) >= 0.19


def test_faults_at_a_rate_repeat_by_their_seed() -> None:
    def run(seed: int) -> list[int | None]:
        faults = Faults()
        faults.at_rate(0.3, (429, 502), seed=seed)
        return [fault.status if fault else None for fault in (faults.next("GET", "/x") for _ in range(300))]

    assert run(1) == run(1) != run(2)
    assert 50 < sum(status is not None for status in run(1)) < 130
