"""Channels as sources: managers add them, have them read anew, and take them away; what was read is taken in."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING

import discord

from bot.cards.buttons import ReadAs
from bot.cards.library_card import Outcome, outcome_card
from bot.cards.reference import short_hash
from bot.cards.status_card import notice_card
from bot.channels.records import READS_OF, Kind, Reads, Watched
from bot.channels.store import ChannelError
from bot.handlers.channel_reads import reads_select
from bot.handlers.comparing_channels import can_compare, compare
from bot.handlers.index import check_allowed
from bot.handlers.open_channels import is_open
from bot.handlers.reading_channels import read
from bot.localisation import words
from bot.localisation.catalogue import mark, say, speaking
from bot.responses import NOBODY, defer, deliver
from bot.retry import FAILED, reason_of
from index.build.builder import Gaps
from index.errors import LibraryError, QuothError
from index.library.library import CHANNELS

if TYPE_CHECKING:
    from bot.client import QuothClient

Interaction = discord.Interaction["QuothClient"]
Readable = discord.TextChannel | discord.ForumChannel

_EVERY = 2.0
"""Seconds between looks at whether everybody may still see the channels, and at what has changed."""

_QUIET = 8.0
"""Seconds between two builds, so that people who write do not have one started with every message."""

_WHILE_READING = 60.0
"""Seconds between two builds while history is being read: it comes in hundreds of pages."""

_CATCH_UP = {Kind.TEXT: 600.0, Kind.NEWS: 600.0, Kind.FORUM: 3600.0}
"""Seconds after which it is looked for what was missed while the connection was lost."""

_AGAIN = 60.0
"""Seconds after which a channel that could not be read is tried again."""

_PATIENCE = 10 * 60.0
"""Seconds that reading is waited for: Discord takes an answer for a quarter of an hour."""

_NOTICE = mark(
    "📖 I read this channel, so that its answers can be quoted with a link, without names. `/forget-me` removes what "
    "you wrote, and I read you no more."
)
_TITLE = mark("I read this forum")
_ADDED = mark("Added to the documents")
_READ = mark("was read: {messages}, {documents}.")
_READ_ONLY = mark("was read, and is quoted after the next rebuild: {messages}, {documents}.")
_REMOVED = mark("is no longer read nor quoted. *Undo* reads it anew.")
_STILL_QUOTED = mark("is no longer read nor quoted; the index lets go of it at the next rebuild. *Undo* reads it anew.")

_log = logging.getLogger(__name__)


async def follow(client: QuothClient) -> None:
    """Keep what channels say up to date, for ever."""
    channels, is_picked_up = client.services.channels, False
    await client.wait_until_ready()
    while True:
        if not is_picked_up:
            is_picked_up = await _pick_up(client)
        if channels.watched:
            try:
                await _look(client)
            except (QuothError, OSError, *FAILED) as error:
                _log.warning("channels are not kept up to date", extra={"reason": reason_of(error)})
        await asyncio.sleep(_EVERY)


async def add_channel(interaction: Interaction, number: int, *, head: str = _ADDED) -> discord.ui.LayoutView:
    """Begin to read a channel of the server, by its id, say so in it, and return what came of it, below a `head`.

    It has been said already where this is undoing a removal.

    Raises `LibraryError`, and `ChannelError` where that cannot be kept.
    """
    client, guild = interaction.client, interaction.guild
    channel = guild.get_channel(number) if guild is not None else None
    if not isinstance(channel, Readable):
        raise LibraryError("I do not see that channel: give me the permission to.")
    channels = client.services.channels
    kind = Kind.FORUM if isinstance(channel, discord.ForumChannel) else Kind.NEWS if channel.is_news() else Kind.TEXT
    watched = Watched(channel.id, channel.guild.id, kind, channel.name)
    await asyncio.to_thread(channels.reload)  # fails where it could not be kept: before the channel is told
    _check(client, watched, channel)
    if channel.id not in channels.removed:
        await _tell(channel, client)
    channels.removed.discard(channel.id)
    channels.compared[channel.id] = client.sessions  # what is read now is as it is
    await asyncio.to_thread(channels.watch, watched)
    return await _read(client, channels.watched.get(watched.channel, watched), say(head))


async def refresh_channel(interaction: Interaction, source: str) -> discord.ui.LayoutView:
    """Read a channel from its beginning again, and return what came of it; raises `LibraryError`.

    Then it is compared with what is kept, which finds what was deleted at its end, or in posts.
    """
    client, watched = interaction.client, named(interaction, source)
    _check_intent(client)
    _check_unread(client, watched)
    client.services.channels.compared.pop(watched.channel, None)
    await asyncio.to_thread(client.services.channels.store.restart, watched.channel)
    return await _read(client, watched, say("Refreshed"))


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
    await asyncio.to_thread(client.services.channels.read_as, watched, reads)
    view = await _read(client, named(interaction, source), say("Changed"))
    await deliver(interaction, view, there=there, ephemeral=True)


async def remove_channel(interaction: Interaction, source: str) -> discord.ui.LayoutView:
    """Read a channel no more, and remove what was read of it for good."""
    watched = named(interaction, source)
    channels = interaction.client.services.channels
    await _drop(interaction.client, watched)
    channels.removed.add(watched.channel)
    still_quoted = interaction.client.services.refreshes.is_behind
    text = say(_STILL_QUOTED if still_quoted else _REMOVED)
    outcome = Outcome(f"#{watched.name}", text, source_of(watched), failed=still_quoted)
    return outcome_card(say("Removed from the documents"), [outcome], added=False)


async def restore_channel(interaction: Interaction, number: bytes) -> discord.ui.LayoutView | None:
    """Read a channel again that was removed, by the hash of its source; None where the button is about none.

    Raises what `add_channel` does.
    """
    guild = interaction.guild
    for channel in guild.channels if guild is not None else ():
        if short_hash(f"{CHANNELS}/{channel.guild.id}/{channel.id}/") == number:
            return await add_channel(interaction, channel.id, head=mark("Put back"))
    return None


def sources(interaction: Interaction) -> dict[str, str]:
    """Return the channels of the server that are read: their names, by their sources, which end with a slash."""
    services = interaction.client.services
    here = [watched for watched in services.channels.watched.values() if watched.server == interaction.guild_id]
    return {source_of(watched): f"#{watched.name}" for watched in here}


def is_channel(source: str) -> bool:
    """Tell whether a source is named as a channel is: by its folder, or by what people see of it."""
    return source.startswith((f"{CHANNELS}/", "#"))


def source_of(watched: Watched) -> str:
    """Return the folder of a channel among the sources."""
    return f"{CHANNELS}/{watched.folder}/"


def known_by(interaction: Interaction, number: bytes) -> str | None:
    """Return the source that a button means by its hash, where it is a channel's."""
    return next((source for source in sources(interaction) if short_hash(source) == number), None)


