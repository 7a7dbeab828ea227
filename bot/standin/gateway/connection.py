"""One connection to the gateway: from HELLO to the socket's end."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Protocol

from aiohttp import WSMessage, WSMsgType, web

from bot.standin.gateway.deflate import Framer
from bot.standin.gateway.session import Closing, Op, Outbox, Session
from bot.standin.payload import Json

_FAREWELLS = frozenset({1000, 1001})  # a bot that closes with these will not resume


class CloseWith(Exception):  # noqa: N818 - ends a connection by a code; no error of the stand-in's
    """The connection is to be closed with `code`."""

    def __init__(self, code: Closing) -> None:
        """`code` tells the bot why."""
        super().__init__(code.name)
        self.code = code


class Desk(Protocol):
    """Who a connection asks: the gateway's hub, or anything that opens sessions."""

    heartbeat_seconds: float
    acknowledges: bool

    def identify(self, data: Json) -> Session:
        """Open a session, or raise `CloseWith`."""

    def resume(self, data: Json) -> Session | None:
        """Return the session to go on with, or None where it is no longer known."""

    def forget(self, session: Session) -> None:
        """Drop a session that its bot has closed."""

    def ready(self, session: Session) -> None:
        """Send what a new session starts with."""

    def chunk(self, session: Session, data: Json) -> None:
        """Send the members that were asked for."""


class Connection:
    """Reads what a bot sends, and writes what its session has for it."""

    def __init__(self, desk: Desk, socket: web.WebSocketResponse, compress: str | None) -> None:
        """`compress` is the query's."""
        self._desk = desk
        self._socket = socket
        self._framer = Framer(socket, compress)
        self._outbox: Outbox = asyncio.Queue()
        self.session: Session | None = None
        self._closed_here = False
        self._handlers: dict[int, Callable[[Json], None]] = {
            Op.IDENTIFY: self._identify,
            Op.RESUME: self._resume,
            Op.REQUEST_GUILD_MEMBERS: self._chunk,
            Op.PRESENCE_UPDATE: lambda _: None,
            Op.VOICE_STATE_UPDATE: lambda _: None,
        }

    async def serve(self) -> None:
        """Talk until the socket closes."""
        interval = int(self._desk.heartbeat_seconds * 1000)
        self.send({"op": int(Op.HELLO), "s": None, "t": None, "d": {"heartbeat_interval": interval}})
        writer = asyncio.create_task(self._write())
        try:
            async for message in self._socket:
                self._hear(message)
        except CloseWith as closing:
            await self._socket.close(code=closing.code, message=closing.code.name.encode())
        finally:
            self._leave()
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer

    def _leave(self) -> None:
        if self.session is None or self.session.outbox is not self._outbox:
            return
        self.session.outbox = None
        if self._socket.close_code in _FAREWELLS and not self._closed_here:
            self._desk.forget(self.session)

    def send(self, payload: Json) -> None:
        """Put a payload in line."""
        self._outbox.put_nowait(payload)

    async def close(self, code: int) -> None:
        """Close the socket as a server does; what the bot closes it with in turn is no farewell."""
        self._closed_here = True
        await self._socket.close(code=code)

    async def _write(self) -> None:
        while True:
            await self._framer.send(await self._outbox.get())

    def _hear(self, message: WSMessage) -> None:
        if message.type is not WSMsgType.TEXT:
            raise CloseWith(Closing.DECODE_ERROR)
        try:
            payload = json.loads(message.data)
        except ValueError as error:
            raise CloseWith(Closing.DECODE_ERROR) from error
        if payload.get("op") == Op.HEARTBEAT:
            if self._desk.acknowledges:
                self.send({"op": int(Op.HEARTBEAT_ACK)})
            return
        handler = self._handlers.get(payload.get("op"))
        if handler is None:
            raise CloseWith(Closing.UNKNOWN_OPCODE)
        handler(payload.get("d") or {})

    def _identify(self, data: Json) -> None:
        if self.session is not None:
            raise CloseWith(Closing.ALREADY_AUTHENTICATED)
        self.session = self._desk.identify(data)
        self.session.outbox = self._outbox
        self._desk.ready(self.session)

    def _resume(self, data: Json) -> None:
        session = self._desk.resume(data)
        if session is None:
            self.send({"op": int(Op.INVALID_SESSION), "d": False})
            return
        self.session = session
        session.outbox = self._outbox
        if session.replay(int(data.get("seq") or 0)):
            session.dispatch("RESUMED", {})
        else:
            self.send({"op": int(Op.INVALID_SESSION), "d": False})

    def _chunk(self, data: Json) -> None:
        if self.session is None:
            raise CloseWith(Closing.NOT_AUTHENTICATED)
        self._desk.chunk(self.session, data)
