"""Kept answers follow their messages: one that is edited changes, one that is deleted or not open any more ends."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from bot.handlers.open_channels import found, is_open
from bot.handlers.reading_channels import text_of
from bot.retry import FAILED, reason_of
from bot.services import Services
from index.errors import QuothError
from index.library import kept_answer
from index.library.library import ANSWERS

if TYPE_CHECKING:
    from bot.client import QuothClient

_EVERY = 5.0
"""Seconds between looks at whether everybody may still see the channels of what is kept, which ask Discord nothing."""

_DAY = 86_400.0
"""Seconds after which all messages are asked for again, if the connection was not lost before."""

_LINK = re.compile(r"https://discord\.com/channels/(\d+)/(\d+)/(\d+)")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Origin:
    """The message that is kept (Discord ids)."""

    server: int
    channel: int
    message: int


async def edited(client: QuothClient, message: discord.Message) -> None:
    """Keep the new words of a message that is kept as an answer.

    Without the message content intent Discord does not tell them: then the answer stays as it is.
    """
    if message.edited_at is not None and await _updated(client, message):
        await _take_in(client.services)


async def deleted(client: QuothClient, message: int) -> None:
    """End the answer that a deleted message was kept as; it cannot be put back."""
    if await _ended(client, message):
        await _take_in(client.services)


async def channel_deleted(client: QuothClient, channel: int) -> None:
    """End what was kept of a thread that was deleted."""
    origins = await asyncio.to_thread(_origins, client.services, {})
    ended = [await _ended(client, origin.message) for origin in origins if origin.channel == channel]
    if any(ended):
        await _take_in(client.services)


async def follow(client: QuothClient) -> None:
    """End answers whose channel is not open any more, and find what was missed while the bot was away, for ever."""
    await client.wait_until_ready()
    watch = _Watch(client)
    while True:
        try:
            await watch.look()
        except (QuothError, OSError, *FAILED) as error:
            _log.warning("kept answers are not kept up to date", extra={"reason": reason_of(error)})
            await asyncio.sleep(60.0)
        await asyncio.sleep(_EVERY)


class _Watch:
    """Looks after all that is kept, from time to time."""

    def __init__(self, client: QuothClient) -> None:
        self._client = client
        self._known: dict[str, _Origin | None] = {}
        self._threads: dict[int, discord.abc.GuildChannel | discord.Thread] = {}
        """Threads that are archived: Discord tells of their servers without them."""
        self._session = 0
        self._compared = 0.0

    async def look(self) -> None:
        """End what is not open any more; once in a session and once a day, compare all with Discord as well."""
        client = self._client
        origins = await asyncio.to_thread(_origins, client.services, self._known)
        closed = [origin.message for origin in origins if await self._is_closed(origin)]
        changed = [await _ended(client, message) for message in closed]
        if self._session != client.sessions or time.monotonic() - self._compared > _DAY:
            session = client.sessions
            changed += [await _compared(client, origin) for origin in origins if origin.message not in closed]
            self._session, self._compared = session, time.monotonic()
        if any(changed):
            await _take_in(client.services)

    async def _is_closed(self, origin: _Origin) -> bool:
        """Tell whether not everybody may see a channel any more; of what is out of reach, that is not known."""
        guild = self._client.get_guild(origin.server)
        if guild is None or guild.unavailable:
            return False
        channel = guild.get_channel_or_thread(origin.channel) or self._threads.get(origin.channel)
        if channel is None:
            try:
                channel = await found(guild, origin.channel)
            except discord.Forbidden:
                return False
            if channel is not None:
                self._threads[origin.channel] = channel
        return not is_open(channel)


def _origins(services: Services, known: dict[str, _Origin | None]) -> list[_Origin]:
    """Return the messages that are kept; those in `known`, by their sources, are not read again."""
    sources = services.additions.sources(ANSWERS)
    for source in sources:
        if source not in known:
            known[source] = _origin(services, source)
    return [origin for source in sources if (origin := known[source]) is not None]


def _origin(services: Services, source: str) -> _Origin | None:
    path = services.additions.path(source)
    link = _LINK.fullmatch(str(kept_answer.front_matter(path).get("url"))) if path is not None else None
    return _Origin(*map(int, link.groups())) if link is not None else None


async def _compared(client: QuothClient, origin: _Origin) -> bool:
    """Change or end what is kept of a message, if need be, and tell whether that was done."""
    channel = client.get_partial_messageable(origin.channel, guild_id=origin.server)
    try:
        return await _updated(client, await channel.fetch_message(origin.message))
    except discord.NotFound:
        return await _ended(client, origin.message)
    except discord.Forbidden:  # the bot may not read there: what is kept stays
        return False


async def _updated(client: QuothClient, message: discord.Message) -> bool:
    words = text_of(message)
    if not words or not await asyncio.to_thread(_rewrite, client.services, message.id, words):
        return False
    _log.info("a kept answer was changed with its message")
    return True


async def _ended(client: QuothClient, message: int) -> bool:
    """End what is kept of a message, and tell whether it was quoted."""
    is_kept = await asyncio.to_thread(_discard, client.services, message)
    await asyncio.to_thread(client.services.consents.forget_message, message)
    if is_kept:
        _log.info("a kept answer was removed with its message, or with what everybody may see of its channel")
    return is_kept


def _of_message(sources: Iterable[str], message: int) -> list[str]:
    return [source for source in sources if source.endswith(f"-{message}.md")]


def _rewrite(services: Services, message: int, words: str) -> bool:
    changed = False
    for source in _of_message(services.additions.sources(ANSWERS), message):
        path = services.additions.path(source)
        kept = kept_answer.read(path, message) if path is not None else None
        if kept is not None and kept.words.strip() != words.strip():
            services.additions.rewrite(source, replace(kept, words=words).as_markdown())
            changed = True
    return changed


def _discard(services: Services, message: int) -> bool:
    """Remove the answers that a message is kept as, those too that could be put back; tell whether one was quoted."""
    sources = _of_message(services.additions.sources(ANSWERS), message)
    for source in {*sources, *_of_message(services.additions.removed(), message)}:
        services.additions.expunge(source)
    return bool(sources)


async def _take_in(services: Services) -> None:
    try:
        await services.refreshes.take_in()
    except QuothError as error:
        _log.error("the index was not brought up to date", extra={"reason": str(error)})
