"""The Discord client: what it listens to, and how it starts and stops."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot import permissions
from bot.answering.follow import follow
from bot.localisation import Dictionary
from bot.responses import NOBODY, tell_fault
from bot.services import Services
from index.errors import QuothError

_log = logging.getLogger(__name__)

_GRACE = 7.0
"""Seconds that open answers have to finish when the bot is stopped."""

_FAREWELL = 1.5
"""Seconds that Discord has to take note that the bot goes."""


class StoppingError(QuothError):
    """The bot is being stopped and takes nothing new."""

    def __init__(self) -> None:
        """Say when to come back."""
        super().__init__("I am being restarted: please try again in a minute.")


class OutdatedError(QuothError):
    """A command is used as it was in another version of the bot."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("That command has changed: restart Discord (Ctrl+R) and use it again.")


class Tree(app_commands.CommandTree["QuothClient"]):
    """The commands; what goes wrong in one is told to whoever used it."""

    async def interaction_check(self, interaction: discord.Interaction[QuothClient], /) -> bool:
        """Let nobody begin while the bot is being stopped."""
        return await interaction.client.admits(interaction)

    async def on_error(
        self, interaction: discord.Interaction[QuothClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell errors that can be explained; log the others and say that it is not the asker's fault."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await tell_fault(interaction, OutdatedError())
            return
        cause = getattr(error, "original", error)
        await tell_fault(interaction, cause if isinstance(cause, Exception) else error)


@dataclass(frozen=True, slots=True)
class Handlers:
    """What the client hands events on to: `commands` each add some to a tree; `message` takes every message."""

    commands: Sequence[Callable[[Tree], None]]
    buttons: type[discord.ui.DynamicItem[Any]]
    message: Callable[[QuothClient, discord.Message], Awaitable[None]]


class QuothClient(discord.AutoShardedClient):
    """The bot."""

    def __init__(self, services: Services, handlers: Handlers, *, content: bool) -> None:
        """`content` asks Discord for what people write where the bot is not mentioned (a privileged intent)."""
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=content)
        trace = services.metrics.trace()
        super().__init__(intents=intents, allowed_mentions=NOBODY, max_messages=None, http_trace=trace)
        self.services = services
        self._event_handlers = handlers
        services.pulse.follow(self)
        self.hears_everything = content
        self.tree = Tree(self)
        self.open_tasks = OpenTasks()
        self._stopping = False
        self._background: list[asyncio.Task[None]] = []

    async def setup_hook(self) -> None:
        """Register commands and buttons, and bring Discord's list of commands up to date."""
        for register in self._event_handlers.commands:
            register(self.tree)
        self.add_dynamic_items(self._event_handlers.buttons)
        self._background = [
            asyncio.create_task(self.services.journal.prune_daily()),
            asyncio.create_task(follow(self.services.desk, self.services.shelf)),
            asyncio.create_task(self._keep_up()),
        ]
        await self.tree.set_translator(Dictionary())
        try:
            synced = await self.tree.sync()
            _log.info("commands synced", extra={"commands": len(synced)})
        except discord.HTTPException as error:  # the bot still answers mentions, and what was synced before
            _log.error("Discord refused the commands", extra={"reason": str(error)})

    async def _keep_up(self) -> None:
        """Bring the index up to date, once questions are answered from it as it is."""
        await self.wait_until_ready()
        try:
            await self.services.upkeep.run()
        except Exception:
            _log.exception("the index is no longer kept up to date")
            raise

    async def close(self) -> None:
        """Log out, and end what runs beside."""
        self._end_background()
        await super().close()

    def _end_background(self) -> None:
        for task in self._background:
            task.cancel()

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

    async def on_shard_connect(self, shard: int) -> None:
        """Note that a shard has logged in."""
        self.services.pulse.begin(shard)

    async def on_shard_resumed(self, shard: int) -> None:
        """Note that a shard goes on."""
        self.services.pulse.begin(shard)

    async def on_shard_disconnect(self, shard: int) -> None:
        """Note that a shard has lost its connection."""
        self.services.pulse.end(shard)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is for the bot."""
        if not self._stopping:
            self.open_tasks.add_current()
            await self._event_handlers.message(self, message)

    async def admits(self, interaction: discord.Interaction[Any]) -> bool:
        """Count in the task that answers an interaction; refuse where the bot is being stopped."""
        if interaction.type is discord.InteractionType.autocomplete:
            return not self._stopping
        if self._stopping:
            await tell_fault(interaction, StoppingError())
            return False
        self.open_tasks.add_current()
        return True

    async def stop(self) -> None:
        """Let open answers finish, for a while, then close; a rebuild is broken off."""
        if self._stopping:
            return
        self._stopping = True
        _log.info("stopping")
        self.services.rebuilds.cancel()
        self._end_background()
        unfinished = await self.open_tasks.finish(_GRACE)
        if unfinished:
            _log.warning("some answers did not finish in time", extra={"answers": unfinished})
        await self.services.rebuilds.ended()
        await self.services.desk.close()
        await asyncio.to_thread(self.services.journal.close)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL):
                await self.close()
        _log.info("stopped")


class OpenTasks:
    """Tasks that are not to be cut off."""

    def __init__(self) -> None:
        """There are none."""
        self._tasks: set[asyncio.Task[Any]] = set()

    def add_current(self) -> None:
        """Count in the task that this is called from, until it ends."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> int:
        """Wait until all have ended, `seconds` at most; return how many have not."""
        if not self._tasks:
            return 0
        _, unfinished = await asyncio.wait(self._tasks, timeout=seconds)
        return len(unfinished)
