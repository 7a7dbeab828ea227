"""Messages in channels."""

from __future__ import annotations

from itertools import islice, takewhile

from bot.standin.api.call import DONE, Answer, Call, Route
from bot.standin.payload import Json
from bot.standin.permission import NOTHING, Permission
from bot.standin.posting.post import Extras, delete, edit, post
from bot.standin.refusal import Refusal, missing_access, missing_permissions, unknown
from bot.standin.rules.problems import invalid
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.event import TypingStarted
from bot.standin.state.message import Message, MessageKind
from bot.standin.wire.message import message as message_object

_PAGE, _MOST = 50, 100
_NONCE_SECONDS = 180.0
"""Discord's documentation says "the past few minutes"."""


def shown(call: Call, message: Message) -> Json:
    """Return a message as the API answers with it."""
    return message_object(call.world, message, call.base, reads_all=call.reads_all)


def needed_to_send(channel: Channel, data: Json, *, files: bool) -> Permission:
    """Return what a bot needs to post such a message in a channel."""
    needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    needed |= Permission.EMBED_LINKS if data.get("embeds") else NOTHING
    return needed | (Permission.ATTACH_FILES if files else NOTHING)


def _create(call: Call) -> Answer:
    channel, data = call.channel(), call.object()
    if channel.kind is ChannelKind.FORUM:
        raise Refusal(400, 50008, "Cannot send messages in a non-text channel")
    call.require(channel, needed_to_send(channel, data, files=bool(call.uploads)))
    _check_open(call, channel)
    replied, reference_id = _replied(call, channel, data)
    body = call.composer(channel).new(data, call.uploads, replied)
    nonce = data.get("nonce")
    if nonce is not None and data.get("enforce_nonce") and (known := _sent_lately(call, channel, nonce)):
        return Answer(shown(call, known))
    kind = MessageKind.DEFAULT if reference_id is None else MessageKind.REPLY
    extras = Extras(kind, replied, reference_id, nonce)
    return Answer(shown(call, post(call.world, channel, call.bot, body, extras)))


def _sent_lately(call: Call, channel: Channel, nonce: str | int) -> Message | None:
    """Return the bot's message with a nonce, as far back as Discord remembers one."""
    since = call.world.clock.now() - _NONCE_SECONDS
    lately = takewhile(lambda message: message.versions[0].at >= since, call.world.history(channel))
    return next((message for message in lately if message.author is call.bot and message.nonce == nonce), None)


def _check_open(call: Call, channel: Channel) -> None:
    if any(not user.accepts_dms for user in channel.recipients):
        raise Refusal(403, 50007, "Cannot send messages to this user")
    if channel.locked and not channel.allows(call.bot, Permission.MANAGE_THREADS):
        raise Refusal(403, 160005, "Thread is locked")


def _replied(call: Call, channel: Channel, data: Json) -> tuple[Message | None, int | None]:
    reference = data.get("message_reference")
    if not reference:
        return None, None
    if not channel.is_dm and not channel.allows(call.bot, Permission.READ_MESSAGE_HISTORY):
        raise Refusal(400, 160002, "Cannot reply without permission to read message history")
    message = call.world.messages[channel.id].get(int(reference["message_id"]))
    if message is not None and not message.deleted and not message.ephemeral:
        return message, message.id
    if reference.get("fail_if_not_exists") is not False:
        raise invalid(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
    return None, None


def _message(call: Call, channel: Channel) -> Message:
    message = call.world.message(channel, call.number("message_id"))
    if message.ephemeral:
        raise unknown("Message")
    return message


def _get(call: Call) -> Answer:
    channel = call.channel()
    if not channel.is_dm and not channel.allows(call.bot, Permission.READ_MESSAGE_HISTORY):
        raise missing_access()
    return Answer(shown(call, _message(call, channel)))


def _edit(call: Call) -> Answer:
    channel, data = call.channel(), call.object()
    message = _message(call, channel)
    if message.author is not call.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    if data.get("embeds"):
        call.require(channel, Permission.EMBED_LINKS)
    edit(call.world, message, call.composer(channel).edited(data, call.uploads, message))
    return Answer(shown(call, message))


def _delete(call: Call) -> Answer:
    channel = call.channel()
    message = _message(call, channel)
    if message.author is not call.bot and (channel.is_dm or not channel.allows(call.bot, Permission.MANAGE_MESSAGES)):
        raise missing_permissions()
    delete(call.world, message)
    return DONE


def _history(call: Call) -> Answer:
    channel = call.channel()
    if not channel.is_dm and not channel.allows(call.bot, Permission.READ_MESSAGE_HISTORY):
        return Answer([])
    return Answer([shown(call, message) for message in _page(channel, call)])


def _page(channel: Channel, call: Call) -> list[Message]:
    limit = int(call.query.get("limit", _PAGE))
    if not 1 <= limit <= _MOST:
        raise invalid(("limit",), "NUMBER_TYPE_MAX", f"int value should be 1 to {_MOST}.")
    if "after" in call.query:
        later = list(islice(call.world.later(channel, int(call.query["after"])), limit))
        return later[::-1]
    newest_first = list(call.world.history(channel))
    if "around" in call.query:
        middle = int(call.query["around"])
        nearest = sorted(newest_first, key=lambda message: abs(message.id - middle))[:limit]
        return sorted(nearest, key=lambda message: -message.id)
    before = int(call.query.get("before", 0))
    return [message for message in newest_first if not before or message.id < before][:limit]


def _typing(call: Call) -> Answer:
    channel = call.channel()
    call.require(channel, needed_to_send(channel, {}, files=False))
    call.world.tell(TypingStarted(channel, call.bot))
    return DONE


_ALL = "/channels/{channel_id}/messages"
_ONE = f"{_ALL}/{{message_id}}"
ROUTES = [
    Route("GET", _ALL, _history),
    Route("POST", _ALL, _create),
    Route("GET", _ONE, _get),
    Route("PATCH", _ONE, _edit),
    Route("DELETE", _ONE, _delete),
    Route("POST", "/channels/{channel_id}/typing", _typing),
]
