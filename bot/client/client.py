"""The client itself: it hands events to their handlers, and answers for as long as it is not stopping."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.access.places import NotHereError, is_open
from bot.answering.follow import follow
from bot.answering.limits import TooSoonError
from bot.client.open_tasks import OpenTasks
from bot.client.parsers import guard_parsers
from bot.client.refusals import LateFormError, OutdatedError, StoppingError
from bot.client.servers import settle_greetings, settle_homes, warn_of_missing
from bot.localisation.catalogue import speak
from bot.localisation.commands import Dictionary
from bot.responses import NOBODY, offer_nothing, tell_fault
from bot.services import Services
from index.errors import QuothError

_log = logging.getLogger(__name__)

_GRACE = 7.0
"""Seconds that open answers have to finish when the bot is stopped."""

_FAREWELL = 1.5
"""Seconds for closing the connection to Discord."""


class Tree(app_commands.CommandTree["QuothClient"]):
    """The command tree; its errors are shown to whoever used the command."""

    def __init__(self, client: QuothClient, *, elsewhere: bool) -> None:
        """Offer commands in servers and in private messages with the bot; `elsewhere`, too, to who installs it."""
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=elsewhere),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=elsewhere),
        )

    async def interaction_check(self, interaction: discord.Interaction[QuothClient], /) -> bool:
        """Refuse new interactions while the bot is stopping."""
        return await interaction.client.admits(interaction)

    async def on_error(
        self, interaction: discord.Interaction[QuothClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Show errors that can be explained; log the others and show a general apology."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await tell_fault(interaction, OutdatedError())
            return
        cause = getattr(error, "original", error)
        await tell_fault(interaction, cause if isinstance(cause, Exception) else error)


@dataclass(frozen=True, slots=True)
class Handlers:
    """The event handlers: each of `commands` adds commands to a tree; the others receive every such event."""

    commands: Sequence[Callable[[Tree], None]]
    buttons: type[discord.ui.DynamicItem[Any]]
    message: Callable[[QuothClient, discord.Message], Awaitable[None]]
    edit: Callable[[QuothClient, discord.Message], Awaitable[None]]
    deletion: Callable[[QuothClient, int], Awaitable[None]]
    join: Callable[[QuothClient, discord.Guild], Awaitable[None]]
    reaction: Callable[[QuothClient, discord.RawReactionActionEvent], Awaitable[None]]
    post_change: Callable[[QuothClient, discord.RawThreadUpdateEvent], Awaitable[None]]
    post_tagging: Callable[[QuothClient, discord.Thread, discord.Thread], Awaitable[None]]
    post_deletion: Callable[[QuothClient, int], Awaitable[None]]
    background: Sequence[Callable[[QuothClient], Coroutine[Any, Any, None]]] = ()
    """What runs for as long as the bot does."""


class QuothClient(discord.AutoShardedClient):
    """The bot."""

    def __init__(self, services: Services, handlers: Handlers, *, content: bool) -> None:
        """With `content`, request the privileged intent to read messages that do not mention the bot."""
        intents = discord.Intents(
            guilds=True,
            guild_messages=True,
            dm_messages=True,
            guild_reactions=True,
            dm_reactions=True,
            message_content=content,
        )
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the bot never speaks: no warning
        trace = services.metrics.trace()
        super().__init__(intents=intents, allowed_mentions=NOBODY, max_messages=None, http_trace=trace)
        guard_parsers(self._connection.parsers)
        self.services = services
        self._event_handlers = handlers
        services.pulse.follow(self)
        self.hears_everything = content
        self.sessions = 0
        """How many sessions with Discord were begun: what happened between two of them was missed."""

        self.tree = Tree(self, elsewhere=services.settings.answer_elsewhere)
        self.open_tasks = OpenTasks()
        self._stopping = False
        self._greets = False
        self._background: list[asyncio.Task[None]] = []
        self._command_ids: dict[str, int] = {}

    @property
    def own_id(self) -> int:
        """The bot's id; 0, which nobody has, before it has logged in."""
        return self.user.id if self.user is not None else 0

    async def setup_hook(self) -> None:
        """Register commands and buttons, and bring Discord's list of commands up to date."""
        for register in self._event_handlers.commands:
            register(self.tree)
        self.add_dynamic_items(self._event_handlers.buttons)
        await settle_homes(self, self.services.homes)
        self._greets = await settle_greetings(self, self.tree, self.services.preferences.stored)
        self._background = [
            asyncio.create_task(self.services.journal.prune_daily()),
            asyncio.create_task(self.services.posts.prune_daily()),
            asyncio.create_task(follow(self.services.desk, self.services.shelf)),
            asyncio.create_task(_logged(self._once_ready(self.services.upkeep.run))),
            asyncio.create_task(self.services.desk.votes_count.follow()),
            *(asyncio.create_task(_logged(run(self))) for run in self._event_handlers.background),
            asyncio.create_task(_logged(self._once_ready(self.services.refreshes.run))),
        ]
        await self.tree.set_translator(Dictionary())
        try:
            synced = await self.tree.sync()
            self._command_ids = {command.name: command.id for command in synced}
            _log.info("commands synced", extra={"commands": len(synced)})
        except discord.HTTPException as error:  # the bot still answers mentions, and what was synced before
            _log.error("Discord refused the commands", extra={"reason": str(error)})

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say hello, or say in the log that a server is not a home server: the bot does not answer there."""
        if not self._answers_in(guild):
            details = {"server": guild.name, "id": guild.id}
            _log.warning("added to a server that is not its home: QUOTH_SERVERS names those that are", extra=details)
            return
        await self._event_handlers.join(self, guild)

    def _answers_in(self, guild: discord.Guild) -> bool:
        return guild.id in self.services.homes or self.services.settings.answer_elsewhere

    async def _once_ready(self, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do what can wait until questions are answered: keeping index and connectors up to date."""
        await self.wait_until_ready()
        await run()

    async def close(self) -> None:
        """Log out, and end what runs beside."""
        self._end_background()
        await super().close()

    def _end_background(self) -> None:
        for task in self._background:
            task.cancel()

    def command(self, name: str) -> str:
        """Return what leads to a command by its name, to be clicked where Discord has told its id."""
        number = self._command_ids.get(name.partition(" ")[0])
        return f"</{name}:{number}>" if number is not None else f"`/{name}`"

    async def on_ready(self) -> None:
        """Log that the bot is ready, and which permissions are missing; say hello where that has not been said."""
        desk = self.services.desk
        documents = desk.generation.manifest.counts.documents if desk.is_open else 0
        _log.info("ready", extra={"servers": len(self.guilds), "documents": documents})
        for guild in self.guilds:
            held = self.services.preferences.of(guild.id)
            warn_of_missing(guild, threads=held.threads, solved_tags=held.solved_tags)
        for guild in self.guilds:  # which waits for the first index
            if self._greets and self._answers_in(guild):  # it may have been invited while the bot was not running
                await self._event_handlers.join(self, guild)

    async def on_shard_connect(self, shard: int) -> None:
        """Note that a shard has logged in."""
        self.sessions += 1
        self.services.pulse.begin(shard)

    async def on_shard_resumed(self, shard: int) -> None:
        """Note that a shard has resumed."""
        self.services.pulse.begin(shard)

    async def on_shard_disconnect(self, shard: int) -> None:
        """Note that a shard has lost its connection."""
        self.services.pulse.end(shard)

    async def on_message(self, message: discord.Message) -> None:
        """Hand a message to the message handler."""
        if not self._stopping:
            self.open_tasks.add_current()
            self._speak_to(message)
            await self._event_handlers.message(self, message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer anew what was asked and has been changed."""
        if not self._stopping:
            self.open_tasks.add_current()
            self._speak_to(payload.message)
            await self._event_handlers.edit(self, payload.message)

    def _speak_to(self, message: discord.Message) -> None:
        guild = message.guild
        spoken = self.services.preferences.of(guild.id if guild is not None else None).languages
        locale = guild.preferred_locale.value if guild is not None else None
        speak(self.services.listeners.of_message(message.author.id, locale, spoken))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Take back the answer to a message that is gone."""
        await self._event_handlers.deletion(self, payload.message_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Take back the answers to messages that are gone, all at once: what is kept of one waits for no other."""
        await asyncio.gather(*(self._event_handlers.deletion(self, message) for message in payload.message_ids))

    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """Hand a change to a thread on: it may be a post that is solved."""
        await self._event_handlers.post_change(self, payload)

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Hand on what a thread was before a change, too: that a tag stands there does not say that it is new."""
        await self._event_handlers.post_tagging(self, before, after)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Hand on that a thread is gone."""
        await self._event_handlers.post_deletion(self, payload.thread_id)

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Take back an answer where whoever asked wants that."""
        await self._event_handlers.reaction(self, payload)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a form that was open for too long: discord.py drops it without a word."""
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is discord.InteractionType.modal_submit and self.services.forms.is_lost(
            str(data.get("custom_id", ""))
        ):
            speak(self.services.listeners.of_interaction(interaction.user.id, interaction.locale.value))
            await tell_fault(interaction, LateFormError())

    async def admits(self, interaction: discord.Interaction[Any]) -> bool:
        """Register the current task as answering an interaction; return False if it is refused."""
        spoken = self.services.preferences.of(interaction.guild_id).languages
        speak(self.services.listeners.of_interaction(interaction.user.id, interaction.locale.value, spoken))
        error = self._refusal(interaction)
        if interaction.type is discord.InteractionType.autocomplete:
            if isinstance(error, NotHereError):
                await offer_nothing(interaction)
            return error is None
        error = error or self._counted(interaction.user.id)
        if error is not None:
            await tell_fault(interaction, error)
        return error is None

    def _counted(self, person: int) -> TooSoonError | None:
        """Count the current task against what a person may have done at once; return why it is not to go on, if so."""
        try:
            self.services.limits.count_current(person)
        except TooSoonError as error:
            return error
        self.open_tasks.add_current()
        return None

    def _refusal(self, interaction: discord.Interaction[Any]) -> QuothError | None:
        if self._stopping:
            return StoppingError()
        services = self.services
        return None if services.settings.answer_elsewhere or is_open(interaction, services.homes) else NotHereError()

    async def stop(self) -> None:
        """Cancel a running rebuild, wait up to `_GRACE` seconds for open answers, then close."""
        if self._stopping:
            return
        self._stopping = True
        _log.info("stopping")
        self.services.refreshes.cancel()
        self.services.channels.activity.cancel()
        self.services.rebuilds.cancel()
        self.services.forum_posts.close()
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


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    """Do what runs in the background; an error that ends it is logged at once, and not when the bot stops."""
    try:
        await work
    except Exception:
        _log.exception("a background task failed")
        raise
