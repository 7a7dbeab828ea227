"""Servers on the wire: as the HTTP API gives them, and as the gateway does."""

from __future__ import annotations

from bot.standin.clock import iso
from bot.standin.payload import Json
from bot.standin.state.channel import Channel
from bot.standin.state.guild import Guild
from bot.standin.state.world import World
from bot.standin.wire import user as people
from bot.standin.wire.channel import channel

LARGE = 250  # servers with more members than this send them only when asked


def guild(server: Guild) -> Json:
    """Return a guild object."""
    return _NOTHING_SPECIAL | {
        "id": str(server.id),
        "name": server.name,
        "owner_id": str(server.owner_id),
        "preferred_locale": server.locale,
        "roles": [people.role(role) for role in server.roles.values()],
    }


def created(world: World, server: Guild, *, members: bool) -> Json:
    """Return what GUILD_CREATE says; without `members` only the bot itself is among them."""
    visible = [place for place in world.channels_of(server) if place.permissions(world.bot)]
    listed = [member for member in server.members.values() if members or member.user is world.bot]
    return guild(server) | {
        "joined_at": iso(server.members[world.bot.id].joined_at),
        "large": len(server.members) > LARGE,
        "unavailable": False,
        "member_count": len(server.members),
        "members": [people.member(member) for member in listed[:LARGE]],
        "channels": [_channel(world, place) for place in visible if not place.is_thread],
        "threads": [_channel(world, place) for place in visible if place.is_thread and not place.archived],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def partial(server: Guild) -> Json:
    """Return what an interaction says of the server that it is from."""
    return {"id": str(server.id), "locale": server.locale, "features": []}


def _channel(world: World, place: Channel) -> Json:
    newest = next(iter(world.history(place)), None)
    return channel(place, world.bot, None if newest is None else newest.id)


_NOTHING_SPECIAL: Json = {
    "icon": None,
    "description": None,
    "home_header": None,
    "splash": None,
    "discovery_splash": None,
    "features": [],
    "banner": None,
    "application_id": None,
    "region": "deprecated",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "system_channel_id": None,
    "system_channel_flags": 0,
    "widget_enabled": False,
    "widget_channel_id": None,
    "verification_level": 0,
    "default_message_notifications": 0,
    "mfa_level": 0,
    "explicit_content_filter": 0,
    "max_presences": None,
    "max_members": 500000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "vanity_url_code": None,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "rules_channel_id": None,
    "safety_alerts_channel_id": None,
    "public_updates_channel_id": None,
    "premium_progress_bar_enabled": False,
    "nsfw": False,
    "nsfw_level": 0,
    "emojis": [],
    "stickers": [],
    "incidents_data": None,
}
