"""The permissions that the bot needs, and which are missing."""

from __future__ import annotations

import discord

SCOPES = ("bot", "applications.commands")

_NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "read_message_history": "Read Message History",
}
_FOR_THREADS = {"create_public_threads": "Create Public Threads"}


def needed(*, threads: bool) -> discord.Permissions:
    """Return the permissions that the bot asks for when it is invited."""
    return discord.Permissions(**dict.fromkeys(_names(threads=threads), True))


def missing(has: discord.Permissions, *, threads: bool) -> list[str]:
    """Return the missing permissions, by the names that Discord shows."""
    return [shown for name, shown in _names(threads=threads).items() if not getattr(has, name)]


def invite(application: int, *, threads: bool) -> str:
    """Return a link that invites the bot with the permissions it needs and no others."""
    return str(discord.utils.oauth_url(application, permissions=needed(threads=threads), scopes=SCOPES))


def _names(*, threads: bool) -> dict[str, str]:
    return _NEEDED | (_FOR_THREADS if threads else {})
