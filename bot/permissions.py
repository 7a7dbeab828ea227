"""The permissions that the bot needs, and which are missing."""

from __future__ import annotations

from collections.abc import Collection

import discord

SCOPES = ("bot", "applications.commands")

_NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "read_message_history": "Read Message History",
    "add_reactions": "Add Reactions",
}
_FOR_THREADS = {"create_public_threads": "Create Public Threads"}
_FOR_TAGS = {"manage_threads": "Manage Threads"}


def missing(has: discord.Permissions, *, threads: bool, tags: bool = False) -> list[str]:
    """Return the missing permissions, by the names that Discord shows.

    `threads` says that answers get threads, and `tags` that posts get the tag of solved ones.
    """
    wanted = _NEEDED | (_FOR_THREADS if threads else {}) | (_FOR_TAGS if tags else {})
    return [shown for name, shown in wanted.items() if not getattr(has, name)]


def sets_tags(channel: object, solved: Collection[int]) -> bool:
    """Tell whether a channel is a forum with one of the tags of `solved` posts, which the bot then puts on posts."""
    return isinstance(channel, discord.ForumChannel) and any(tag.id in solved for tag in channel.available_tags)


def cannot_mention(me: discord.Permissions, role: discord.Role) -> bool:
    """Tell whether the mention of a role would notify nobody, with the permissions that the bot has in the server."""
    return not (role.mentionable or me.mention_everyone)


def invite(application: int) -> str:
    """Return a link that invites the bot with what it needs, also for what managers may switch on later."""
    permissions = discord.Permissions(**dict.fromkeys(_NEEDED | _FOR_THREADS | _FOR_TAGS, True))
    return str(discord.utils.oauth_url(application, permissions=permissions, scopes=SCOPES))
