"""Starting and stopping the bot on Discord: the composition of its client, its handlers and its services."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Callable

import aiohttp
import discord

from bot import compose, logs
from bot.access import rules
from bot.answering.answered_from import announced
from bot.client import Handlers, QuothClient
from bot.handlers import (
    after_build,
    afterwards,
    ask,
    channels,
    checking,
    digest,
    following_channels,
    hello,
    index,
    insight,
    kept,
    lapsing,
    library,
    posts,
    privacy,
    settings,
    source,
    teaching,
)
from bot.handlers import help as help_
from bot.handlers.buttons import ButtonItem
from bot.health.server import watched
from bot.memory import give_back
from bot.observer import NO_OBSERVER, Observer
from bot.services import Services, open_services
from bot.settings import Settings, secrets_of
from index.encode.encoder import Encoder
from index.errors import QuothError

_SWITCH_INTERVAL = 0.001
"""Python's thread switch interval, in seconds. The event loop waits this long for the model's thread after each socket
operation; with Python's default of 5 ms that adds up to a tenth of a second when 64 people ask at once."""


_LOGIN = 60.0
"""Seconds within which the login at the start must succeed."""


_log = logging.getLogger(__name__)


class DiscordError(QuothError):
    """Discord cannot be reached, or refuses the login."""


HANDLERS = Handlers(
    commands=(
        ask.register,
        checking.register,
        source.register,
        library.register,
        index.register,
        insight.register,
        help_.register,
        privacy.register,
        settings.register,
    ),
    buttons=ButtonItem,
    message=channels.created,
    edit=channels.edited,
    deletion=channels.deleted,
    join=hello.hello,
    reaction=afterwards.reacted,
    post_change=channels.thread_changed,
    post_tagging=posts.tagged,
    post_deletion=channels.thread_deleted,
    background=(
        after_build.follow_builds,
        digest.post_digests,
        teaching.drop_outdated,
        following_channels.follow,
        kept.follow,
        lapsing.tell_lapsing,
    ),
)

Make = Callable[..., QuothClient]
"""Makes a client from services, handlers and `content`: `QuothClient` or a subclass."""


def serve(settings: Settings, model: Encoder, make: Make = QuothClient, observer: Observer = NO_OBSERVER) -> None:
    """Run the bot until it is stopped; raises `DiscordError` if Discord refuses the login.

    `make` creates the client; `observer` receives answers and the progress of rebuilds.
    """
    logs.set_up(settings.log_level, questions=settings.log_questions, secrets=secrets_of(settings))
    sys.setswitchinterval(_SWITCH_INTERVAL)
    asyncio.run(_serve(settings, model, make, observer))


async def _serve(settings: Settings, model: Encoder, make: Make, observer: Observer) -> None:
    services = open_services(settings, model, observer)
    for fault in rules.faults(settings.access, compose.library(settings)):
        _log.warning("QUOTH_ACCESS may not do what is meant", extra={"reason": fault})
    _keep_for_good()
    try:
        async with watched(services), announced(services.desk, settings.data):
            await _log_in(settings, services, make)
    finally:
        services.journal.close()
        services.votes.close()
        services.preferences.stored.close()
        services.posts.close()
        services.corrections.close()
        services.consents.close()
        services.channels.close()


async def _log_in(settings: Settings, services: Services, make: Make) -> None:
    try:
        await _run(settings, make(services, HANDLERS, content=True))
    except discord.PrivilegedIntentsRequired:
        _log.warning("no message content intent: mentions, replies and commands are answered all the same")
        await _run(settings, make(services, HANDLERS, content=False))


def _keep_for_good() -> None:
    """Exclude everything loaded so far from garbage collection.

    A collection over everything stops the event loop: for 0.2 s with torch loaded, as other models than the default one
    need it, and for more than a second while a rebuild uses the processors.
    """
    gc.collect()
    gc.freeze()
    give_back()


async def _run(settings: Settings, client: QuothClient) -> None:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    loop = asyncio.get_running_loop()
    serving = asyncio.create_task(_log_in_and_listen(client, token))
    stopping: set[asyncio.Task[None]] = set()

    def stop() -> None:
        stopped = asyncio.ensure_future(client.stop())
        stopped.add_done_callback(lambda _: serving.cancel())
        stopping.add(stopped)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    try:
        await serving
    except asyncio.CancelledError:
        if not stopping:
            raise
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
        await asyncio.gather(*stopping)


async def _log_in_and_listen(client: QuothClient, token: str) -> None:
    """Serve until the client is closed; raises `DiscordError` if Discord refuses the login."""
    try:
        async with client:
            async with asyncio.timeout(_LOGIN):
                await client.login(token)
            await client.connect()
    except discord.LoginFailure as error:
        raise DiscordError(
            "Discord does not know this token: copy it anew from the Bot page of your application, "
            "at discord.com/developers/applications, into QUOTH_DISCORD_TOKEN."
        ) from error
    except discord.PrivilegedIntentsRequired:
        raise
    except discord.ConnectionClosed as error:
        raise DiscordError(
            f"Discord closed the connection for good (code {error.code}): see `quoth doctor`."
        ) from error
    except (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound) as error:
        reason = str(error) or type(error).__name__
        raise DiscordError(f"Discord cannot be reached ({reason}): check the network and try again.") from error
