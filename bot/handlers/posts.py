"""Forum posts: what their authors press, and the posts that were solved before."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any

import discord

from bot.cards.layout import Item
from bot.cards.post_card import helper_card, post_items, similar_card, unanswered_card
from bot.cards.status_card import notice_card
from bot.handlers.questions import asked_in, text_of, titled
from bot.localisation.catalogue import mark, say
from bot.preferences.store import PreferenceError
from bot.privacy.post_record import Post
from bot.responses import defer, deliver
from bot.retry import FAILED, reason_of, retry
from bot.services import Services
from index.errors import QuothError
from index.records import Answer

if TYPE_CHECKING:
    from bot.client import QuothClient

_ASKED_ALREADY = mark("The helpers have been asked in this post already.")
_MOST_ALIKE = 3
_MOST_TAGS = 5
"""Tags that Discord lets a post have."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Mentioned:
    """A role that may be mentioned, its id as text: so Discord describes it, and discord.py sends it as it is."""

    id: str


class PostError(QuothError):
    """What the author of a post wants cannot be done."""


def is_post(channel: object) -> bool:
    """Tell whether a channel is a post in a forum."""
    return isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel)


@dataclass(frozen=True, slots=True)
class InPost:
    """What stands below an answer to the author of a post: links to posts like it, and a button for the helpers.

    Elsewhere, and for others than its author, there is nothing.
    """

    items: list[Item] = field(default_factory=list)
    are_alike: bool = False
    has_helpers: bool = False


async def in_post(services: Services, message: discord.Message, question: str) -> InPost:
    """Return what stands below an answer to a message that asks something."""
    thread = message.channel
    if not isinstance(thread, discord.Thread) or not isinstance(thread.parent, discord.ForumChannel):
        return InPost()
    if message.author.id != thread.owner_id:
        return InPost()
    held = services.preferences.of(thread.guild.id)
    model, posts = services.desk.model_thread, services.posts
    (vector,) = await model.encode([question])
    alike = await asyncio.to_thread(posts.alike, thread.id, thread.parent.id, model.fingerprint, vector, _MOST_ALIKE)
    role = thread.guild.get_role(held.helper_role) if held.helper_role is not None else None
    tagged = bool(_solved_tags(thread.parent, held.solved_tags))
    items = post_items(alike, solved=tagged, helper=role is not None)
    return InPost(items, are_alike=bool(alike), has_helpers=role is not None)


def without_answer(
    services: Services, message: discord.Message, below: InPost, answer: Answer
) -> discord.ui.LayoutView | None:
    """Return what the author of a post is shown in place of an answer: once a post, and nothing to others."""
    post = services.forum_posts.of(message.channel.id) if is_post(message.channel) else None
    if post is None or post.is_silenced:  # meanwhile
        return None
    is_first, post.has_card = not post.has_card, post.has_card or below.are_alike or below.has_helpers
    if not is_first:
        return None
    if below.are_alike:
        return similar_card(below.items)
    return unanswered_card(below.items, is_doubtful=answer.answered) if below.has_helpers else None


def note_card(services: Services, message: discord.Message, below: InPost) -> None:
    """Note that the author of a post is shown something with what stands below it."""
    if below.items:
        services.forum_posts.of(message.channel.id).has_card = True


async def press_solved(interaction: discord.Interaction[QuothClient]) -> None:
    """Put the tag of the settings on a post, for its author; nothing is locked."""
    thread, forum = await _post_of(interaction)
    services = interaction.client.services
    tags = _solved_tags(forum, services.preferences.of(forum.guild.id).solved_tags)
    if not tags:
        raise PostError(mark("The tag for solved posts is gone: whoever manages this server can pick another."))
    there = await defer(interaction, ephemeral=True)
    others = [tag for tag in thread.applied_tags if tag not in tags][: _MOST_TAGS - 1]
    await _remember(services, thread)
    try:
        await retry(lambda: thread.edit(applied_tags=[tags[0], *others]))
    except FAILED as error:
        await asyncio.to_thread(services.posts.forget_solved, thread.id)
        if not isinstance(error, discord.Forbidden):
            raise
        message = mark("I may not set tags here: I need the permission *Manage Threads*. Please set it yourself.")
        raise PostError(message) from error
    await deliver(interaction, notice_card(say("✅ Marked as solved.")), there=there, ephemeral=True)


