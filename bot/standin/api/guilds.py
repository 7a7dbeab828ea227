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
    channels = [place for place in call.world.channels_of(call.guild()) if not place.is_thread]
    return Answer([channel(place, call.bot) for place in channels])


def _roles(call: Call) -> Answer:
    return Answer([people.role(role) for role in call.guild().roles.values()])


def _active_threads(call: Call) -> Answer:
    threads = [thread for thread in call.world.channels_of(call.guild()) if thread.is_thread and not thread.archived]
    visible = [thread for thread in threads if thread.permissions(call.bot)]
    members = [thread_member(thread, call.bot) for thread in visible if call.bot.id in thread.joined]
    shown = [channel(thread, call.bot, _last(call, thread)) for thread in visible]
    return Answer({"threads": shown, "members": members, "has_more": False})


def _last(call: Call, thread: Channel) -> int | None:
    last = next(call.world.history(thread), None)
    return None if last is None else last.id


def _member(call: Call) -> Answer:
    member = call.guild().members.get(call.number("user_id"))
    if member is None:
        raise unknown("Member")
    return Answer(people.member(member))


def _members(call: Call) -> Answer:
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 1))
    members = sorted(
        (member for member in call.guild().members.values() if member.id > after), key=lambda member: member.id
    )
    return Answer([people.member(member) for member in members[:limit]])


def _user(call: Call) -> Answer:
    user = call.world.users.get(call.number("user_id"))
    if user is None:
        raise unknown("User")
    return Answer(people.user(user))


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
