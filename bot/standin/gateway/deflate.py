"""The gateway's transport compression."""

from __future__ import annotations

import json
import zlib

from aiohttp import web

from bot.standin.payload import Json


class Framer:
    """Writes payloads to one connection: as text, or as parts of one zlib stream."""

    def __init__(self, socket: web.WebSocketResponse, compress: str | None) -> None:
        """`compress` is the query's: `zlib-stream`, or nothing."""
        self._socket = socket
        self._zlib = zlib.compressobj(level=1) if compress == "zlib-stream" else None

    async def send(self, payload: Json) -> None:
        """Send one payload; one flush ends it, as Discord's does."""
        text = json.dumps(payload, separators=(",", ":"))
        if self._zlib is None:
            await self._socket.send_str(text)
        else:
            frame = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            await self._socket.send_bytes(frame)
