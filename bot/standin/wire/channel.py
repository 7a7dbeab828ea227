"""Channels and threads on the wire."""

from __future__ import annotations

from bot.standin.clock import iso
from bot.standin.payload import Json
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.user import User
from bot.standin.wire import user as people


def channel(place: Channel, viewer: User, last_message_id: int | None = None) -> Json:
    """Return a channel object of whatever kind, as `viewer` gets it."""
    known: Json = {
        "id": str(place.id),
        "type": int(place.kind),
        "flags": 0,
        "last_message_id": None if last_message_id is None else str(last_message_id),
    }
    if place.guild is None:
        others = [people.user(user) for user in place.recipients if user is not viewer]
        return known | {"recipients": others}
    known |= {"guild_id": str(place.guild.id), "name": place.name, "rate_limit_per_user": 0}
    known["parent_id"] = None if place.parent is None else str(place.parent.id)
    return known | (_thread(place, viewer) if place.is_thread else _standing(place))


def partial(place: Channel, viewer: User) -> Json:
    """Return the channel object that goes with an interaction: with what the person may do there."""
    return channel(place, viewer) | {"permissions": str(place.permissions(viewer).value)}


def _standing(place: Channel) -> Json:
    overwrites = [
        {
            "id": str(target),
            "type": 0 if place.guild and target in place.guild.roles else 1,
            "allow": str(overwrite.allow.value),
            "deny": str(overwrite.deny.value),
        }
        for target, overwrite in place.overwrites.items()
    ]
    known: Json = {
        "position": place.position,
        "topic": place.topic,
        "nsfw": False,
        "permission_overwrites": overwrites,
    }
    return known | (_forum(place) if place.kind is ChannelKind.FORUM else {})


def _forum(forum: Channel) -> Json:
    tags = [
        {"id": str(tag.id), "name": tag.name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for tag in forum.tags
    ]
    return {
        "available_tags": tags,
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
        "default_thread_rate_limit_per_user": 0,
    }


def _thread(thread: Channel, viewer: User) -> Json:
    known: Json = {
        "owner_id": str(thread.owner_id),
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": iso(thread.archive_changed_at),
            "auto_archive_duration": thread.archive_minutes,
            "locked": thread.locked,
            "create_timestamp": iso(thread.created_at),
        },
        "message_count": 0,
        "member_count": len(thread.joined),
        "total_message_sent": 0,
        "applied_tags": [str(tag) for tag in thread.applied_tags],
    }
    return known | ({"member": thread_member(thread, viewer)} if viewer.id in thread.joined else {})


def thread_member(thread: Channel, user: User) -> Json:
    """Return what is said of somebody who joined a thread."""
    return {
        "id": str(thread.id),
        "user_id": str(user.id),
        "join_timestamp": iso(thread.created_at),
        "flags": 0,
    }
