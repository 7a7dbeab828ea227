"""A message, and what it looked like each time it was changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.state.channel import Channel
from bot.standin.state.user import User


class MessageKind(IntEnum):
    """The kinds that the stand-in makes, by Discord's numbers."""

    DEFAULT = 0
    THREAD_CREATED = 18
    REPLY = 19
    SLASH_COMMAND = 20
    THREAD_STARTER = 21
    MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """What is said of a message by bits."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    HAS_SNAPSHOT = 1 << 14
    IS_COMPONENTS_V2 = 1 << 15


NO_FLAGS = MessageFlag(0)


@dataclass(frozen=True)
class Attachment:
    """A file with a message."""

    id: int
    filename: str
    content: bytes = field(repr=False)
    content_type: str
    description: str | None = None


@dataclass(frozen=True)
class Pings:
    """Whom a message notifies."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


NO_PINGS = Pings()


@dataclass(frozen=True)
class Body:
    """What a message says: the part of it that an edit changes."""

    content: str = ""
    embeds: tuple[Json, ...] = ()
    components: tuple[Json, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    flags: MessageFlag = NO_FLAGS
    pings: Pings = NO_PINGS
    at: float = 0.0

    @property
    def loading(self) -> bool:
        """Whether it only says that the bot is thinking."""
        return MessageFlag.LOADING in self.flags


@dataclass(eq=False)
class Message:
    """A message in a channel."""

    id: int
    channel: Channel
    author: User
    body: Body
    kind: MessageKind = MessageKind.DEFAULT
    reference: Message | None = None
    reference_id: int | None = None  # where the message referred to is gone
    nonce: str | int | None = None
    interaction: Json | None = None  # the metadata of the interaction that it answers
    webhook: bool = False  # sent by way of an interaction
    webhook_id: int | None = None  # the webhook that posted it, which is its author, too
    forwards: Message | None = None  # of which it holds a snapshot
    only_for: User | None = None  # the one person who sees an ephemeral message
    thread: Channel | None = None
    edited_at: float | None = None
    deleted: bool = False
    pinned: bool = False
    reactions: dict[str, set[int]] = field(default_factory=dict)
    versions: list[Body] = field(default_factory=list)  # oldest first, the present one last

    def __post_init__(self) -> None:
        self.versions.append(self.body)

    @property
    def ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return self.only_for is not None

    def become(self, body: Body, *, edited: bool) -> None:
        """Take a new body; `edited` is False where a "thinking" is filled in, which people do not see as an edit."""
        self.body = body
        self.versions.append(body)
        if edited:
            self.edited_at = body.at

    def visible_to(self, user: User) -> bool:
        """Say whether a person sees it, by channel and by ephemerality."""
        if self.deleted or (self.only_for is not None and self.only_for is not user):
            return False
        return self.channel.allows(user, Permission.VIEW_CHANNEL)
