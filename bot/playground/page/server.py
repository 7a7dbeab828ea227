"""Serves the page: its files, its socket, and what the bot attaches to messages."""

from __future__ import annotations

import errno
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot.playground.page.address import HOST, Address
from bot.playground.page.game import Game
from bot.playground.page.guard import guarded
from bot.playground.page.socket import PageSocket
from index.errors import QuothError

STATIC = Path(__file__).with_name("static")
PORT = 8765

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class PortError(QuothError):
    """The port that was asked for cannot be had."""


def listen(port: int | None) -> sockets.socket:
    """Return a socket that listens on loopback: on `port`, or on the usual one and else any that is free.

    Raises `PortError` where the port that was asked for is taken.
    """
    try:
        return sockets.create_server((HOST, PORT if port is None else port))
    except OSError as error:
        if port is None and error.errno == errno.EADDRINUSE:
            return sockets.create_server((HOST, 0))
        raise PortError(f"Port {port or PORT} cannot be had ({error.strerror}): name another by --port.") from error


@asynccontextmanager
async def serving(game: Game, listening: sockets.socket, static: Path = STATIC) -> AsyncIterator[Address]:
    """Serve the page of `game` on a socket that listens, for a while; gives its address."""
    address = Address(listening.getsockname()[1])
    runner = web.AppRunner(_application(game, address, static), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield address
    finally:
        await runner.cleanup()


def _application(game: Game, address: Address, static: Path) -> web.Application:
    app, sockets_open = guarded(address), web.AppKey("sockets", set)
    app[sockets_open] = set()

    async def index(_: web.Request) -> web.FileResponse:
        return web.FileResponse(static / "index.html")

    async def bare(_: web.Request) -> web.Response:
        return web.HTTPPermanentRedirect(f"{address.base}/")

    async def talk(request: web.Request) -> web.StreamResponse:
        return await PageSocket(game, f"{address.base}/files").serve(request)

    async def file(request: web.Request) -> web.Response:
        found = game.discord.world.files.get(int(request.match_info["id"]))
        if found is None or found.filename != request.match_info["name"]:
            return web.Response(status=404)
        shown = found.content_type if found.content_type in _PICTURES else "application/octet-stream"
        return web.Response(body=found.content, content_type=shown)

    app.router.add_get(address.base, bare)
    app.router.add_get(f"{address.base}/", index)
    app.router.add_get(f"{address.base}/socket", talk)
    app.router.add_get(f"{address.base}/files/attachments/{{id:[0-9]+}}/{{name}}", file)
    app.router.add_static(f"{address.base}/static", static)
    return app
