"""Checks what managers have set for their servers in `/settings`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime

import discord

from bot import permissions
from bot.preferences.effective import InForce, ServerSettings, ids
from bot.preferences.store import Change, Name, Preferences, Values
from bot.settings import Settings, variable

_WITH_IDS = frozenset({Name.CHANNELS, Name.HELPER_ROLE, Name.SOLVED_TAGS, Name.DIGEST_CHANNEL})


def in_force(server: discord.Guild, settings: Settings) -> InForce:
    """Return what holds in a server."""
    with closing(Preferences(settings.data)) as stored:
        return ServerSettings(settings, stored).of(server.id)


def lacking(channels: Iterable[object], me: discord.Member, held: InForce) -> Iterator[str]:
    """Yield each channel in which permissions are missing, with their names, for what is in force."""
    for channel in channels:
        if isinstance(channel, discord.TextChannel | discord.ForumChannel):
            tags = permissions.sets_tags(channel, held.solved_tags)
            if absent := permissions.missing(channel.permissions_for(me), threads=held.threads, tags=tags):
                yield f"#{channel.name}: {', '.join(absent)}"


def unmentionable(server: discord.Guild, me: discord.Member, held: InForce) -> str:
    """Return what to click where the mention of the helpers' role would notify nobody; "" where it would."""
    helpers = server.get_role(held.helper_role or 0)
    if helpers is None or not permissions.cannot_mention(me.guild_permissions, helpers):
        return ""
    return (
        f"@{helpers.name}, the role of the helpers, cannot be mentioned: allow everybody to under Server Settings, "
        "Roles, or give the bot's role Mention Everyone."
    )


async def describe(server: discord.Guild, settings: Settings) -> tuple[str, bool]:
    """Return what is set for a server, with who changed it last and when, and whether all that it names is there."""
    with closing(Preferences(settings.data)) as stored:
        values, changes = stored.of(server.id), stored.changes(server.id, 1)
        fixed = ServerSettings(settings, stored).fixed
    if not values:
        return "nothing: the settings of the environment hold", True
    known = _names(server, await server.fetch_channels())
    lines = [_line(name, picked, known, fixed=name in fixed) for name, picked in values.items()]
    gone = any(number not in known for name, picked in values.items() if name in _WITH_IDS for number in ids(picked))
    return f"{'; '.join(lines)}{_last(changes)}", not gone


def _names(server: discord.Guild, channels: Sequence[discord.abc.GuildChannel]) -> Mapping[int, str]:
    """Return how channels, roles and tags are called, by id."""
    tags = {
        tag.id: tag.name
        for channel in channels
        if isinstance(channel, discord.ForumChannel)
        for tag in channel.available_tags
    }
    return (
        {channel.id: f"#{channel.name}" for channel in channels}
        | {role.id: f"@{role.name}" for role in server.roles}
        | tags
    )


def _line(name: Name, picked: Values, known: Mapping[int, str], *, fixed: bool) -> str:
    def shown(value: str) -> str:
        return known.get(int(value), f"{value} (deleted)") if name in _WITH_IDS and value.isdecimal() else value

    note = f" (not in force: {variable(name.value)} fixes it)" if fixed else ""
    return f"{name.value.replace('_', ' ')}: {', '.join(map(shown, picked)) or 'none'}{note}"


def _last(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    change = changes[0]
    who = f"by {change.person} " if change.person is not None else ""
    return f"; last changed {who}on {datetime.fromtimestamp(change.time, UTC):%Y-%m-%d %H:%M} UTC"
