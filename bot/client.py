"""The Discord client: what it listens to, and how it starts and stops."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot import logs, messages, permissions
from bot.localise import Dictionary
from bot.replies import NOBODY, refuse
from bot.services import Services, open_services
from bot.settings import Settings
from index.encoder import Encoder
from index.errors import QuothError

_log = logging.getLogger(__name__)

_GRACE = 8.0
"""Seconds that open answers have to finish when the bot is stopped."""


class DiscordError(QuothError):
    """Discord cannot be reached, or does not let the bot in."""


class Tree(app_commands.CommandTree["QuothClient"]):
    """The commands; what goes wrong in one is told to whoever used it."""

    async def on_error(
        self, interaction: discord.Interaction[QuothClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell errors that can be explained; log the others and say that it is not the asker's fault."""
        cause = getattr(error, "original", error)
        if isinstance(cause, QuothError):
            told = cause
        else:
            _log.error("a command failed", exc_info=cause)
            told = QuothError("Something went wrong here, and it has been noted. Please try again.")
        try:
            await refuse(interaction, told)
        except discord.HTTPException as late:
            _log.warning("an error could not be told", extra={"reason": str(late)})


class QuothClient(discord.AutoShardedClient):
    """The bot."""

    def __init__(self, services: Services, *, content: bool) -> None:
        """`content` asks Discord for what people write where the bot is not mentioned (a privileged intent)."""
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=content)
        super().__init__(intents=intents, allowed_mentions=NOBODY, max_messages=None)
        self.services = services
        self.hears_everything = content
        self.tree = Tree(self)
        self._underway: set[asyncio.Task[Any]] = set()

    async def setup_hook(self) -> None:
        """Register commands and buttons, and bring Discord's list of commands up to date."""
        from bot.commands import ask, index, source
        from bot.commands import help as help_
        from bot.presses import Press

        for part in (ask, source, index, help_):
            part.register(self.tree)
        self.add_dynamic_items(Press)
        await self.tree.set_translator(Dictionary())
        try:
            synced = await self.tree.sync()
            _log.info("commands synced", extra={"commands": len(synced)})
        except discord.HTTPException as error:  # the bot still answers mentions, and what was synced before
            _log.error("Discord refused the commands", extra={"reason": str(error)})

    async def on_ready(self) -> None:
        """Say in the log where the bot is."""
        counts = self.services.desk.generation.manifest.counts
        _log.info("ready", extra={"servers": len(self.guilds), "documents": counts.documents})
        threads = self.services.settings.threads
        for guild in self.guilds:
            channels: list[discord.TextChannel | discord.ForumChannel] = [*guild.text_channels, *guild.forums]
            for channel in channels:
                lacking = permissions.missing(channel.permissions_for(guild.me), threads=threads)
                if lacking:
                    told = {"server": guild.name, "channel": channel.name, "missing": lacking}
                    _log.warning("permissions are missing: `quoth doctor` says what to click", extra=told)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is for the bot."""
        task = asyncio.current_task()
        if task is not None:
            self._underway.add(task)
            task.add_done_callback(self._underway.discard)
        await messages.handle(self, message)

    async def stop(self) -> None:
        """Let open answers finish, for a while, then close."""
        if self._underway:
            await asyncio.wait(self._underway, timeout=_GRACE)
        try:
            await asyncio.wait_for(self.services.desk.close(), _GRACE)
        except TimeoutError:
            _log.warning("some answers did not finish in time")
        await self.close()


def serve(settings: Settings, model: Encoder) -> None:
    """Answer on Discord until told to stop; raises `DiscordError` where Discord does not let the bot in."""
    logs.set_up(settings.log_level)
    asyncio.run(_serve(settings, model))


async def _serve(settings: Settings, model: Encoder) -> None:
    services = open_services(settings, model)
    try:
        await _run(settings, services, content=True)
    except discord.PrivilegedIntentsRequired:
        _log.warning("no message content intent: mentions, replies and commands are answered all the same")
        await _run(settings, services, content=False)
    finally:
        services.votes.close()


async def _run(settings: Settings, services: Services, *, content: bool) -> None:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    client = QuothClient(services, content=content)
    loop = asyncio.get_running_loop()
    stopping: set[asyncio.Task[None]] = set()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: stopping.add(asyncio.ensure_future(client.stop())))
    try:
        async with client:
            await client.start(token)
    except discord.LoginFailure as error:
        raise DiscordError(
            "Discord does not know this token: copy it anew from the Bot page of your application, "
            "at discord.com/developers/applications, into QUOTH_DISCORD_TOKEN."
        ) from error
    except (aiohttp.ClientError, OSError, discord.GatewayNotFound) as error:
        raise DiscordError(f"Discord cannot be reached ({error}): check the network and try again.") from error
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
        await asyncio.gather(*stopping)
