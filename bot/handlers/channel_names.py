"""Channels that are read, as managers name them: by their folder among the sources, or by their name."""

from __future__ import annotations

import discord

from bot.cards.buttons import Undo
from bot.cards.reference import short_hash
from bot.channels.records import Watched
from bot.client import QuothClient
from index.errors import LibraryError
from index.library.additions import added_anew
from index.library.library import CHANNELS

Interaction = discord.Interaction[QuothClient]


def sources(interaction: Interaction) -> dict[str, str]:
    """Return the channels of the server that are read: their names, by their sources, which end with a slash."""
    services = interaction.client.services
    here = [watched for watched in services.channels.watched.values() if watched.server == interaction.guild_id]
    return {source_of(watched): f"#{watched.name}" for watched in here}


def is_channel(source: str) -> bool:
    """Tell whether a source is named as a channel is: by its folder, or by what people see of it."""
    return source.startswith((f"{CHANNELS}/", "#"))


def source_of(watched: Watched) -> str:
    """Return the folder of a channel among the sources."""
    return f"{CHANNELS}/{watched.folder}/"


def known_by(interaction: Interaction, number: bytes) -> str | None:
    """Return the source that a button means by its hash, where it is a channel's."""
    return next((source for source in sources(interaction) if short_hash(source) == number), None)


def added_then(interaction: Interaction, pressed: Undo) -> str | None:
    """Return the source of the channel whose adding a button undoes, or None where it is about none that is read.

    Raises `LibraryError` where it has been removed and added anew since.
    """
    source = known_by(interaction, pressed.source)
    if source is not None and pressed.version not in (None, (watched := named(interaction, source)).version):
        raise added_anew(f"#{watched.name}")
    return source


def named(interaction: Interaction, source: str) -> Watched:
    """Return the channel of a source or a name; raises `LibraryError` where none of this server is read."""
    here = [
        watched
        for watched in interaction.client.services.channels.watched.values()
        if watched.server == interaction.guild_id
        and source.rstrip("/") in {source_of(watched).rstrip("/"), f"#{watched.name}"}
    ]
    if len(here) > 1:
        raise LibraryError("Several channels are called {source}: pick one that is offered.", source=source)
    for watched in here:
        return watched
    raise LibraryError("{source} is no channel that is read here: pick one that is offered.", source=source)
