"""The gateway's hub: sessions and connections, and what tests do to them."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from aiohttp import web

from bot.standin.gateway.connection import CloseWith, Connection
from bot.standin.gateway.session import Closing, Op, Session
from bot.standin.gateway.translate import Translator
from bot.standin.payload import Json
from bot.standin.rules.intents import PRIVILEGED, Intent, allowed
from bot.standin.snowflake import shard_of
from bot.standin.state.event import Event, GuildJoined
from bot.standin.state.member import Member
from bot.standin.state.world import World
from bot.standin.wire import user as people

_CHUNK = 1000  # members a GUILD_MEMBERS_CHUNK holds at most
_WHOLE = (0, 1)


class Hub:
    """Everyone who is connected. `identified` and `resumed` count what they did.

    Whoever connects while `admits` is cleared waits until it is set again.
    """

    def __init__(self, world: World, base: str, address: str) -> None:
        """Serve `world`; `base` is where files are, `address` where bots come back to."""
        self.heartbeat_seconds = 41.25
        self.acknowledges = True
        self.identified = 0
        self.resumed = 0
        self.sessions: dict[str, Session] = {}
        self.admits = asyncio.Event()
        self.admits.set()
        self._address = address
        self._world = world
        self._translate = Translator(world, base)
        self._connections: dict[Connection, web.Request] = {}
        world.listen(self._tell)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection."""
        await self.admits.wait()
        socket = web.WebSocketResponse(compress=False, max_msg_size=0, timeout=1.0)
        await socket.prepare(request)
        connection = Connection(self, socket, request.query.get("compress"))
        self._connections[connection] = request
        try:
            await connection.serve()
        finally:
            del self._connections[connection]
        return socket

    async def drop(self, code: int | None = None, *, shard: int | None = None) -> None:
        """Cut every connection (or those of one shard), by a close code or without a word; sessions can be resumed."""
        for connection, request in list(self._connections.items()):
            if shard is not None and (connection.session is None or connection.session.shard[0] != shard):
                continue
            if code is not None:
                await connection.close(code)
            elif request.transport is not None:
                request.transport.abort()
        await asyncio.sleep(0)

    def dispatch(self, name: str, data: Any) -> None:
        """Send an event as it is, whatever is wrong with it, to every bot."""
        for session in self.sessions.values():
            session.dispatch(name, data)

    def reconnect(self) -> None:
        """Ask every bot to connect anew and to resume (op 7)."""
        self._send_all({"op": int(Op.RECONNECT), "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every bot that its session is over (op 9); one that is not `resumable` is forgotten."""
        self._send_all({"op": int(Op.INVALID_SESSION), "d": resumable})
        if not resumable:
            self.sessions.clear()

    async def close(self) -> None:
        """End every connection for good."""
        for connection in list(self._connections):
            await connection.close(1001)

    def identify(self, data: Json) -> Session:
        """Open a session, or raise `CloseWith`: 4004 wrong token, 4010 bad shard, 4014 intents not switched on."""
        if data.get("token") != self._world.application.token:
            raise CloseWith(Closing.AUTHENTICATION_FAILED)
        intents = Intent(int(data.get("intents") or 0))
        if intents & PRIVILEGED & ~allowed(self._world.application):
            raise CloseWith(Closing.DISALLOWED_INTENTS)
        number, count = data.get("shard") or _WHOLE
        if not 0 <= number < count:
            raise CloseWith(Closing.INVALID_SHARD)
        self._forget_those_away(number, count)
        session = Session(secrets.token_hex(16), intents, (number, count))
        self.sessions[session.id] = session
        self.identified += 1
        return session

    def forget(self, session: Session) -> None:
        """Drop a session that its bot has closed: it cannot be resumed."""
        self.sessions.pop(session.id, None)

    def resume(self, data: Json) -> Session | None:
        """Return the session to go on with; None where it is not known any more."""
        if data.get("token") != self._world.application.token:
            raise CloseWith(Closing.AUTHENTICATION_FAILED)
        session = self.sessions.get(str(data.get("session_id")))
        self.resumed += session is not None
        return session

    def ready(self, session: Session) -> None:
        """Send READY, and GUILD_CREATE for each of the shard's servers."""
        application = self._world.application
        mine = [guild for guild in self._world.bot_guilds if shard_of(guild.id, session.shard[1]) == session.shard[0]]
        data: Json = {
            "v": 10,
            "user": people.own_user(application.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
            "session_id": session.id,
            "resume_gateway_url": self._address,
            "shard": list(session.shard),
            "application": {"id": str(application.id), "flags": application.flags},
        }
        session.dispatch("READY", data)
        for guild in mine:
            self._tell_one(session, GuildJoined(guild))

    def chunk(self, session: Session, data: Json) -> None:
        """Send the members of a server that are asked for, by id or by the beginning of their name."""
        guild = self._world.guilds.get(int(data.get("guild_id") or 0))
        if guild is None:
            return
        members = _asked_for(list(guild.members.values()), data)
        parts = [members[start : start + _CHUNK] for start in range(0, len(members), _CHUNK)] or [[]]
        for index, part in enumerate(parts):
            answer: Json = {
                "guild_id": str(guild.id),
                "members": [people.member(member) for member in part],
                "chunk_index": index,
                "chunk_count": len(parts),
                "not_found": [],
                "presences": [],
            }
            nonce = {"nonce": data["nonce"]} if data.get("nonce") else {}
            session.dispatch("GUILD_MEMBERS_CHUNK", answer | nonce)

    def _forget_those_away(self, number: int, count: int) -> None:
        away = [
            session for session in self.sessions.values() if session.outbox is None and session.shard == (number, count)
        ]
        for session in away:
            self.forget(session)

    def _send_all(self, payload: Json) -> None:
        for session in self.sessions.values():
            session.send(payload)

    def _tell(self, event: Event) -> None:
        for session in self.sessions.values():
            self._tell_one(session, event)

    def _tell_one(self, session: Session, event: Event) -> None:
        dispatch = self._translate(event)
        if dispatch is not None and session.hears(dispatch.guild_id, dispatch.intent):
            session.dispatch(dispatch.name, dispatch.render(session.intents))


def _asked_for(members: list[Member], data: Json) -> list[Member]:
    if data.get("user_ids"):
        asked = data["user_ids"]
        ids = {int(user_id) for user_id in (asked if isinstance(asked, list) else [asked])}
        return [member for member in members if member.id in ids]
    query = str(data.get("query") or "").lower()
    matches = [member for member in members if (member.nick or member.user.name).lower().startswith(query)]
    return matches[: data["limit"]] if data.get("limit") else matches
