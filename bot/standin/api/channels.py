"""Channels, threads and direct messages."""

from __future__ import annotations

from bot.standin.api.call import DONE, Answer, Call, Route
from bot.standin.api.messages import needed_to_send, shown
from bot.standin.clock import iso
from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.posting.post import Extras, ThreadPlan, archive, open_thread, post
from bot.standin.refusal import Refusal, unknown
from bot.standin.rules.problems import Problems, invalid
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.event import ChannelChanged
from bot.standin.wire.channel import channel as channel_object
from bot.standin.wire.channel import thread_member

_NAME = 100
_TAGS = 5
_THREADS, _FEWEST, _MOST = 50, 2, 100
_WITH_THREADS = {ChannelKind.TEXT, ChannelKind.NEWS}


def _get(call: Call) -> Answer:
    return Answer(_shown(call, call.channel()))


def _change(call: Call) -> Answer:
    channel = call.channel()
    if not channel.is_thread:
        call.require(channel, Permission.MANAGE_CHANNELS)
    elif channel.owner_id != call.bot.id:
        call.require(channel, Permission.MANAGE_THREADS)
    data = call.object()
    if "name" in data:
        channel.name = _checked_name(data)
    if "applied_tags" in data:
        channel.applied_tags = _checked_tags(channel, data)
    channel.locked = bool(data.get("locked", channel.locked))
    channel.archive_minutes = int(data.get("auto_archive_duration", channel.archive_minutes))
    archive(call.world, channel, archived=bool(data.get("archived", channel.archived)))
    return Answer(_shown(call, channel))


def _from_message(call: Call) -> Answer:
    channel = call.channel(Permission.CREATE_PUBLIC_THREADS)
    message = call.world.message(channel, call.number("message_id"))
    if message.ephemeral:
        raise unknown("Message")
    if message.thread is not None:
        raise Refusal(400, 160004, "A thread has already been created for this message")
    if channel.kind not in _WITH_THREADS:
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    thread = open_thread(call.world, channel, _plan(call, call.object()), message)
    return Answer(_shown(call, thread), 201)


def _open(call: Call) -> Answer:
    channel, data = call.channel(), call.object()
    if channel.kind is ChannelKind.FORUM:
        return _post_in_forum(call, channel, data)
    private = data.get("type", ChannelKind.PRIVATE_THREAD) == ChannelKind.PRIVATE_THREAD
    if channel.kind not in _WITH_THREADS or (private and channel.kind is not ChannelKind.TEXT):
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    call.require(channel, Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
    return Answer(_shown(call, open_thread(call.world, channel, _plan(call, data, private=private))), 201)


def _post_in_forum(call: Call, forum: Channel, data: Json) -> Answer:
    sent: Json = data.get("message") or {}
    call.require(forum, Permission.SEND_MESSAGES | needed_to_send(forum, sent, files=bool(call.uploads)))
    plan = _plan(call, data)
    body = call.composer(forum).new(sent, call.uploads)
    thread = open_thread(call.world, forum, plan)
    message = post(call.world, thread, call.bot, body, Extras(message_id=thread.id))
    return Answer(_shown(call, thread) | {"message": shown(call, message)}, 201)


def _checked_tags(channel: Channel, data: Json) -> list[int]:
    tags, known = [int(tag) for tag in data["applied_tags"]], channel.parent.tags if channel.parent else []
    problems = Problems()
    problems.count(("applied_tags",), tags, 0, _TAGS)
    if set(tags) - {tag.id for tag in known}:
        problems.add(("applied_tags",), "INVALID_TAG", "Unknown tag.")
    problems.refuse()
    return tags


def _plan(call: Call, data: Json, *, private: bool = False) -> ThreadPlan:
    tags = tuple(map(int, data.get("applied_tags") or ()))
    problems = Problems()
    problems.count(("applied_tags",), list(tags), 0, _TAGS)
    problems.refuse()
    return ThreadPlan(_checked_name(data), call.bot, private, int(data.get("auto_archive_duration") or 1440), tags)


def _checked_name(data: Json) -> str:
    problems = Problems()
    problems.length(("name",), data.get("name"), 1, _NAME)
    problems.refuse()
    return str(data["name"])


def _join(call: Call) -> Answer:
    channel = call.channel()
    if not channel.is_thread:
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    channel.joined.add(call.bot.id)
    call.world.tell(ChannelChanged(channel))
    return DONE


def _leave(call: Call) -> Answer:
    channel = call.channel()
    channel.joined.discard(call.bot.id)
    return DONE


def _members(call: Call) -> Answer:
    channel = call.channel()
    return Answer([thread_member(channel, call.world.users[user_id]) for user_id in sorted(channel.joined)])


def _archived(call: Call) -> Answer:
    """Return public threads that are archived, by pages, those first that were archived last."""
    channel, limit = call.channel(Permission.READ_MESSAGE_HISTORY), int(call.query.get("limit", _THREADS))
    if not _FEWEST <= limit <= _MOST:
        raise invalid(("limit",), "NUMBER_TYPE_MAX", f"int value should be {_FEWEST} to {_MOST}.")
    archived = [thread for thread in call.world.channels.values() if thread.parent is channel and thread.archived]
    shown_first = sorted(
        (thread for thread in archived if thread.kind is not ChannelKind.PRIVATE_THREAD),
        key=lambda thread: -thread.archive_changed_at,
    )
    before = call.query.get("before")
    later = [thread for thread in shown_first if before is None or iso(thread.archive_changed_at) < before]
    page = later[:limit]
    members = [thread_member(thread, call.bot) for thread in page if call.bot.id in thread.joined]
    return Answer(
        {"threads": [_shown(call, thread) for thread in page], "members": members, "has_more": len(later) > len(page)}
    )


def _dm(call: Call) -> Answer:
    recipient = call.object().get("recipient_id")
    if recipient is None:
        raise invalid(("recipient_id",), "BASE_TYPE_REQUIRED", "This field is required")
    user = call.world.users.get(int(recipient))
    if user is None:
        raise unknown("User")
    return Answer(_shown(call, call.world.dm(user)))


def _shown(call: Call, channel: Channel) -> Json:
    last = next(call.world.history(channel), None)
    return channel_object(channel, call.bot, None if last is None else last.id)


_ONE = "/channels/{channel_id}"
ROUTES = [
    Route("GET", _ONE, _get),
    Route("PATCH", _ONE, _change),
    Route("POST", f"{_ONE}/threads", _open),
    Route("POST", f"{_ONE}/messages/{{message_id}}/threads", _from_message),
    Route("PUT", f"{_ONE}/thread-members/@me", _join),
    Route("DELETE", f"{_ONE}/thread-members/@me", _leave),
    Route("GET", f"{_ONE}/thread-members", _members),
    Route("GET", f"{_ONE}/threads/archived/public", _archived),
    Route("POST", "/users/@me/channels", _dm),
]