def named(interaction: Interaction, source: str) -> Watched:
    """Return the channel of a source or a name; raises `LibraryError` where none of this server is read."""
    for watched in interaction.client.services.channels.watched.values():
        if watched.server == interaction.guild_id and source.rstrip("/") in {
            source_of(watched).rstrip("/"),
            f"#{watched.name}",
        }:
            return watched
    raise LibraryError("{source} is no channel that is read here: pick one that is offered.", source=source)


async def forget_person(client: QuothClient, person: int) -> int:
    """Remove what a person wrote from the documents, and read them no more; return how many messages.

    The wish holds for channels too that are read later.
    """
    channels = client.services.channels
    author = await asyncio.to_thread(channels.author, person)
    removed = await asyncio.to_thread(channels.store.forget, author)
    if removed:
        await _settle(client)
    return removed


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
    if watched.kind is Kind.FORUM and not services.preferences.of(watched.server).solved_tags:
        raise LibraryError("Of forums I read solved posts alone: pick their tags in `/settings` first.")


def _check_unread(client: QuothClient, watched: Watched) -> None:
    running = client.services.channels.reading.get(watched.channel)
    if running is not None and not running.done():
        raise LibraryError("That channel is being read already.")


def _check_intent(client: QuothClient) -> None:
    if not client.hears_everything:
        raise LibraryError("I may not read channels: I lack the message content intent.")


async def _tell(channel: Readable, client: QuothClient) -> None:
    """Say in a channel that it is read; raises `LibraryError` where that cannot be said."""
    spoken = client.services.preferences.of(channel.guild.id).languages
    language = client.services.listeners.of_message(0, channel.guild.preferred_locale.value, spoken)
    with speaking(language):
        view, title = notice_card(say(_NOTICE)), say(_TITLE)
    try:
        if isinstance(channel, discord.ForumChannel):
            await channel.create_thread(name=title, view=view, allowed_mentions=NOBODY)
        else:
            await channel.send(view=view, allowed_mentions=NOBODY)
    except FAILED as error:
        raise LibraryError("I could not say in that channel that I read it, so I do not.") from error


async def _read(client: QuothClient, watched: Watched, head: str) -> discord.ui.LayoutView:
    channels = client.services.channels
    failed, gaps = False, None
    client.services.limits.stop_counting()
    try:
        async with asyncio.timeout(_PATIENCE):
            await asyncio.shield(_started(client, watched.channel))
        gaps = await _settle(client)
        documents, messages = await asyncio.to_thread(channels.store.counts, watched.channel)
        counted = {"messages": words.messages(messages), "documents": words.documents(documents)}
        text = say(_READ_ONLY if client.services.refreshes.is_behind else _READ, **counted)
    except TimeoutError:
        text = say("is still being read.")
    except FAILED as error:
        _log.warning("a channel could not be read", extra={"reason": reason_of(error)})
        text, failed = say("could not be read just now; it is tried again."), True
    outcome = Outcome(f"#{watched.name}", text, source_of(watched), failed=failed)
    below = reads_select(watched, source_of(watched))
    return outcome_card(head, [outcome], added=True, gaps=gaps, below=below)


