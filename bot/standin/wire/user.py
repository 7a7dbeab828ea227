"""Users, members and roles on the wire."""

from __future__ import annotations

from bot.standin.clock import iso
from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.state.member import Member
from bot.standin.state.role import Role
from bot.standin.state.user import User


def user(account: User) -> Json:
    """Return a user object."""
    return {
        "id": str(account.id),
        "username": account.name,
        "global_name": account.display_name,
        "discriminator": "0000" if account.bot else "0",
        "avatar": None,
        "bot": account.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user(account: User) -> Json:
    """Return the user object that a bot gets of itself."""
    return user(account) | {"mfa_enabled": True, "locale": account.locale, "verified": True, "email": None}


def member(membership: Member, permissions: Permission | None = None) -> Json:
    """Return a member object, with the user's; `permissions` go with those of an interaction."""
    known = bare_member(membership) | {"user": user(membership.user)}
    return known if permissions is None else known | {"permissions": str(permissions.value)}


def bare_member(membership: Member) -> Json:
    """Return a member object without its user, as messages carry it."""
    return {
        "roles": [str(role.id) for role in membership.roles],
        "nick": membership.nick,
        "joined_at": iso(membership.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "avatar": None,
        "banner": None,
        "flags": 0,
        "pending": False,
        "mute": False,
        "deaf": False,
    }


def role(server_role: Role) -> Json:
    """Return a role object."""
    tags = {} if server_role.bot_id is None else {"tags": {"bot_id": str(server_role.bot_id)}}
    return tags | {
        "id": str(server_role.id),
        "name": server_role.name,
        "permissions": str(server_role.permissions.value),
        "position": server_role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": server_role.managed,
        "mentionable": server_role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
