"""Serves the page: its files, its socket, and what the bot attaches to messages."""

from __future__ import annotations

import errno
import os
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot.playground.address import HOST, Address
from bot.playground.game import Game
from bot.playground.guard import guarded
from bot.playground.socket import PageSocket
from index.errors import QuothError

STATIC = Path(__file__).with_name("static")
PORT = 8765

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class PortError(QuothError):
    """The port that was asked for cannot be used."""


def listen(port: int | None) -> sockets.socket:
    """Return a socket that listens on loopback: on `port`, or on the usual one and else any that is free.

    Raises `PortError` where the port that was asked for is taken.
    """
    try:
        return sockets.create_server((HOST, PORT if port is None else port))
    except OSError as error:
        if port is None and error.errno == errno.EADDRINUSE:
            return sockets.create_server((HOST, 0))
        reason = os.strerror(error.errno or 0)
        raise PortError(f"Port {port or PORT} cannot be used ({reason}): name another with --port.") from error


@asynccontextmanager
async def serving(game: Game, listening: sockets.socket, static: Path = STATIC) -> AsyncIterator[Address]:
    """Serve the page of `game` on a socket that listens, for a while; gives its address."""
    address = Address(listening.getsockname()[1])
    app = guarded(address)
    PageServer(game, address, static).add_to(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield address
    finally:
        await runner.cleanup()


class PageServer:
    """The routes of a page."""

    def __init__(self, game: Game, address: Address, static: Path) -> None:
        """Serve the page of `game` at `address`, with the files in the folder `static`."""
        self._game = game
        self._base = address.base
        self._static = static

    def add_to(self, app: web.Application) -> None:
        """Serve all routes by `app`."""
        app.on_shutdown.append(self._part)
        app.router.add_get(self._base, self._bare)
        app.router.add_get(f"{self._base}/", self._index)
        app.router.add_get(f"{self._base}/socket", self._talk)
        app.router.add_get(f"{self._base}/files/attachments/{{id:[0-9]+}}/{{name}}", self._file)
        app.router.add_post(f"{self._base}/documents", self._drop)
        app.router.add_static(f"{self._base}/static", self._static)

    async def _bare(self, _: web.Request) -> web.Response:
        raise web.HTTPPermanentRedirect(f"{self._base}/")

    async def _index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(self._static / "index.html")

    async def _talk(self, request: web.Request) -> web.StreamResponse:
        return await PageSocket(self._game, f"{self._base}/files").serve(request)

    async def _file(self, request: web.Request) -> web.Response:
        file = self._game.discord.world.files.get(int(request.match_info["id"]))
        if file is None or file.filename != request.match_info["name"]:
            return web.Response(status=404)
        shown = file.content_type if file.content_type in _PICTURES else "application/octet-stream"
        return web.Response(body=file.content, content_type=shown)

    async def _drop(self, request: web.Request) -> web.Response:
        if request.content_type != "multipart/form-data":
            return _refused(415, "Files are sent as a form (multipart/form-data).")
        try:
            return web.json_response(await self._game.drop(await request.multipart()))
        except ValueError:  # what is sent is no such form
            return _refused(400, "That is no form with files.")

    async def _part(self, _: web.Application) -> None:
        for page in list(self._game.pages):
            await page.close()


def _refused(status: int, message: str) -> web.Response:
    return web.json_response({"error": message}, status=status)
