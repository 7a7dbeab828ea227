"""Posts in the forums of the settings: their authors are answered, once they have stopped writing, and nobody else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.handlers.conversation import turns_before
from bot.handlers.pictures import pictures_of
from bot.handlers.questions import asked_in, text_of, titled
from bot.manners.forum_posts import ForumPost
from bot.manners.small_talk import read
from bot.retry import FAILED, reason_of

if TYPE_CHECKING:
    from bot.client import QuothClient
    from bot.handlers.questions import Question

Answer = Callable[["QuothClient", discord.Message, "Question"], Awaitable[bool]]
"""Answers what nobody put to the bot; tells whether it did."""

_LOOKED_THROUGH = 50
"""Messages of a post that is older than this run of the bot in which an answer of others is looked for."""

_log = logging.getLogger(__name__)


async def take(client: QuothClient, message: discord.Message, answer: Answer) -> None:
    """Take a message in a post: its author's is answered when they stop writing, others' may silence the bot."""
    thread, posts = message.channel, client.services.forum_posts
    if not isinstance(thread, discord.Thread):
        return
    if message.author.id != thread.owner_id:
        if _silences(client, message.author, thread):
            posts.silence(thread.id)
        return
    running: set[asyncio.Task[None]] = set()

    def when_quiet(post: ForumPost) -> None:
        task = asyncio.create_task(_answer(client, thread, post, answer))
        running.add(task)
        task.add_done_callback(running.discard)

    posts.take(message, when_quiet)


async def _answer(client: QuothClient, thread: discord.Thread, post: ForumPost, answer: Answer) -> None:
    """Answer what an author has written since the last answer, unless the bot is to be silent."""
    client.open_tasks.add_current()
    written = list(post.written)
    try:
        if post.is_silenced is None:
            post.is_silenced = await _was_answered(client, thread)
        if post.is_silenced or not written:
            return
        begins = written[0].id == thread.id
        said = "\n".join(filter(None, (titled(message, text_of(message)) for message in written)))
        me = client.user.id if client.user is not None else 0
        question = asked_in(written[-1], said, () if begins else await turns_before(written[0], me))
        question = replace(question, pictures=tuple(picture for message in written for picture in pictures_of(message)))
        if question.text and (begins or read(question.text).asks) and await answer(client, written[-1], question):
            del post.written[: len(written)]
    except FAILED as error:
        _log.warning("a post could not be answered", extra={"channel": thread.id, "reason": reason_of(error)})


async def _was_answered(client: QuothClient, thread: discord.Thread) -> bool:
    """Tell whether somebody whose answer silences the bot wrote in a post before this run of the bot."""
    others: dict[int, discord.User | discord.Member] = {}
    async for message in thread.history(limit=_LOOKED_THROUGH):
        if message.author.id != thread.owner_id and not message.author.bot and message.webhook_id is None:
            others[message.author.id] = message.author
    for number, author in others.items():
        if client.services.settings.forum_silence == "anyone":
            return True
        member: discord.User | discord.Member = author
        with suppress(discord.NotFound):  # who has left is no staff
            member = thread.guild.get_member(number) or await thread.guild.fetch_member(number)
        if _silences(client, member, thread):
            return True
    return False


def _silences(client: QuothClient, author: discord.User | discord.Member, thread: discord.Thread) -> bool:
    """Tell whether the answer of somebody else than a post's author silences the bot there."""
    settings = client.services.settings
    if settings.forum_silence == "anyone":
        return True
    if not isinstance(author, discord.Member):
        return False
    may = thread.permissions_for(author)
    roles = {role.id for role in author.roles}
    return may.manage_messages or may.manage_threads or may.manage_guild or bool(roles & set(settings.manager_roles))
