"""`/healthz` and `/metrics` over HTTP, for those who look after the bot."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client.exposition import choose_encoder

from bot.health.checks import PATIENCE, Health, Patience
from bot.health.lag import sample
from bot.health.state import State
from bot.settings import variable
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.services import Services
    from bot.settings import Settings

_log = logging.getLogger(__name__)


class ListenError(QuothError):
    """The address in the settings cannot be listened on."""


@asynccontextmanager
async def watched(services: Services, patience: Patience = PATIENCE) -> AsyncIterator[str | None]:
    """Serve both while the context is open, if the settings name a port; yield the address, `http://HOST:PORT`.

    Raises `ListenError`, one sentence, if the address cannot be listened on.
    """
    if services.settings.health_port is None:
        yield None
        return
    services.metrics.registry.register(state := State(services))
    runner = web.AppRunner(_application(services, patience, state), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    lag = asyncio.create_task(sample(lambda late: _note(services, late)))
    try:
        yield await _listen(runner, services.settings)
    finally:
        lag.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await lag
        await runner.cleanup()


def _note(services: Services, late: float) -> None:
    services.metrics.lagged(late)
    services.pulse.listen()


async def _listen(runner: web.AppRunner, settings: Settings) -> str:
    host, port = settings.health_host, settings.health_port
    try:
        await web.TCPSite(runner, host, port).start()
    except (OSError, UnicodeError) as error:
        raise ListenError(
            f"Health and metrics cannot be served at {host}:{port} ({_reason(error)}): "
            f"change {variable('health_host')} or {variable('health_port')}."
        ) from error
    bound = runner.addresses[0]
    address = f"http://{f'[{bound[0]}]' if ':' in bound[0] else bound[0]}:{bound[1]}"
    _log.info("health and metrics", extra={"address": address})
    return address


def _reason(error: OSError | UnicodeError) -> str:
    """Return the reason as text: asyncio wraps the system's in a sentence, and name lookups have others."""
    number = error.errno if isinstance(error, OSError) else None
    return os.strerror(number) if number is not None and number > 0 else str(error)


def _application(services: Services, patience: Patience, state: State) -> web.Application:
    health = Health(services, patience)

    async def healthz(_: web.Request) -> web.Response:
        complaints = await health.complaints()
        report = {
            "healthy": not complaints,
            "complaints": complaints,
            "generation": services.desk.generation.name if services.desk.is_open else None,
            "shards": {beat.shard: round(beat.silence, 1) for beat in services.pulse.beats()},
        }
        return web.json_response(report, status=503 if complaints else 200)

    async def metrics(request: web.Request) -> web.Response:
        await state.look()
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        body = encode(services.metrics.registry)
        return web.Response(body=body, headers={"Content-Type": content_type})

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/metrics", metrics)
    return application
