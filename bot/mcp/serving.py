"""Serving MCP: over standard input and output, or over HTTP on this machine alone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn

from bot import logs
from bot.access.rules import Audience
from bot.answering.desk import Desk
from bot.answering.follow import follow
from bot.mcp import token
from bot.mcp.library import Library
from bot.mcp.server import QuothServer
from bot.settings import Settings, secrets_of
from bot.teaching.corrections import Corrections
from bot.telemetry.metrics import Metrics
from index.encode.encoder import Encoder
from index.errors import QuothError

HOST = "127.0.0.1"
PATH = "/mcp"


class ListenError(QuothError):
    """The port cannot be used."""


def serve(settings: Settings, model: Encoder, audience: Audience, port: int | None) -> None:
    """Serve until the client closes standard input, or on `port` of this machine (0 is a free one) until stopped."""
    given = None if port is None else (_listening(port), token.kept_in(settings.data))
    secrets = [*secrets_of(settings), *([given[1]] if given else [])]
    logs.set_up(settings.log_level, questions=settings.log_questions, secrets=secrets)
    asyncio.run(_serve(settings, model, audience, given))


async def _serve(
    settings: Settings, model: Encoder, audience: Audience, given: tuple[socket.socket, str] | None
) -> None:
    async with _desk(settings, model) as desk:
        server = QuothServer(Library(desk, audience))
        if given is None:
            await server.run_stdio_async()
        else:
            await _over_http(server, *given, settings.data)


@asynccontextmanager
async def _desk(settings: Settings, model: Encoder) -> AsyncIterator[Desk]:
    """Yield what answers, from whichever generation is in use."""
    corrections = Corrections(settings.data, model, only_reads=True)
    desk = Desk(settings, model, Metrics(), corrections=corrections)
    following = asyncio.create_task(follow(desk, desk.standby.shelf))
    try:
        yield desk
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
        await desk.close()
        corrections.close()


async def _over_http(server: QuothServer, listening: socket.socket, expected: str, data: Path) -> None:
    app = token.Guarded(server.streamable_http_app(streamable_http_path=PATH, stateless_http=True), expected)
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="on", timeout_graceful_shutdown=2)
    notice = (
        f"quoth: MCP at http://{HOST}:{listening.getsockname()[1]}{PATH}\n"
        f"Clients send the header `Authorization: Bearer` with the token in {data / token.FILE_NAME}. Ctrl-C ends it."
    )
    print(notice, file=sys.stderr, flush=True)  # noqa: T201 -- this is for whoever started it
    await uvicorn.Server(config).serve(sockets=[listening])


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise ListenError(
            f"Port {port} cannot be used ({os.strerror(error.errno or 0)}): name another with --port."
        ) from error
