from __future__ import annotations

from typing import Any

import pytest

from bot.standin import Permission
from bot.standin.state.message import Message

from .raw import Raw


async def _sent(raw: Raw, text: str, *, card: bool = False, **more: Any) -> Message:
    data: dict[str, Any] = {"content": text}
    if card:
        data = {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 10, "content": text}]}]}
    status, body = await raw("POST", raw.messages, data | more)
    assert status == 200, body
    return raw.stand_in.world.message(raw.stand_in.channel, int(body["id"]))


@pytest.mark.parametrize("card", [False, True])
async def test_text_pings_users_and_roles_unless_it_is_not_allowed_to(raw: Raw, *, card: bool) -> None:
    ada = raw.stand_in.person("ada")
    role = raw.stand_in.role("crew")
    role.mentionable = True
    text = f"{ada.mention} {role.mention} <@1> @everyone"
    pings = (await _sent(raw, text, card=card)).body.pings
    assert (pings.users, pings.roles, pings.everyone) == ({ada.user.id}, {role.id}, False)
    assert not (await _sent(raw, text, card=card, allowed_mentions={"parse": []})).body.pings
    some = await _sent(raw, text, card=card, allowed_mentions={"parse": ["roles"]})
    assert (some.body.pings.users, some.body.pings.roles) == (set(), {role.id})


async def test_everyone_is_pinged_by_those_who_may(raw: Raw) -> None:
    bot_role = raw.stand_in.guild.members[raw.stand_in.world.bot.id].roles[0]
    bot_role.permissions |= Permission.MENTION_EVERYONE
    hidden = raw.stand_in.role("quiet")
    pings = (await _sent(raw, f"look @here {hidden.mention}")).body.pings
    assert pings.everyone
    assert pings.roles == {hidden.id}
    assert not (await _sent(raw, "@everyone", allowed_mentions={"parse": ["users"]})).body.pings


async def test_a_reply_pings_whom_it_answers(raw: Raw) -> None:
    ada = raw.stand_in.person("ada")
    said = ada.say(raw.stand_in.channel, "hm")
    reference = {"message_id": str(said.message.id)}
    assert (await _sent(raw, "x", message_reference=reference)).body.pings.users == {ada.user.id}
    quiet = await _sent(raw, "x", message_reference=reference, allowed_mentions={"replied_user": False})
    assert not quiet.body.pings


async def test_an_embed_pings_nobody(raw: Raw) -> None:
    ada = raw.stand_in.person("ada")
    assert not (await _sent(raw, "x", embeds=[{"description": ada.mention}])).body.pings
