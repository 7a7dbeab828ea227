"""Whom a message notifies: what it says, less what `allowed_mentions` takes back.

Discord reads mentions in the content and in text displays of components, not in embeds. What stands in code is
counted here as well: rather one ping too many than one missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.rules.problems import Problems
from bot.standin.state.channel import Channel
from bot.standin.state.message import Message, Pings
from bot.standin.state.user import User

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")
_EVERYONE = re.compile(r"@(everyone|here)")
_ALL = ("users", "roles", "everyone")
_LISTED = 100


@dataclass(frozen=True)
class Allowed:
    """A request's `allowed_mentions`, read; without one, everything may ping."""

    parse: frozenset[str] = frozenset(_ALL)
    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    replied_user: bool = True

    @classmethod
    def read(cls, sent: Json | None) -> Allowed:
        """Read what was sent; refuses (50035) what contradicts itself."""
        if sent is None:
            return cls()
        check_allowed_mentions(sent)
        return cls(
            frozenset(sent.get("parse") or ()),
            frozenset(map(int, sent.get("users") or ())),
            frozenset(map(int, sent.get("roles") or ())),
            bool(sent.get("replied_user")),
        )


def check_allowed_mentions(sent: Json) -> None:
    """Refuse unknown kinds, over 100 ids, and a kind that is both parsed and listed."""
    problems = Problems()
    parse = sent.get("parse") or []
    for index, kind in enumerate(parse):
        if kind not in _ALL:
            problems.add(("allowed_mentions", "parse", index), "BASE_TYPE_CHOICES", f"Value must be one of {_ALL}.")
    for kind in ("users", "roles"):
        problems.count(("allowed_mentions", kind), sent.get(kind) or [], 0, _LISTED)
        if kind in parse and sent.get(kind):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            problems.add(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
    problems.refuse()


@dataclass(frozen=True)
class Sender:
    """Who writes, where, and whether by way of an interaction, whose @everyone no permission holds back."""

    user: User
    channel: Channel
    webhook: bool = False

    @property
    def may_ping_all(self) -> bool:
        """Whether @everyone, @here and every role may be pinged."""
        return self.webhook or self.channel.allows(self.user, Permission.MENTION_EVERYONE)


def pings(sender: Sender, texts: Iterable[str], allowed: Allowed, replied: Message | None = None) -> Pings:
    """Return whom a message notifies that says `texts` and replies to `replied`."""
    said = "\n".join(texts)
    users = {user_id for user_id in map(int, _USER.findall(said)) if _knows(sender.channel, user_id)}
    users &= users if "users" in allowed.parse else allowed.users
    if replied is not None and allowed.replied_user and not replied.webhook:
        users.add(replied.author.id)
    everyone = bool(_EVERYONE.search(said)) and "everyone" in allowed.parse
    guild = sender.channel.guild
    if guild is None:
        return Pings(frozenset(users))
    roles = {guild.roles[role_id] for role_id in map(int, _ROLE.findall(said)) if role_id in guild.roles}
    named = {
        role.id
        for role in roles
        if ("roles" in allowed.parse or role.id in allowed.roles) and (role.mentionable or sender.may_ping_all)
    }
    return Pings(frozenset(users), frozenset(named), everyone and sender.may_ping_all)


def _knows(channel: Channel, user_id: int) -> bool:
    if channel.guild is not None:
        return user_id in channel.guild.members
    return any(user.id == user_id for user in channel.recipients)
