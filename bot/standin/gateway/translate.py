"""From what happened to what the gateway says of it: event name, who hears it, and its data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.standin.clock import iso
from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.rules.intents import Intent
from bot.standin.state import event as events
from bot.standin.state.channel import Channel
from bot.standin.state.event import Event
from bot.standin.state.message import Message
from bot.standin.state.world import World
from bot.standin.wire import guild as guilds
from bot.standin.wire import user as people
from bot.standin.wire.channel import channel as channel_object
from bot.standin.wire.interaction import interaction
from bot.standin.wire.message import gateway_message

Render = Callable[[Intent], Json]
NO_INTENT = Intent(0)


@dataclass(frozen=True)
class Dispatch:
    """One gateway event: `render` makes its data for a session's intents."""

    name: str
    guild_id: int | None
    intent: Intent
    render: Render


class Translator:
    """Knows for each kind of event what the bot is told."""

    def __init__(self, world: World, base: str) -> None:
        """Act in `world`; `base` is where files are served."""
        self._world = world
        self._base = base
        self._by_type: dict[type, Callable[..., Dispatch | None]] = {
            events.MessagePosted: self._posted,
            events.MessageEdited: self._edited,
            events.MessageDeleted: self._deleted,
            events.ReactionChanged: self._reaction,
            events.ChannelCreated: self._channel_created,
            events.ChannelChanged: self._channel_changed,
            events.ChannelDeleted: self._channel_deleted,
            events.TypingStarted: self._typing,
            events.GuildJoined: self._guild,
            events.MemberChanged: self._member,
            events.RoleChanged: self._role,
            events.InteractionMade: self._interaction,
        }

    def __call__(self, event: Event) -> Dispatch | None:
        """Return what the bot is told, or None where it is told nothing."""
        translate = self._by_type.get(type(event))
        return translate(event) if translate else None

    def _posted(self, event: events.MessagePosted) -> Dispatch | None:
        return self._message("MESSAGE_CREATE", event.message)

    def _edited(self, event: events.MessageEdited) -> Dispatch | None:
        return self._message("MESSAGE_UPDATE", event.message)

    def _message(self, name: str, message: Message) -> Dispatch | None:
        def render(intents: Intent) -> Json:
            reads_all = Intent.MESSAGE_CONTENT in intents
            return gateway_message(self._world, message, self._base, reads_all=reads_all)

        if message.ephemeral or not self._sees(message.channel):
            return None
        return Dispatch(name, _guild_id(message.channel), _of_messages(message.channel), render)

    def _deleted(self, event: events.MessageDeleted) -> Dispatch | None:
        message = event.message
        if message.ephemeral or not self._sees(message.channel):
            return None
        data = _placed(message.channel) | {"id": str(message.id)}
        return Dispatch("MESSAGE_DELETE", _guild_id(message.channel), _of_messages(message.channel), lambda _: data)

    def _reaction(self, event: events.ReactionChanged) -> Dispatch | None:
        message = event.message
        if not self._sees(message.channel):
            return None
        data = _placed(message.channel) | {
            "message_id": str(message.id),
            "user_id": str(event.user.id),
            "emoji": {"id": None, "name": event.emoji},
            "message_author_id": str(message.author.id),
            "burst": False,
            "type": 0,
        }
        guild = message.channel.guild
        if guild is not None and event.added:
            data["member"] = people.member(guild.members[event.user.id])
        intent = Intent.DIRECT_MESSAGE_REACTIONS if guild is None else Intent.GUILD_MESSAGE_REACTIONS
        name = "MESSAGE_REACTION_ADD" if event.added else "MESSAGE_REACTION_REMOVE"
        return Dispatch(name, _guild_id(message.channel), intent, lambda _: data)

    def _channel_created(self, event: events.ChannelCreated) -> Dispatch | None:
        if event.channel.is_dm:
            return None  # bots have heard nothing of new direct messages since version 8 of the API
        return self._channel("CREATE", event.channel, extra={"newly_created": True} if event.channel.is_thread else {})

    def _channel_changed(self, event: events.ChannelChanged) -> Dispatch | None:
        return self._channel("UPDATE", event.channel)

    def _channel_deleted(self, event: events.ChannelDeleted) -> Dispatch | None:
        return self._channel("DELETE", event.channel)

    def _channel(self, verb: str, channel: Channel, extra: Json | None = None) -> Dispatch | None:
        if channel.guild is None or not self._sees(channel):
            return None
        name = f"{'THREAD' if channel.is_thread else 'CHANNEL'}_{verb}"
        data = channel_object(channel, self._world.bot) | (extra or {})
        return Dispatch(name, channel.guild.id, Intent.GUILDS, lambda _: data)

    def _typing(self, event: events.TypingStarted) -> Dispatch | None:
        channel = event.channel
        if event.user is self._world.bot or not self._sees(channel):
            return None
        data = _placed(channel) | {"user_id": str(event.user.id), "timestamp": int(self._world.clock.now())}
        if channel.guild is not None:
            data["member"] = people.member(channel.guild.members[event.user.id])
        intent = Intent.DIRECT_MESSAGE_TYPING if channel.guild is None else Intent.GUILD_MESSAGE_TYPING
        return Dispatch("TYPING_START", _guild_id(channel), intent, lambda _: data)

    def _guild(self, event: events.GuildJoined) -> Dispatch:
        def render(intents: Intent) -> Json:
            data = guilds.created(self._world, event.guild, members=Intent.GUILD_MEMBERS in intents)
            del data["unavailable"]  # by which a client tells a server that it joins from one that is there again
            return data

        return Dispatch("GUILD_CREATE", event.guild.id, Intent.GUILDS, render)

    def _member(self, event: events.MemberChanged) -> Dispatch | None:
        if self._world.bot.id not in event.guild.members:
            return None
        data = people.member(event.member) | {"guild_id": str(event.guild.id), "joined_at": iso(event.member.joined_at)}
        name = "GUILD_MEMBER_ADD" if event.joined else "GUILD_MEMBER_UPDATE"
        return Dispatch(name, event.guild.id, Intent.GUILD_MEMBERS, lambda _: data)

    def _role(self, event: events.RoleChanged) -> Dispatch | None:
        if self._world.bot.id not in event.guild.members:
            return None
        placed: Json = {"guild_id": str(event.guild.id)}
        if event.deleted:
            gone = placed | {"role_id": str(event.role.id)}
            return Dispatch("GUILD_ROLE_DELETE", event.guild.id, Intent.GUILDS, lambda _: gone)
        data = placed | {"role": people.role(event.role)}
        return Dispatch("GUILD_ROLE_CREATE", event.guild.id, Intent.GUILDS, lambda _: data)

    def _interaction(self, event: events.InteractionMade) -> Dispatch:
        action = event.interaction
        data = interaction(self._world, action, self._base)
        return Dispatch("INTERACTION_CREATE", _guild_id(action.channel), NO_INTENT, lambda _: data)

    def _sees(self, channel: Channel) -> bool:
        return channel.is_dm or channel.allows(self._world.bot, Permission.VIEW_CHANNEL)


def _guild_id(channel: Channel) -> int | None:
    return None if channel.guild is None else channel.guild.id


def _of_messages(channel: Channel) -> Intent:
    return Intent.DIRECT_MESSAGES if channel.is_dm else Intent.GUILD_MESSAGES


def _placed(channel: Channel) -> Json:
    known: Json = {"channel_id": str(channel.id)}
    return known if channel.guild is None else known | {"guild_id": str(channel.guild.id)}
