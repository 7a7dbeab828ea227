"""A playground from its start to its end."""

from __future__ import annotations

import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from bot.playground.address import Address
from bot.playground.game import Game
from bot.playground.script import Script
from bot.playground.server import STATIC, serving
from bot.playground.workspace import workspace
from bot.settings import Settings
from bot.standin.standin import playground


@dataclass(frozen=True)
class Running:
    """A playground that runs: where its page is, and the game."""

    address: Address
    game: Game


@asynccontextmanager
async def opened(
    settings: Settings, listening: socket.socket, static: Path = STATIC, *, scripted: bool = False
) -> AsyncIterator[Running]:
    """Run a playground with the user's `settings` on a socket that listens; the page is up before the bot is.

    Where it is `scripted`, answers are written, by a script in place of a language model. Raises `DocumentsError` where
    there are no documents, and `BuildError` where nothing can be written.
    """
    script = Script() if scripted else None
    with workspace(settings.documents, settings.data) as place:
        async with (
            script.serving() if script else nullcontext(),
            playground(token=secrets.token_urlsafe(32)) as discord,
        ):
            game = Game(settings, discord, place, script)
            async with serving(game, listening, static) as address:
                await game.keeper.start()
                try:
                    yield Running(address, game)
                finally:
                    await game.keeper.stop()
