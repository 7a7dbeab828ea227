"""Kept answers follow their messages: one that is edited changes, one that is deleted or not open any more ends."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import discord

from bot.handlers.channel_messages import text_of
from bot.handlers.consent import expunged, expunged_late
from bot.handlers.open_channels import channel_by_id, is_open
from bot.retry import FAILED, reason_of
from bot.services import Services
from bot.teaching.store import CorrectionError
from index.errors import QuothError
from index.library import kept_answer
from index.library.library import ANSWERS

if TYPE_CHECKING:
    from bot.client import QuothClient

_EVERY = 5.0
"""Seconds between looks at whether everybody may still see the channels of what is kept, which ask Discord nothing."""

_DAY = 86_400.0
"""Seconds after which all messages are asked for again, if the connection was not lost before."""

_AGAIN = 60.0
"""Seconds after which a message that could not be looked at is tried again."""

_REFUSED = 600.0
"""Seconds after which Discord is asked again for what it refuses the bot."""

_PATIENCE = 3 * _DAY
"""Seconds for which an answer stays whose message the bot may not read: a permission may be missing over a weekend."""

_LINK = re.compile(r"https://discord\.com/channels/(\d+)/(\d+)/(\d+)")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Origin:
    """The message that is kept (Discord ids)."""

    server: int
    channel: int
    message: int


class _Place(Enum):
    """What is known of the channel, or thread, of a message that is kept."""

    UNKNOWN = auto()
    OPEN = auto()
    CLOSED = auto()
    """Not everybody may see it, or it is gone."""

    UNREADABLE = auto()
    """The bot may not read it, whoever else may."""


async def edited(client: QuothClient, message: discord.Message) -> None:
    """Keep the new words of a message that is kept as an answer.

    Without the message content intent Discord does not tell them: then the answer stays as it is.
    """
    if message.edited_at is None:
        return
    try:
        if await _updated(client, message):
            await take_in(client.services)
    except (QuothError, OSError) as error:
        client.services.consents.outdated.add(message.id)
        _log.warning("a kept answer could not be changed: it is tried again", extra={"reason": reason_of(error)})


async def deleted(client: QuothClient, message: int) -> None:
    """End the answer that a deleted message was kept as; it cannot be put back."""
    if await ended(client, message):
        await take_in(client.services)


async def channel_deleted(client: QuothClient, channel: int) -> None:
    """End what was kept of a thread that was deleted."""
    origins = await asyncio.to_thread(_origins, client.services, {})
    are_kept = [await ended(client, origin.message) for origin in origins if origin.channel == channel]
    if any(are_kept):
        await take_in(client.services)


async def follow(client: QuothClient) -> None:
    """End answers whose channel is not open any more, and find what was missed while the bot was away, for ever."""
    await client.wait_until_ready()
    watch = _Watch(client)
    while True:
        try:
            await watch.look()
        except (QuothError, OSError, *FAILED) as error:
            _log.warning("kept answers are not kept up to date", extra={"reason": reason_of(error)})
            await asyncio.sleep(_AGAIN)
        await asyncio.sleep(_EVERY)


class _Watch:
    """Looks after all that is kept, from time to time."""

    def __init__(self, client: QuothClient) -> None:
        self._client = client
        self._known: dict[str, _Origin] = {}
        self._threads: dict[int, discord.abc.GuildChannel | discord.Thread] = {}
        """Threads that are archived: Discord tells of their servers without them."""
        self._session = 0
        self._compared = 0.0
        self._seen: frozenset[_Origin] = frozenset()
        """What was kept when that was looked at last."""
        self._due = set[int]()
        """Messages that are still to be compared."""
        self._refused: dict[int, float] = {}
        """Threads that the bot may not see, and until when it asks for them no more."""
        self._resting: dict[int, float] = {}
        """Messages that could not be looked at, and until when nothing is asked about them."""
        self._kept_back: dict[str, float] = {}
        """Answers that could not be removed, and until when that is not tried."""

    async def look(self) -> None:
        """End what is not open any more; once in a session and once a day, compare all with Discord as well.

        What has just been kept, or put back, is compared too: its message may have changed meanwhile.
        """
        client, now = self._client, time.monotonic()
        origins = await asyncio.to_thread(_origins, client.services, self._known)
        if self._session != client.sessions or now - self._compared > _DAY:
            self._session, self._compared, self._seen = client.sessions, now, frozenset()
        self._due |= {origin.message for origin in origins if origin not in self._seen}
        self._due |= self._outdated({origin.message for origin in origins})
        self._seen = frozenset(origins)
        leaving: list[str] = []
        with suppress(CorrectionError):  # which is in the log; the others are looked after all the same
            leaving = await asyncio.to_thread(client.services.consents.leaving)
        self._kept_back = {source: until for source, until in self._kept_back.items() if source in leaving}
        changed = [await self._expunge(source) for source in leaving]
        changed += [await self._tried(self._end_closed, origin) for origin in origins]
        changed += [await self._tried(self._compare, origin) for origin in origins if origin.message in self._due]
        if any(changed):
            await take_in(client.services)

    async def _tried(self, look: Callable[[_Origin], Awaitable[bool]], origin: _Origin) -> bool:
        """Look after one message, and tell whether that changed what is kept; one that fails keeps no other waiting."""
        try:
            return await look(origin)
        except (QuothError, OSError, *FAILED) as error:
            _log.warning("a kept answer is not kept up to date", extra={"reason": reason_of(error)})
            self._resting[origin.message] = time.monotonic() + _AGAIN
            return False

    def _outdated(self, kept: set[int]) -> set[int]:
        """Return the messages whose words could not be changed, of those that are `kept`: they are compared."""
        consents = self._client.services.consents
        outdated, consents.outdated = consents.outdated & kept, set()
        self._resting |= dict.fromkeys(outdated, time.monotonic() + _AGAIN)
        return outdated

    async def _expunge(self, source: str) -> bool:
        """Remove an answer that could not be before, and tell whether it is quoted no more."""
        if self._kept_back.get(source, 0.0) > time.monotonic():
            return False
        self._kept_back[source] = time.monotonic() + _AGAIN
        return await asyncio.to_thread(expunged_late, self._client.services, source)

    async def _end_closed(self, origin: _Origin) -> bool:
        place = await self._place(origin)
        if place is _Place.CLOSED:
            self._due.discard(origin.message)
            return await ended(self._client, origin.message)
        return place is _Place.UNREADABLE and await self._wait_or_end(origin)

    async def _compare(self, origin: _Origin) -> bool:
        """Change or end what is kept of a message, if need be, and tell whether that was done."""
        if self._rests(origin):
            return False
        channel = self._client.get_partial_messageable(origin.channel, guild_id=origin.server)
        try:
            changed = await _updated(self._client, await channel.fetch_message(origin.message))
        except discord.NotFound:
            changed = await ended(self._client, origin.message)
        except discord.Forbidden:
            return await self._wait_or_end(origin)
        self._due.discard(origin.message)
        with suppress(CorrectionError):  # as below
            await asyncio.to_thread(self._client.services.consents.note_read, origin.message)
        return changed

    async def _wait_or_end(self, origin: _Origin) -> bool:
        """End what is kept of a message that could not be read for days, and tell whether that was done.

        Where it can be read again, it is compared first: nobody told the bot whether it was edited or deleted.
        """
        self._due.add(origin.message)
        if self._rests(origin):
            return False
        self._resting[origin.message] = time.monotonic() + _REFUSED
        now = time.time()
        since = await asyncio.to_thread(self._client.services.consents.unread_since, origin.message, now)
        if since == now:
            _log.warning("a kept answer's message cannot be read any more", extra={"channel": origin.channel})
        return now - since > _PATIENCE and await ended(self._client, origin.message)

    async def _place(self, origin: _Origin) -> _Place:
        guild = self._client.get_guild(origin.server)
        if guild is None:  # the bot has left it
            return _Place.UNREADABLE
        if guild.unavailable:
            return _Place.UNKNOWN
        channel = guild.get_channel_or_thread(origin.channel) or self._threads.get(origin.channel)
        if channel is None:
            return await self._place_of_thread(guild, origin)
        return _place_in(guild, channel)

    async def _place_of_thread(self, guild: discord.Guild, origin: _Origin) -> _Place:
        """Ask for a thread that is archived, unless Discord has refused that lately."""
        if self._refused.get(origin.channel, 0.0) > time.monotonic():
            return _Place.UNREADABLE
        if self._rests(origin):
            return _Place.UNKNOWN
        try:
            channel = await channel_by_id(guild, origin.channel)
        except discord.Forbidden:
            self._refused[origin.channel] = time.monotonic() + _REFUSED
            return _Place.UNREADABLE
        if channel is None:
            return _Place.CLOSED
        self._threads[origin.channel] = channel
        return _place_in(guild, channel)

    def _rests(self, origin: _Origin) -> bool:
        return self._resting.get(origin.message, 0.0) > time.monotonic()


def _place_in(guild: discord.Guild, channel: discord.abc.GuildChannel | discord.Thread) -> _Place:
    if not is_open(channel):
        return _Place.CLOSED
    own = channel.permissions_for(guild.me)
    return _Place.OPEN if own.view_channel and own.read_message_history else _Place.UNREADABLE


def _origins(services: Services, known: dict[str, _Origin]) -> list[_Origin]:
    """Return the messages that are kept; those in `known`, by their sources, are not read again."""
    sources = services.additions.sources(ANSWERS)
    for source in sources:
        if source not in known and (origin := _origin(services, source)) is not None:
            known[source] = origin
    return [known[source] for source in sources if source in known]


def _origin(services: Services, source: str) -> _Origin | None:
    """Return the message that an answer keeps, None where the answer does not say which, or is gone meanwhile."""
    path = services.additions.path(source)
    link = _LINK.fullmatch(str(kept_answer.front_matter(path).get("url"))) if path is not None else None
    return _Origin(*map(int, link.groups())) if link is not None else None


async def _updated(client: QuothClient, message: discord.Message) -> bool:
    """Keep a message's new words, or end what is kept of it where there are none, and tell whether that was done."""
    words = text_of(message)
    if not words:
        return client.hears_everything and await ended(client, message.id)
    if not await asyncio.to_thread(_rewrite, client.services, message.id, words):
        return False
    _log.info("a kept answer was changed with its message")
    return True


