"""Channels and threads on the wire."""

from __future__ import annotations

from bot.standin.clock import iso
from bot.standin.payload import Json
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.user import User
from bot.standin.wire import user as people


def channel(one: Channel, viewer: User, last_message_id: int | None = None) -> Json:
    """Return a channel object of whatever kind, as `viewer` gets it."""
    known: Json = {
        "id": str(one.id),
        "type": int(one.kind),
        "flags": 0,
        "last_message_id": None if last_message_id is None else str(last_message_id),
    }
    if one.guild is None:
        others = [people.user(user) for user in one.recipients if user is not viewer]
        return known | {"recipients": others}
    known |= {"guild_id": str(one.guild.id), "name": one.name, "rate_limit_per_user": 0}
    known["parent_id"] = None if one.parent is None else str(one.parent.id)
    return known | (_thread(one, viewer) if one.is_thread else _standing(one))


def partial(one: Channel, viewer: User) -> Json:
    """Return the channel object that goes with an interaction: with what the person may do there."""
    return channel(one, viewer) | {"permissions": str(one.permissions(viewer).value)}


def _standing(one: Channel) -> Json:
    overwrites = [
        {
            "id": str(target),
            "type": 0 if one.guild and target in one.guild.roles else 1,
            "allow": str(overwrite.allow.value),
            "deny": str(overwrite.deny.value),
        }
        for target, overwrite in one.overwrites.items()
    ]
    known: Json = {
        "position": one.position,
        "topic": one.topic,
        "nsfw": False,
        "permission_overwrites": overwrites,
    }
    return known | (_forum(one) if one.kind is ChannelKind.FORUM else {})


def _forum(one: Channel) -> Json:
    tags = [
        {"id": str(tag.id), "name": tag.name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for tag in one.tags
    ]
    return {
        "available_tags": tags,
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
        "default_thread_rate_limit_per_user": 0,
    }


def _thread(one: Channel, viewer: User) -> Json:
    known: Json = {
        "owner_id": str(one.owner_id),
        "thread_metadata": {
            "archived": one.archived,
            "archive_timestamp": iso(one.created_at),
            "auto_archive_duration": one.archive_minutes,
            "locked": one.locked,
            "create_timestamp": iso(one.created_at),
        },
        "message_count": 0,
        "member_count": len(one.joined),
        "total_message_sent": 0,
        "applied_tags": [str(tag) for tag in one.applied_tags],
    }
    return known | ({"member": thread_member(one, viewer)} if viewer.id in one.joined else {})


def thread_member(thread: Channel, user: User) -> Json:
    """Return what is said of somebody who joined a thread."""
    return {
        "id": str(thread.id),
        "user_id": str(user.id),
        "join_timestamp": iso(thread.created_at),
        "flags": 0,
    }
