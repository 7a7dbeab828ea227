"""Checks what managers have set for their servers in `/settings`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime

import discord

from bot.preferences.effective import ServerSettings, ids
from bot.preferences.store import Change, Name, Preferences, Values
from bot.settings import Settings, variable

_WITH_IDS = frozenset({Name.CHANNELS, Name.HELPER_ROLE, Name.SOLVED_TAGS, Name.DIGEST_CHANNEL})


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
