"""Points discord.py at the stand-in, or at any other address: the three places it takes addresses from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


@dataclass(frozen=True)
class Addresses:
    """Where the HTTP API, the gateway and the files are."""

    api: str
    gateway: str
    cdn: str


def redirect(addresses: Addresses) -> None:
    """Have every discord.py client of this process, from now on, talk to `addresses`."""
    Route.BASE = addresses.api
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(addresses.gateway)
    discord.Asset.BASE = addresses.cdn


@contextmanager
def redirected(addresses: Addresses) -> Iterator[None]:
    """Do so for a while."""
    before = Addresses(Route.BASE, str(DiscordWebSocket.DEFAULT_GATEWAY), discord.Asset.BASE)
    redirect(addresses)
    try:
        yield
    finally:
        redirect(before)