async def ended(client: QuothClient, message: int) -> bool:
    """End what is kept of a message, and tell whether it was quoted; what cannot be removed is tried again."""
    is_kept = await asyncio.to_thread(_discard, client.services, message)
    if is_kept:
        _log.info("a kept answer was removed with its message, or with what everybody may see of its channel")
    return is_kept


def _of_message(sources: Iterable[str], message: int) -> list[str]:
    return [source for source in sources if source.endswith(f"-{message}.md")]


def _rewrite(services: Services, message: int, words: str) -> bool:
    is_changed = False
    for source in _of_message(services.additions.sources(ANSWERS), message):
        path = services.additions.path(source)
        text = kept_answer.changed(path, message, words) if path is not None else None
        if text is not None:
            services.additions.rewrite(source, text)
            is_changed = True
    return is_changed


def _discard(services: Services, message: int) -> bool:
    """Remove the answers that a message is kept as, those too that could be put back.

    Tell whether one of them is quoted no more.
    """
    sources = _of_message(services.additions.sources(ANSWERS), message)
    all_ = {*sources, *_of_message(services.additions.removed(), message)}
    if all_:
        with suppress(CorrectionError):  # which is in the log; the answers are to go all the same
            services.consents.leave(all_)
    gone = {source for source in sorted(all_) if _is_expunged(services, source)}
    if gone == all_:
        with suppress(CorrectionError):  # as above
            services.consents.forget_message(message)
    return not set(sources) <= set(services.additions.sources(ANSWERS))


def _is_expunged(services: Services, source: str) -> bool:
    try:
        return expunged(services, source)
    except CorrectionError:  # as above
        return True


async def take_in(services: Services) -> None:
    """Have the index say what is kept now; the log has what fails in that."""
    try:
        await services.refreshes.take_in()
    except QuothError as error:
        _log.error("the index was not brought up to date", extra={"reason": str(error)})
