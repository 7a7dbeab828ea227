"""Reactions."""

from __future__ import annotations

from urllib.parse import unquote

from bot.standin.api.call import DONE, Answer, Call, Route
from bot.standin.permission import Permission
from bot.standin.posting.post import react
from bot.standin.refusal import unknown

_LONGEST_EMOJI = 16


def _change(call: Call, *, add: bool) -> Answer:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY | Permission.ADD_REACTIONS if add else Permission(0))
    message = call.world.message(channel, call.number("message_id"))
    emoji = unquote(call.path["emoji_name"])
    if emoji.isascii() or len(emoji) > _LONGEST_EMOJI:
        raise unknown("Emoji")
    react(call.world, message, call.bot, emoji, add=add)
    return DONE


def _add(call: Call) -> Answer:
    return _change(call, add=True)


def _remove(call: Call) -> Answer:
    return _change(call, add=False)


_MINE = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"
ROUTES = [Route("PUT", _MINE, _add), Route("DELETE", _MINE, _remove)]