def _started(client: QuothClient, channel: int) -> asyncio.Task[None]:
    """Start to read a channel, or join the reading under way."""
    channels = client.services.channels
    running = channels.reading.get(channel)
    if running is None or running.done():
        channels.began[channel] = time.monotonic()
        running = channels.reading[channel] = asyncio.create_task(_read_one(client, channel))
        running.add_done_callback(_heard)
    return running


async def _read_one(client: QuothClient, channel: int) -> None:
    channels = client.services.channels
    await asyncio.to_thread(channels.reload)
    watched = channels.watched.get(channel)
    if watched is None:
        return
    try:
        await read(client, watched)
    except (QuothError, OSError, *FAILED) as error:
        with contextlib.suppress(ChannelError):  # which is in the log
            await asyncio.to_thread(channels.store.fail, channel, reason_of(error))
        raise
    await asyncio.to_thread(channels.reload)


def _compare(client: QuothClient, watched: Watched) -> None:
    """Start to look for what was edited or deleted while the bot was away, unless that was done in this session."""
    channels, channel = client.services.channels, watched.channel
    running = channels.comparing.get(channel)
    if channels.compared.get(channel) == client.sessions or (running is not None and not running.done()):
        return
    if watched.complete and can_compare(client, watched):
        channels.comparing[channel] = asyncio.create_task(_compare_one(client, watched))


async def _compare_one(client: QuothClient, watched: Watched) -> None:
    session = client.sessions
    try:
        await compare(client, watched)
        client.services.channels.compared[watched.channel] = session
    except (QuothError, OSError, *FAILED) as error:
        _log.warning("a channel could not be compared with what is kept of it", extra={"reason": reason_of(error)})
        await asyncio.sleep(_AGAIN)


def _heard(task: asyncio.Task[None]) -> None:
    """Log what ended a reading that nobody waits for: it is tried again."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.warning("a channel could not be read", extra={"reason": str(error)})


async def _pick_up(client: QuothClient) -> bool:
    """Find out which channels are read; return False where that cannot be done yet: the log has why not."""
    channels = client.services.channels
    try:
        removed = await asyncio.to_thread(channels.reconcile)
    except ChannelError:
        return False
    if removed:
        _log.warning("documents of channels that are not read any more were removed")
        await _take_in(client)
    return True


async def _look(client: QuothClient) -> None:
    """Drop what may not be read any more, and read what is due.

    Without the message content intent messages come without their words: then nothing is read.
    """
    channels = client.services.channels
    await asyncio.to_thread(channels.catch_up)
    for watched in list(channels.watched.values()):
        if not _may_be_read(client, watched):
            _log.warning("a channel is read no more: not everybody may see it", extra={"channel": watched.channel})
            await _drop(client, watched)
        elif client.hears_everything:
            if _is_due(channels.began.get(watched.channel), watched):
                _started(client, watched.channel)
            _compare(client, watched)
    reading = any(not task.done() for task in channels.reading.values())
    is_due = time.monotonic() - channels.settled > (_WHILE_READING if reading else _QUIET)
    if is_due and not channels.settling.locked():
        channels.settler = asyncio.create_task(_settle_quietly(client))  # the watch goes on through a build


def _is_due(began: float | None, watched: Watched) -> bool:
    if began is None:
        return True
    return time.monotonic() - began > (_CATCH_UP[watched.kind] if watched.complete else _AGAIN)


def _may_be_read(client: QuothClient, watched: Watched) -> bool:
    """Tell whether everybody may still see a channel of a home server; out of reach, that is not known."""
    homes = client.services.homes
    if homes.are_known and watched.server not in homes:
        return False
    guild = client.get_guild(watched.server)
    if guild is None or guild.unavailable:
        return True
    channel = guild.get_channel(watched.channel)
    return channel is not None and is_open(channel)


async def _settle(client: QuothClient) -> Gaps | None:
    """Write the documents that have changed, take them into the index, and return the gaps that were asked again.

    What somebody else has just written is in the index, too, when this returns.
    """
    channels = client.services.channels
    async with channels.settling:
        channels.settled = time.monotonic()
        return await _take_in(client) if await asyncio.to_thread(channels.write) else None


async def _settle_quietly(client: QuothClient) -> None:
    try:
        await _settle(client)
    except (QuothError, OSError, *FAILED) as error:
        _log.warning("channels are not kept up to date", extra={"reason": reason_of(error)})


async def _drop(client: QuothClient, watched: Watched) -> None:
    channels = client.services.channels
    for tasks in (channels.reading, channels.comparing):
        running = tasks.pop(watched.channel, None)
        if running is not None:
            running.cancel()
    await asyncio.to_thread(channels.drop, watched)
    await _take_in(client)


async def _take_in(client: QuothClient) -> Gaps | None:
    try:
        return (await client.services.refreshes.take_in()).gaps
    except QuothError as error:
        _log.error("what channels say could not be taken in", extra={"reason": str(error)})
        return None
