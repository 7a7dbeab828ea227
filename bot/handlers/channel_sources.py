"""Channels as sources: managers add them, have them read anew, and take them away; what was read is taken in."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import discord

from bot import permissions
from bot.cards.buttons import ReadAs, Undo
from bot.cards.library_card import Outcome, outcome_card
from bot.cards.reference import short_hash
from bot.channels.records import READS_OF, Kind, Reads, Watched
from bot.handlers.channel_names import known_by, named, source_of
from bot.handlers.channel_notice import tell
from bot.handlers.channel_reads import reads_select
from bot.handlers.following_channels import drop, settle, started
from bot.handlers.index import check_allowed
from bot.handlers.open_channels import is_open
from bot.localisation import words
from bot.localisation.catalogue import mark, say
from bot.public_errors import NOTHING_LEFT
from bot.responses import defer, deliver
from bot.retry import FAILED, reason_of
from index.errors import LibraryError
from index.library.library import CHANNELS

if TYPE_CHECKING:
    from bot.client import QuothClient

Interaction = discord.Interaction["QuothClient"]
Readable = discord.TextChannel | discord.ForumChannel

_PATIENCE = 10 * 60.0
"""Seconds that reading is waited for: Discord takes an answer for a quarter of an hour."""

_ADDED = mark("Added to the documents")
_READ = mark("was read: {messages}, {documents}.")
_READ_ONLY = mark("was read, and is quoted after the next rebuild: {messages}, {documents}.")
_REMOVED = mark("is no longer read nor quoted. *Undo* reads it anew.")
_STILL_THERE = mark("is no longer read nor quoted. What was read could not be removed just now: that is tried again.")
_STILL_QUOTED = mark("is no longer read nor quoted; the index lets go of it at the next rebuild. *Undo* reads it anew.")

_log = logging.getLogger(__name__)


async def add_channel(interaction: Interaction, number: int, *, undoing: Undo | None = None) -> discord.ui.LayoutView:
    """Begin to read a channel of the server, by its id, say so in it, and return what came of it.

    It has been said already where this is `undoing` its removal.

    Raises `LibraryError`, and `ChannelError` where that cannot be kept.
    """
    client, guild = interaction.client, interaction.guild
    channel = guild.get_channel(number) if guild is not None else None
    if not isinstance(channel, Readable):
        raise LibraryError("I do not see that channel: give me the permission to.")
    channels = client.services.channels
    kind = Kind.FORUM if isinstance(channel, discord.ForumChannel) else Kind.NEWS if channel.is_news() else Kind.TEXT
    version = undoing.version if undoing is not None else None
    watched = Watched(channel.id, channel.guild.id, kind, channel.name, version=version)
    async with channels.activity.adding:
        await asyncio.to_thread(channels.reload)
        _check(client, watched, channel)
        await _begin(client, watched, channel, is_back=undoing is not None)
    head = say(_ADDED) if undoing is None else say("Put back")
    return await _read(client, channels.watched.get(watched.channel, watched), head)


async def _begin(client: QuothClient, watched: Watched, channel: Readable, *, is_back: bool) -> None:
    """Say in a channel that it is read, unless it `is_back` and that was said then, and read it from now on."""
    channels = client.services.channels
    await asyncio.to_thread(channels.clear, watched)  # fails where it could not be read: before the channel is told
    if not is_back or channel.id not in channels.noticed:
        try:
            await tell(client, channel)
        except FAILED as error:
            raise LibraryError("I could not say in that channel that I read it, so I do not.") from error
        await asyncio.to_thread(channels.tell, channel.id)
    channels.activity.compared[channel.id] = client.sessions  # what is read now is as it is
    await asyncio.to_thread(channels.watch, watched)


async def refresh_channel(interaction: Interaction, source: str) -> discord.ui.LayoutView:
    """Read a channel from its beginning again, and return what came of it; raises `LibraryError`.

    Then it is compared with what is kept, which finds what was deleted at its end, or in posts.
    """
    client, watched = interaction.client, named(interaction, source)
    _check_intent(client)
    _check_unread(client, watched)
    channels = client.services.channels
    channels.activity.cancel_threads(watched.channel)
    await asyncio.to_thread(channels.store.restart, watched.channel)
    await asyncio.to_thread(channels.reload)
    channels.activity.compared.pop(watched.channel, None)  # from here on, once it has been read whole
    return await _read(client, watched, say("Refreshed"), undo=False)


async def read_as(interaction: Interaction, pressed: ReadAs) -> None:
    """Read something else of a channel from now on, as was picked."""
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    client, source, reads = interaction.client, known_by(interaction, pressed.source), Reads(pressed.reads)
    if source is None:
        raise LibraryError("That cannot be picked for this channel.")
    watched = named(interaction, source)
    _check_intent(client)
    _check_unread(client, watched)
    if reads not in READS_OF[watched.kind]:
        raise LibraryError("That cannot be picked for this channel.")
    client.services.channels.activity.cancel_threads(watched.channel)
    await asyncio.to_thread(client.services.channels.read_as, watched, reads)
    view = await _read(client, named(interaction, source), say("Changed"))
    await deliver(interaction, view, there=there, ephemeral=True)


async def remove_channel(interaction: Interaction, source: str) -> discord.ui.LayoutView:
    """Read a channel no more, and remove what was read of it for good."""
    watched = named(interaction, source)
    is_gone = await drop(interaction.client, watched)
    still_quoted = interaction.client.services.refreshes.is_behind or not is_gone
    text = say(_STILL_THERE if not is_gone else _STILL_QUOTED if still_quoted else _REMOVED)
    if not interaction.client.services.desk.is_open:
        text = f"{text} {say(NOTHING_LEFT)}"
    outcome = Outcome(f"#{watched.name}", text, source_of(watched), failed=still_quoted, version=watched.version)
    return outcome_card(say("Removed from the documents"), [outcome], added=False)


async def restore_channel(interaction: Interaction, pressed: Undo) -> discord.ui.LayoutView | None:
    """Read a channel again that was removed; None where the button is about none.

    Raises what `add_channel` does.
    """
    guild = interaction.guild
    for channel in guild.channels if guild is not None else ():
        if short_hash(f"{CHANNELS}/{channel.guild.id}/{channel.id}/") == pressed.source:
            return await add_channel(interaction, channel.id, undoing=pressed)
    return None


async def forget_person(client: QuothClient, person: int) -> tuple[int, bool]:
    """Remove what a person wrote from the documents, and read them no more.

    Return how many messages and titles that were, and whether some may still be in documents, since an earlier wish,
    too: those are written later. The wish holds for channels too that are read later.
    """
    channels = client.services.channels
    author = await asyncio.to_thread(channels.author, person)
    removed = await asyncio.to_thread(channels.store.forget, author)
    try:
        await settle(client)
    except OSError as error:
        _log.warning("some documents could not be written", extra={"reason": reason_of(error)})
    return removed, channels.leftover or await asyncio.to_thread(channels.store.is_erasing)


def _check(client: QuothClient, watched: Watched, channel: Readable) -> None:
    services = client.services
    _check_intent(client)
    if watched.channel in services.channels.watched:
        raise LibraryError("That channel is read already: `/source refresh` reads it anew.")
    if any(path.name.casefold() == CHANNELS for path in services.settings.documents.iterdir()):
        raise LibraryError(
            "The documents have a folder “discord”, where channels would be. Whoever runs the bot can rename it."
        )
    if not is_open(channel):
        raise LibraryError("I read only channels that everybody here may see, with their history.")
    own = channel.permissions_for(channel.guild.me)
    if not (own.view_channel and own.read_message_history and own.send_messages):
        raise LibraryError("I may not read that channel, or may not say in it that I do: give me the permissions.")
    solved = services.preferences.of(watched.server).solved_tags
    if watched.kind is Kind.FORUM and not permissions.sets_tags(channel, solved):
        raise LibraryError("Of forums I read solved posts alone: pick their tags in `/settings` first.")


def _check_unread(client: QuothClient, watched: Watched) -> None:
    running = client.services.channels.activity.reading.get(watched.channel)
    if running is not None and not running.done():
        raise LibraryError("That channel is being read already.")


def _check_intent(client: QuothClient) -> None:
    if not client.hears_everything:
        raise LibraryError("I may not read channels: I lack the message content intent.")


async def _read(client: QuothClient, watched: Watched, head: str, *, undo: bool = True) -> discord.ui.LayoutView:
    """Read a channel and return what came of it, with a button that has it read no more where that would `undo` it."""
    channels = client.services.channels
    failed, gaps = False, None
    client.services.limits.stop_counting()
    try:
        async with asyncio.timeout(_PATIENCE):
            await asyncio.shield(started(client, watched.channel))
        gaps = await settle(client)
        documents, messages = await asyncio.to_thread(channels.store.counts, watched.channel)
        counted = {"messages": words.messages(messages), "documents": words.documents(documents)}
        text = say(_READ_ONLY if client.services.refreshes.is_behind else _READ, **counted)
    except TimeoutError:
        text = say("is still being read.")
    except FAILED as error:
        _log.warning("a channel could not be read", extra={"reason": reason_of(error)})
        text, failed = say("could not be read just now; it is tried again."), True
    added = source_of(watched) if undo else None
    outcome = Outcome(f"#{watched.name}", text, added, failed=failed, version=watched.version)
    below = reads_select(watched, source_of(watched))
    return outcome_card(head, [outcome], added=True, gaps=gaps, below=below)
