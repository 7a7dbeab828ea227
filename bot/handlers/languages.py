"""The language of what the bot says by itself, when nobody has just spoken to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.localisation.people import of_server

if TYPE_CHECKING:
    from bot.client import QuothClient


def server_language(client: QuothClient, server: int | None) -> str:
    """Return the language of a server, among those that its settings allow; English where there is no server."""
    guild = client.get_guild(server) if server is not None else None
    locale = guild.preferred_locale.value if guild is not None else None
    return of_server(locale, client.services.preferences.of(server).languages)
