from __future__ import annotations

import json

import aiohttp
import pytest

from bot.standin import Person, StandIn

from .client import Bot, eventually


async def test_what_was_missed_is_replayed_after_a_drop(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    await stand_in.gateway.drop()
    said = [ada.ask(stand_in.channel, f"{number}") for number in range(3)]
    for message in said:
        await message.answer()
    assert bot.resumes == 1
    assert len(bot.received) == 3
    assert stand_in.gateway.identified == 1


async def test_a_bot_comes_back_when_it_is_asked_to(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    stand_in.gateway.reconnect()
    await eventually(lambda: bot.resumes == 1)
    assert (await ada.slash(stand_in.channel, "ask", question="still there?").answer()).text


async def test_a_session_that_is_over_is_begun_anew(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    stand_in.gateway.invalidate()
    await eventually(lambda: stand_in.gateway.identified == 2)
    assert (await ada.slash(stand_in.channel, "ask", question="still there?").answer()).text
    assert bot.resumes == 0


async def test_a_session_that_was_forgotten_cannot_be_resumed(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    stand_in.gateway.sessions.clear()
    await stand_in.gateway.drop(4000)
    ada.ask(stand_in.channel, "missed?")
    await eventually(lambda: stand_in.gateway.identified == 2)
    assert (await ada.ask(stand_in.channel, "heard?").answer()).text.endswith("heard?")
    assert [message.content.endswith("heard?") for message in bot.received] == [True]
    assert (bot.resumes, stand_in.gateway.resumed) == (0, 0)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"op": 2, "d": {"token": "wrong", "intents": 0}}, 4004),
        ({"op": 2, "d": {"token": "TOKEN", "intents": 1 << 8}}, 4014),
        ({"op": 2, "d": {"token": "TOKEN", "intents": 0, "shard": [2, 2]}}, 4010),
        ({"op": 8, "d": {"guild_id": "1"}}, 4003),
        ({"op": 99, "d": {}}, 4001),
    ],
)
async def test_the_gateway_closes_what_it_does_not_take(
    stand_in: StandIn, payload: dict[str, object], code: int
) -> None:
    text = json.dumps(payload).replace("TOKEN", stand_in.token)
    async with aiohttp.ClientSession() as session, session.ws_connect(stand_in.addresses.gateway) as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_str(text)
        while (await socket.receive()).type != aiohttp.WSMsgType.CLOSE:
            pass
        assert socket.close_code == code
