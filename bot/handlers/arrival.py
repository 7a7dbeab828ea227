"""Whether a message that was on its way has arrived: Discord may have taken it although that was never heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.retry import is_for_good

if TYPE_CHECKING:
    from bot.client import QuothClient

_LOOKED_THROUGH = 100
"""Messages that are looked through: the first after that which stood last in the channel before, or the latest."""


def last_in(client: QuothClient, number: int) -> int | None:
    """Return the id of the last message of a channel as far as the bot has heard; None where it has heard of none."""
    last = getattr(client.get_channel(number), "last_message_id", None)
    return last if isinstance(last, int) else None


async def has_arrived(
    client: QuothClient,
    number: int,
    after: int | datetime,
    is_it: Callable[[discord.Message], bool],
    *,
    oldest_first: bool = True,
) -> bool:
    """Tell whether a message of the bot that `is_it` stands in a channel after another, or after a time.

    Where the channel cannot be read any more, take it that it does. Raises one of `FAILED` where that is not known for
    now.
    """
    if not is_readable(client, number):
        return True
    since = discord.Object(after) if isinstance(after, int) else after
    place = client.get_partial_messageable(number)
    try:
        async for message in place.history(after=since, limit=_LOOKED_THROUGH, oldest_first=oldest_first):
            if message.author.id == client.own_id and is_it(message):
                return True
    except discord.HTTPException as error:
        if not is_for_good(error):
            raise
        return True
    return False


def is_readable(client: QuothClient, number: int) -> bool:
    """Tell whether Discord shows the bot the messages of a channel: where it may not read them, it shows none."""
    channel = client.get_channel(number)
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return True
    return channel.permissions_for(channel.guild.me).read_message_history