async def press_helper(interaction: discord.Interaction[QuothClient]) -> None:
    """Mention the role of the helpers in a post, once, for its author."""
    thread, _ = await _post_of(interaction)
    services, person = interaction.client.services, interaction.user.id
    number = services.preferences.of(thread.guild.id).helper_role
    role = thread.guild.get_role(number) if number is not None else None
    if role is None or role.is_default():
        raise PostError(mark("There is no role of helpers any more: whoever manages this server can pick one."))
    left = services.help_calls.seconds_left(person)
    if left and await asyncio.to_thread(services.posts.has_help, thread.id):  # waiting would not help
        raise PostError(_ASKED_ALREADY)
    if left:
        raise PostError(
            mark("You have asked a helper lately: you can again in {minutes} min."), minutes=ceil(left / 60)
        )
    there = await defer(interaction, ephemeral=True)
    services.help_calls.note(person)
    is_taken = False
    try:
        is_taken = await asyncio.to_thread(services.posts.take_help, Post(thread.id, thread.parent_id, person))
    finally:
        if not is_taken:
            services.help_calls.forget(person)
    if not is_taken:
        raise PostError(_ASKED_ALREADY)
    await _call(services, interaction, thread, role)
    await deliver(interaction, notice_card(say("🙋 The helpers have been asked.")), there=there, ephemeral=True)


async def _call(
    services: Services, interaction: discord.Interaction[Any], thread: discord.Thread, role: discord.Role
) -> None:
    """Send the one message that may notify anybody: this role, and nobody else."""
    named: Any = _Mentioned(str(role.id))
    alone = discord.AllowedMentions(everyone=False, users=False, roles=[named], replied_user=False)
    view = helper_card(role.id, interaction.user.id)
    try:
        await retry(lambda: thread.send(view=view, allowed_mentions=alone, nonce=interaction.id))
    except FAILED:
        services.help_calls.forget(interaction.user.id)
        await asyncio.to_thread(services.posts.give_back_help, thread.id)
        raise


async def changed(client: QuothClient, payload: discord.RawThreadUpdateEvent) -> None:
    """Forget a post as solved where somebody takes the tag away, by hand or not, in whatever forum."""
    tags = payload.data.get("applied_tags")
    try:
        solved = client.services.preferences.solved_tags(payload.guild_id)
    except PreferenceError:  # logged: nobody knows which tags these are
        return
    if tags is not None and not solved & {int(tag) for tag in tags}:
        await asyncio.to_thread(client.services.posts.forget_solved, payload.thread_id)


async def tagged(client: QuothClient, before: discord.Thread, after: discord.Thread) -> None:
    """Remember a post where somebody sets the tag of solved posts by hand, in a forum that the bot answers in unasked.

    A tag that was there before says nothing new: its author may have had the post forgotten.
    """
    held = client.services.preferences.of(after.guild.id)
    had, has = (not held.solved_tags.isdisjoint(tag.id for tag in thread.applied_tags) for thread in (before, after))
    is_new = after.parent_id in held.channels and has and not had
    if is_new and not await asyncio.to_thread(client.services.posts.is_solved, after.id):
        await _remember(client.services, after)


async def _remember(services: Services, thread: discord.Thread) -> None:
    """Remember a post that was solved by what it asks, so that it can be offered to others."""
    try:
        begun = await thread.fetch_message(thread.id)
        question = asked_in(begun, titled(begun, text_of(begun))).text
        if question:
            model = services.desk.model_thread
            (vector,) = await model.encode([question])
            post = Post(thread.id, thread.parent_id, thread.owner_id)
            await asyncio.to_thread(services.posts.solve, post, model.fingerprint, vector)
    except (QuothError, *FAILED) as error:
        _log.warning("a solved post is not remembered", extra={"channel": thread.id, "reason": reason_of(error)})


async def deleted(client: QuothClient, thread: int) -> None:
    """Forget a post that was deleted."""
    await asyncio.to_thread(client.services.posts.forget, thread)


def _solved_tags(forum: discord.ForumChannel, wanted: frozenset[int]) -> list[discord.ForumTag]:
    return [tag for tag in forum.available_tags if tag.id in wanted]


async def _post_of(interaction: discord.Interaction[QuothClient]) -> tuple[discord.Thread, discord.ForumChannel]:
    """Return the post that a button was pressed in; raises `PostError` where whoever pressed is not its author."""
    guild, number = interaction.guild, interaction.channel_id
    thread = guild.get_thread(number) if guild is not None and number is not None else None
    if guild is not None and number is not None and thread is None:  # archived ones are not in memory
        channel = await guild.fetch_channel(number)
        thread = channel if isinstance(channel, discord.Thread) else None
    if thread is None or not isinstance(thread.parent, discord.ForumChannel):
        raise PostError(mark("This is no post in a forum."))
    if thread.owner_id != interaction.user.id:
        raise PostError(mark("That is for whoever wrote this post."))
    return thread, thread.parent
