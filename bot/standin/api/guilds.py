"""Servers, their members, and users."""

from __future__ import annotations

from bot.standin.api.call import Answer, Call, Route
from bot.standin.refusal import unknown
from bot.standin.state.channel import Channel
from bot.standin.wire import user as people
from bot.standin.wire.channel import channel, thread_member
from bot.standin.wire.guild import guild


def _get(call: Call) -> Answer:
    return Answer(guild(call.guild()))


def _channels(call: Call) -> Answer:
    found = [one for one in call.world.channels_of(call.guild()) if not one.is_thread]
    return Answer([channel(one, call.bot) for one in found])


def _roles(call: Call) -> Answer:
    return Answer([people.role(role) for role in call.guild().roles.values()])


def _active_threads(call: Call) -> Answer:
    found = [one for one in call.world.channels_of(call.guild()) if one.is_thread and not one.archived]
    visible = [one for one in found if one.permissions(call.bot)]
    members = [thread_member(one, call.bot) for one in visible if call.bot.id in one.joined]
    shown = [channel(one, call.bot, _last(call, one)) for one in visible]
    return Answer({"threads": shown, "members": members, "has_more": False})


def _last(call: Call, thread: Channel) -> int | None:
    last = next(call.world.history(thread), None)
    return None if last is None else last.id


def _member(call: Call) -> Answer:
    found = call.guild().members.get(call.number("user_id"))
    if found is None:
        raise unknown("Member")
    return Answer(people.member(found))


def _members(call: Call) -> Answer:
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 1))
    found = sorted((one for one in call.guild().members.values() if one.id > after), key=lambda one: one.id)
    return Answer([people.member(one) for one in found[:limit]])


def _user(call: Call) -> Answer:
    found = call.world.users.get(call.number("user_id"))
    if found is None:
        raise unknown("User")
    return Answer(people.user(found))


_ONE = "/guilds/{guild_id}"
ROUTES = [
    Route("GET", _ONE, _get),
    Route("GET", f"{_ONE}/channels", _channels),
    Route("GET", f"{_ONE}/roles", _roles),
    Route("GET", f"{_ONE}/threads/active", _active_threads),
    Route("GET", f"{_ONE}/members", _members),
    Route("GET", f"{_ONE}/members/{{user_id}}", _member),
    Route("GET", "/users/{user_id}", _user),
]
