"""Kept answers follow their messages: one that is edited changes, one whose message is deleted ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.services import Services
from index.errors import QuothError
from index.library import kept_answer
from index.library.library import ANSWERS

if TYPE_CHECKING:
    import discord

    from bot.client import QuothClient

_log = logging.getLogger(__name__)


async def edited(client: QuothClient, message: discord.Message) -> None:
    """Keep the new words of a message that is kept as an answer.

    Without the message content intent Discord does not tell them: then the answer stays as it is.
    """
    if message.edited_at is None or not message.content.strip():
        return
    services = client.services
    if await asyncio.to_thread(_rewrite, services, message.id, message.content):
        _log.info("a kept answer was changed with its message")
        await _take_in(services)


async def deleted(client: QuothClient, message: int) -> None:
    """End the answer that a deleted message was kept as; it cannot be put back."""
    services = client.services
    is_kept = await asyncio.to_thread(_discard, services, message)
    await asyncio.to_thread(services.consents.forget_message, message)
    if is_kept:
        _log.info("a kept answer was removed with its message")
        await _take_in(services)


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
