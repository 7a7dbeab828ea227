"""The bot's reply to a message: sent, put in place of the one before, and taken away."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import discord

from bot.handlers.audience import server_of
from bot.handlers.threads import below
from bot.responses import post

if TYPE_CHECKING:
    from bot.client import QuothClient
    from bot.manners.exchanges import Exchange


async def send(message: discord.Message, view: discord.ui.LayoutView) -> discord.Message:
    """Reply to a message, or, where it has gone or replies are not allowed, say it in the channel; return the reply."""
    try:
        return await post(message.channel, view, message.id, message.to_reference(fail_if_not_exists=False))
    except (discord.NotFound, discord.Forbidden, discord.DiscordServerError):
        raise
    except discord.HTTPException:
        return await post(message.channel, view, message.id)


async def say_instead(client: QuothClient, message: discord.Message, view: discord.ui.LayoutView) -> None:
    """Say to whoever wrote a message why it is not answered: the answer replaces that after an edit."""
    exchanges = client.services.exchanges
    exchange = exchanges.begin(message.id, message.author.id)
    if exchange.answer is None and not exchange.is_deleted:
        sent = await send(message, view)
        exchanges.settle(exchange, sent.channel.id, sent.id)


async def show(
    client: QuothClient, message: discord.Message, exchange: Exchange, view: discord.ui.LayoutView, *, title: str
) -> discord.PartialMessage | None:
    """Show an answer, in place of the one before where there is one, and return it.

    Where the server wants threads, it opens one that is called `title`. None where the question has been deleted, or
    the answer before it: then nothing is shown.
    """
    if exchange.is_deleted:
        return None
    services = client.services
    if exchange.answer is not None:
        services.exchanges.refer(exchange.answer[1], exchange.answer[1])  # it may have offered a vote on another answer
        return await edit(client, exchange, view)
    threads = services.preferences.of(server_of(message)).threads
    sent = await below(message, title, view) if threads else None
    sent = sent or await send(message, view)
    services.exchanges.settle(exchange, sent.channel.id, sent.id)
    if exchange.is_deleted:  # meanwhile
        await delete(client, exchange)
        return None
    return _answer_of(client, exchange)


async def show_written(
    client: QuothClient, exchange: Exchange, text: str, view: discord.ui.LayoutView
) -> discord.PartialMessage | None:
    """Show an answer with sentences and return it, unless its question (`text`) was deleted or changed meanwhile."""
    async with exchange.lock:
        if not exchange.is_shown or exchange.text != text:
            return None
        return await edit(client, exchange, view)


async def edit(client: QuothClient, exchange: Exchange, view: discord.ui.LayoutView) -> discord.PartialMessage | None:
    """Show `view` in place of an answer and return it, None where it is no longer there."""
    message = _answer_of(client, exchange)
    if message is not None:
        with suppress(discord.NotFound):
            await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())
            return message
    return None


async def delete(client: QuothClient, exchange: Exchange) -> None:
    """Take an answer away, where it is still there."""
    message = _answer_of(client, exchange)
    if message is not None:
        with suppress(discord.NotFound):
            await message.delete()


def _answer_of(client: QuothClient, exchange: Exchange) -> discord.PartialMessage | None:
    if exchange.answer is None:
        return None
    channel, answer = exchange.answer
    return client.get_partial_messageable(channel).get_partial_message(answer)
