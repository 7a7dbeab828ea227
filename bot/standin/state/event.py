"""What can happen, told to whoever listens: the gateway, the driver, a page."""

from __future__ import annotations

from dataclasses import dataclass

from bot.standin.state.channel import Channel
from bot.standin.state.guild import Guild
from bot.standin.state.interaction import Interaction
from bot.standin.state.member import Member
from bot.standin.state.message import Message
from bot.standin.state.role import Role
from bot.standin.state.user import User


@dataclass(frozen=True)
class MessagePosted:
    """A message was posted, visible to all or to one person."""

    message: Message


@dataclass(frozen=True)
class MessageEdited:
    """A message has a new body."""

    message: Message


@dataclass(frozen=True)
class MessageDeleted:
    """A message is gone."""

    message: Message


@dataclass(frozen=True)
class ReactionChanged:
    """Somebody reacted, or took a reaction back."""

    message: Message
    user: User
    emoji: str
    added: bool


@dataclass(frozen=True)
class ChannelCreated:
    """A channel or thread was made."""

    channel: Channel


@dataclass(frozen=True)
class ChannelChanged:
    """A channel or thread has another name, other permissions, or was archived."""

    channel: Channel


@dataclass(frozen=True)
class ChannelDeleted:
    """A channel or thread is gone."""

    channel: Channel


@dataclass(frozen=True)
class TypingStarted:
    """Somebody types."""

    channel: Channel
    user: User


@dataclass(frozen=True)
class GuildJoined:
    """The bot was added to a server."""

    guild: Guild


@dataclass(frozen=True)
class MemberChanged:
    """Somebody joined a server (`joined`), or has other roles or another name there."""

    guild: Guild
    member: Member
    joined: bool


@dataclass(frozen=True)
class RoleChanged:
    """A role was made, or is gone."""

    guild: Guild
    role: Role
    deleted: bool = False


@dataclass(frozen=True)
class InteractionMade:
    """Somebody used a command, a component, a modal, or typed into an option."""

    interaction: Interaction


@dataclass(frozen=True)
class InteractionAnswered:
    """The bot responded for the first time."""

    interaction: Interaction


@dataclass(frozen=True)
class CommandsChanged:
    """The bot registered commands, or took some back."""


Event = (
    MessagePosted
    | MessageEdited
    | MessageDeleted
    | ReactionChanged
    | ChannelCreated
    | ChannelChanged
    | ChannelDeleted
    | TypingStarted
    | GuildJoined
    | MemberChanged
    | RoleChanged
    | InteractionMade
    | InteractionAnswered
    | CommandsChanged
)
