"""Pictures with a message: which of them are read, and what they add to what it asks."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import discord

from bot.manners.markup import searchable
from bot.retry import FAILED

if TYPE_CHECKING:
    from bot.services import Services

MOST_PICTURES = 2
MOST_BYTES = 4 * 1024 * 1024
_ENDINGS: Mapping[str, str] = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}

_log = logging.getLogger(__name__)


def pictures_of(message: discord.Message) -> tuple[discord.Attachment, ...]:
    """Return the pictures with a message, and with what it forwards, that may be read."""
    attached = [
        *message.attachments,
        *(attachment for snapshot in message.message_snapshots for attachment in snapshot.attachments),
    ]
    return tuple(
        attachment for attachment in attached if _ending(attachment) is not None and attachment.size <= MOST_BYTES
    )


async def seen_in(services: Services, pictures: Sequence[discord.Attachment]) -> str:
    """Return what the first pictures say of an error, as it is searched for; "" where they are not read."""

    async def fetched() -> list[tuple[str, bytes]]:
        return [(_ending(picture) or "", await picture.read()) for picture in pictures[:MOST_PICTURES]]

    try:
        return searchable(await services.screenshots.text(fetched)) if pictures else ""
    except FAILED:
        _log.info("a picture with a question could not be fetched")
        return ""


def _ending(attachment: discord.Attachment) -> str | None:
    return _ENDINGS.get((attachment.content_type or "").partition(";")[0].strip().lower())
