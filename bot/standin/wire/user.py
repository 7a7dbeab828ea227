"""Users, members and roles on the wire."""

from __future__ import annotations

from bot.standin.clock import iso
from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.state.member import Member
from bot.standin.state.role import Role
from bot.standin.state.user import User


def user(one: User) -> Json:
    """Return a user object."""
    return {
        "id": str(one.id),
        "username": one.name,
        "global_name": one.display_name,
        "discriminator": "0000" if one.bot else "0",
        "avatar": None,
        "bot": one.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user(one: User) -> Json:
    """Return the user object that a bot gets of itself."""
    return user(one) | {"mfa_enabled": True, "locale": one.locale, "verified": True, "email": None}


def member(one: Member, permissions: Permission | None = None) -> Json:
    """Return a member object, with the user's; `permissions` go with those of an interaction."""
    known = bare_member(one) | {"user": user(one.user)}
    return known if permissions is None else known | {"permissions": str(permissions.value)}


def bare_member(one: Member) -> Json:
    """Return a member object without its user, as messages carry it."""
    return {
        "roles": [str(role.id) for role in one.roles],
        "nick": one.nick,
        "joined_at": iso(one.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "avatar": None,
        "banner": None,
        "flags": 0,
        "pending": False,
        "mute": False,
        "deaf": False,
    }


def role(one: Role) -> Json:
    """Return a role object."""
    tags = {} if one.bot_id is None else {"tags": {"bot_id": str(one.bot_id)}}
    return tags | {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions.value),
        "position": one.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": one.managed,
        "mentionable": one.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
