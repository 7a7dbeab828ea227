"""The stand-in Discord: one server on loopback that is the API, the gateway and the file store."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from aiohttp import web

from bot.standin.api.server import Api, Checker
from bot.standin.clock import Clock
from bot.standin.driver.person import Person
from bot.standin.driver.said import Said
from bot.standin.gateway.hub import Hub
from bot.standin.permission import NOTHING, Permission
from bot.standin.posting.post import Extras, post
from bot.standin.redirect import Addresses
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.message import Body
from bot.standin.state.role import Role
from bot.standin.state.user import User
from bot.standin.state.world import World
from bot.standin.wire.interaction import ATTACHMENT_BYTES

_API, _GATEWAY, _CDN = "/api/v10", "/gateway", "/cdn"
_HOST = "127.0.0.1"
TOKEN = "MTAx.stand-in.not-a-secret"  # noqa: S105 - opens the stand-in alone


class StandIn:
    """A Discord on loopback, with one server (`guild`) and one text channel in it (`channel`) to begin with.

    `world` is its state, `api` its HTTP API (`api.faults`, `api.log`, `api.violations`, `api.refusals`), `gateway` its
    gateway (`gateway.drop()`, `gateway.invalidate()`), `clock` its clock, which can be moved forward.
    """

    def __init__(self, *, token: str = TOKEN, openapi: Path | None = None, port: int = 0) -> None:
        """`openapi` is Discord's own description: with it every request and answer is checked against it."""
        self.token = token
        self.clock = Clock()
        self.world = World(self.clock, token)
        self._socket = socket.create_server((_HOST, port))
        place = f"{_HOST}:{self._socket.getsockname()[1]}"
        self.addresses = Addresses(f"http://{place}{_API}", f"ws://{place}{_GATEWAY}", f"http://{place}{_CDN}")
        self.api = Api(self.world, self.addresses.cdn, self.addresses.gateway, _checker(openapi))
        self.gateway = Hub(self.world, self.addresses.cdn, self.addresses.gateway)
        self.guild = self.world.add_guild("Harbour")
        self.channel = self.world.add_channel(self.guild, "general")
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen."""
        app = web.Application(client_max_size=20 * ATTACHMENT_BYTES)
        app.router.add_get(_GATEWAY, self.gateway.handle)
        app.router.add_get(f"{_CDN}/attachments/{{id}}/{{name}}", self._file)
        app.router.add_routes(self.api.routes(_API))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    async def stop(self) -> None:
        """Close every connection and listen no more."""
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self._socket.close()

    def person(self, name: str, *roles: Role) -> Person:
        """Have somebody join the server."""
        user = self.world.add_user(name)
        self.world.add_member(self.guild, user, list(roles))
        return Person(self.world, self.addresses.cdn, user)

    def role(self, name: str, permissions: Permission = NOTHING) -> Role:
        """Make a role in the server."""
        return self.world.add_role(self.guild, name, permissions)

    def text_channel(self, name: str) -> Channel:
        """Make a text channel in the server."""
        return self.world.add_channel(self.guild, name)

    def forum(self, name: str) -> Channel:
        """Make a forum in the server."""
        return self.world.add_channel(self.guild, name, ChannelKind.FORUM)

    def webhook(self, channel: Channel, name: str, text: str) -> Said:
        """Have a webhook post in a channel, under a name of its own: its author is no user, and no bot."""
        author = User(self.world.ids.make(), name)
        body = Body(text, at=self.clock.now())
        return Said(self.world, post(self.world, channel, author, body, Extras(webhook_id=author.id)))

    async def _file(self, request: web.Request) -> web.Response:
        file = self.world.files.get(int(request.match_info["id"]))
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.content_type)


@cache
def _checker(openapi: Path | None) -> Checker | None:
    if openapi is None:
        return None
    from bot.standin.description import Description  # needs jsonschema-rs, which only tests have

    return Description(openapi)


@asynccontextmanager
async def playground(*, token: str = TOKEN, openapi: Path | None = None, port: int = 0) -> AsyncIterator[StandIn]:
    """Run a stand-in Discord for a while."""
    discord = StandIn(token=token, openapi=openapi, port=port)
    await discord.start()
    try:
        yield discord
    finally:
        await discord.stop()
