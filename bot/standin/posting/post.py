"""Posts, edits and deletes messages, and opens threads, for people and for the bot alike."""

from __future__ import annotations

from dataclasses import dataclass

from bot.standin.payload import Json
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.event import (
    ChannelChanged,
    ChannelCreated,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionChanged,
)
from bot.standin.state.message import Body, Message, MessageKind
from bot.standin.state.user import User
from bot.standin.state.world import World


@dataclass(frozen=True)
class Extras:
    """What a message is besides its body: kind, what it replies to, what it answers, who sees it."""

    kind: MessageKind = MessageKind.DEFAULT
    reference: Message | None = None
    reference_id: int | None = None
    nonce: str | int | None = None
    interaction: Json | None = None
    webhook: bool = False
    only_for: User | None = None
    webhook_id: int | None = None
    forwards: Message | None = None
    message_id: int | None = None  # a forum post's first message has the thread's


PLAIN = Extras()


def post(world: World, channel: Channel, author: User, body: Body, extras: Extras = PLAIN) -> Message:
    """Post a message, wake the thread that it is in, and tell of it; refuses with 10003 where the channel is gone."""
    message = Message(
        id=extras.message_id or world.ids.make(),
        channel=channel,
        author=author,
        body=body,
        kind=extras.kind,
        reference=extras.reference,
        reference_id=extras.reference.id if extras.reference else extras.reference_id,
        nonce=extras.nonce,
        interaction=extras.interaction,
        webhook=extras.webhook,
        only_for=extras.only_for,
        webhook_id=extras.webhook_id,
        forwards=extras.forwards,
    )
    world.messages[world.channel(channel.id).id][message.id] = message
    if channel.is_thread:
        _wake(world, channel, author)
    world.tell(MessagePosted(message))
    return message


def edit(world: World, message: Message, body: Body) -> None:
    """Give a message a new body; filling in a "thinking" does not count as an edit."""
    message.become(body, edited=not message.body.loading)
    world.tell(MessageEdited(message))


def delete(world: World, message: Message) -> None:
    """Take a message away."""
    message.deleted = True
    world.tell(MessageDeleted(message))


def pin(world: World, message: Message, *, pinned: bool) -> None:
    """Pin a message, or take the pin off."""
    message.pinned = pinned
    world.tell(MessageEdited(message))


def react(world: World, message: Message, user: User, emoji: str, *, add: bool) -> None:
    """Add a reaction, or take it back."""
    users = message.reactions.setdefault(emoji, set())
    if (user.id in users) is add:
        return
    if add:
        users.add(user.id)
    else:
        users.discard(user.id)
    world.tell(ReactionChanged(message, user, emoji, add))


@dataclass(frozen=True)
class ThreadPlan:
    """A thread that is to be opened."""

    name: str
    owner: User
    private: bool = False
    archive_minutes: int = 1440
    tags: tuple[int, ...] = ()


def open_thread(world: World, parent: Channel, plan: ThreadPlan, start: Message | None = None) -> Channel:
    """Open a thread below a channel; one on a message has the message's id."""
    public = ChannelKind.NEWS_THREAD if parent.kind is ChannelKind.NEWS else ChannelKind.PUBLIC_THREAD
    now = world.clock.now()
    thread = Channel(
        start.id if start is not None else world.ids.make(),
        ChannelKind.PRIVATE_THREAD if plan.private else public,
        plan.name,
        parent.guild,
        parent,
        owner_id=plan.owner.id,
        created_at=now,
        archive_changed_at=now,
        archive_minutes=plan.archive_minutes,
        applied_tags=list(plan.tags),
        joined={plan.owner.id},
    )
    world.channels[thread.id] = thread
    world.messages[thread.id] = {}
    world.tell(ChannelCreated(thread))
    if start is not None:
        start.thread = thread
        world.tell(MessageEdited(start))
    return thread


def archive(world: World, thread: Channel, *, archived: bool = True) -> None:
    """Put a thread into the archive, or take it out, and tell of it."""
    if thread.archived is not archived:
        thread.archived, thread.archive_changed_at = archived, world.clock.now()
    world.tell(ChannelChanged(thread))


def _wake(world: World, thread: Channel, author: User) -> None:
    thread.joined.add(author.id)
    if thread.archived:
        archive(world, thread, archived=False)
