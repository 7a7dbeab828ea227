"""A gateway session, which outlives its connection: what was missed is replayed when it resumes."""

from __future__ import annotations

import asyncio
from collections import deque
from enum import IntEnum

from bot.standin.payload import Json
from bot.standin.rules.intents import Intent
from bot.standin.snowflake import shard_of

_KEPT = 10_000  # events that a session that is away may miss; Discord forgets sooner, and says so by op 9


class Op(IntEnum):
    """Gateway opcodes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Closing(IntEnum):
    """Why the gateway closes a connection, by Discord's close codes."""

    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SHARD = 4010
    DISALLOWED_INTENTS = 4014


Outbox = asyncio.Queue[Json]


class Session:
    """What one shard has been sent, and where to send what comes."""

    def __init__(self, session_id: str, intents: Intent, shard: tuple[int, int]) -> None:
        """`shard` is this one's number and how many there are."""
        self.id = session_id
        self.intents = intents
        self.shard = shard
        self.sequence = 0
        self.outbox: Outbox | None = None
        self._sent: deque[Json] = deque(maxlen=_KEPT)

    def hears(self, guild_id: int | None, intent: Intent) -> bool:
        """Say whether an event of a server (None: of direct messages) is for this session."""
        number, count = self.shard
        return intent in self.intents and shard_of(guild_id, count) == number

    def dispatch(self, name: str, data: Json) -> None:
        """Send an event, now or when the session resumes."""
        self.sequence += 1
        payload = {"op": int(Op.DISPATCH), "s": self.sequence, "t": name, "d": data}
        self._sent.append(payload)
        self.send(payload)

    def send(self, payload: Json) -> None:
        """Send anything else; it is lost where nobody is connected."""
        if self.outbox is not None:
            self.outbox.put_nowait(payload)

    def replay(self, after: int) -> bool:
        """Send again what came after the event numbered `after`; False where that is no longer known."""
        if after > self.sequence or (self._sent and after < self._sent[0]["s"] - 1):
            return False
        for payload in self._sent:
            if payload["s"] > after:
                self.send(payload)
        return True
