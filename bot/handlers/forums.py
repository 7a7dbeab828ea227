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
from bot.handlers.posts import is_post
from bot.handlers.questions import asked_in, text_of, titled
from bot.manners.forum_posts import ForumPost
from bot.manners.small_talk import read
from bot.preferences.effective import ANYONE
from bot.retry import FAILED, reason_of

if TYPE_CHECKING:
    from bot.client import QuothClient
    from bot.handlers.questions import Question

Answer = Callable[["QuothClient", discord.Message, "Question"], Awaitable[None]]
"""Answers what nobody put to the bot, if it can."""

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
    _drop_answered(client, post)
    written = list(post.written)
    try:
        if await is_silenced(client, thread) or not written:
            return
        begins = written[0].id == thread.id
        words = "\n".join(filter(None, (titled(message, text_of(message)) for message in written)))
        question = asked_in(written[-1], words, () if begins else await turns_before(written[0], client.own_id))
        question = replace(question, pictures=tuple(picture for message in written for picture in pictures_of(message)))
        if question.text and (begins or read(question.text).asks):
            await answer(client, written[-1], question)
    except FAILED as error:
        _log.warning("a post could not be answered", extra={"channel": thread.id, "reason": reason_of(error)})


async def is_silenced(client: QuothClient, thread: object) -> bool:
    """Tell whether the bot is to be silent in a channel: a post that somebody else has answered in.

    Raises Discord's errors.
    """
    if not (isinstance(thread, discord.Thread) and is_post(thread)):
        return False
    post = client.services.forum_posts.of(thread.id)
    if post.is_silenced is None:
        was_answered = await _was_answered(client, thread, post)
        post.is_silenced = post.is_silenced or was_answered  # somebody may have answered meanwhile
    return post.is_silenced


def _drop_answered(client: QuothClient, post: ForumPost) -> None:
    """Drop what has been answered of what an author has written, and all before it."""
    exchanges = [client.services.exchanges.of_question(message.id) for message in post.written]
    answered = [at for at, exchange in enumerate(exchanges, 1) if exchange is not None and exchange.is_answered]
    del post.written[: max(answered, default=0)]


async def _was_answered(client: QuothClient, thread: discord.Thread, post: ForumPost) -> bool:
    """Tell whether somebody whose answer silences the bot wrote in a post before this run of the bot.

    What the bot wrote there itself is noted.
    """
    others: dict[int, discord.User | discord.Member] = {}
    async for message in thread.history(limit=_LOOKED_THROUGH):
        post.has_card |= message.author.id == client.own_id
        if message.author.id != thread.owner_id and not message.author.bot and message.webhook_id is None:
            others[message.author.id] = message.author
    for number, author in others.items():
        if _silences(client, author, thread):
            return True
        member: discord.User | discord.Member = author
        with suppress(discord.NotFound):  # who has left is no staff
            member = thread.guild.get_member(number) or await thread.guild.fetch_member(number)
        if _silences(client, member, thread):
            return True
    return False


def _silences(client: QuothClient, author: discord.User | discord.Member, thread: discord.Thread) -> bool:
    """Tell whether the answer of somebody else than a post's author silences the bot there."""
    held = client.services.preferences.of(thread.guild.id)
    if held.forum_silence == ANYONE:
        return True
    if not isinstance(author, discord.Member):
        return False
    may = thread.permissions_for(author)
    staff = {*client.services.settings.manager_roles, held.helper_role}
    is_staff = any(role.id in staff for role in author.roles)
    return is_staff or may.manage_messages or may.manage_threads or may.manage_guild
