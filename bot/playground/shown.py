"""What one person is shown of the world: Discord's own objects, as their client would get them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.standin.driver.offer import offered
from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.rules.tree import walk
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.command import CommandKind
from bot.standin.state.interaction import Interaction, InteractionKind, Standing
from bot.standin.state.message import Message
from bot.standin.state.user import User
from bot.standin.state.world import World
from bot.standin.wire.channel import channel as channel_object
from bot.standin.wire.command import command as command_object
from bot.standin.wire.message import message as message_object
from bot.standin.wire.message import reactions

_LATEST = 100
_FAILED_SHOWN = 600.0
"""Seconds for which it is shown that the bot did not respond."""

_KINDS = (CommandKind.SLASH, CommandKind.MESSAGE_MENU)


@dataclass(frozen=True)
class View:
    """The world as `user` sees it; files that the stand-in serves below `cdn` are at `files` for the page."""

    world: World
    user: User
    cdn: str
    files: str

    def sees(self, channel: Channel) -> bool:
        """Tell whether they see a channel."""
        return channel.allows(self.user, Permission.VIEW_CHANNEL)

    def message(self, message: Message) -> Json:
        """Return a message, with their own reactions told from those of others, and what it answers by name."""
        return self._message(message, self._used())

    def _message(self, message: Message, used: Mapping[str, Interaction]) -> Json:
        shown = message_object(self.world, message, self.files)
        shown["components"] = _moved(shown["components"], self.cdn, self.files)
        if "reactions" in shown:
            shown["reactions"] = self.reactions(message)
        if message.thread is not None:
            shown["thread"] = self.channel(message.thread)
        if message.interaction is not None:
            answered = used.get(message.interaction["id"])
            shown["interaction_metadata"] = message.interaction | {"name": "" if answered is None else _name(answered)}
        return shown

    def reactions(self, message: Message) -> list[Json]:
        """Return the reactions under a message."""
        return reactions(message, self.user)

    def channel(self, channel: Channel) -> Json:
        """Return a channel, with what they may do there and, of text channels and forums, the threads that they see."""
        history = self.world.history(channel) if channel.id in self.world.messages else iter(())
        last = next(history, None)
        known = channel_object(channel, self.user, None if last is None else last.id)
        known["may_speak"] = self._may_speak(channel)
        known["may_thread"] = channel.kind is ChannelKind.TEXT and channel.allows(
            self.user, Permission.CREATE_PUBLIC_THREADS
        )
        known["may_delete_any"] = channel.allows(self.user, Permission.MANAGE_MESSAGES)
        if channel.is_thread:
            known["message_count"] = known["total_message_sent"] = (last is not None) + sum(1 for _ in history)
        if channel.kind in (ChannelKind.TEXT, ChannelKind.FORUM):
            threads = [
                thread for thread in self.world.channels.values() if thread.parent is channel and self.sees(thread)
            ]
            known["threads"] = [self.channel(thread) for thread in threads]
        return known

    def channels(self) -> list[Json]:
        """Return the server's channels that they see, in order."""
        channels = [
            channel for channel in self.world.channels.values() if channel.guild is not None and not channel.is_thread
        ]
        return [
            self.channel(channel)
            for channel in sorted(channels, key=lambda channel: channel.position)
            if self.sees(channel)
        ]

    def messages(self, channel: Channel) -> list[Json]:
        """Return the latest messages that they see in a channel, oldest first."""
        messages = [message for message in self.world.messages[channel.id].values() if message.visible_to(self.user)]
        used = self._used()
        return [self._message(message, used) for message in messages[-_LATEST:]]

    def commands(self, channel: Channel) -> list[Json]:
        """Return the commands that they are offered in a channel."""
        application = self.world.application.id
        commands = [command for kind in _KINDS for command in offered(self.world, self.user, channel, kind)]
        return [command_object(command, application) for command in commands]

    def pending(self, channel: Channel) -> list[Json]:
        """Return what they used in a channel that the bot has not responded to, or lately did not: that `failed`."""
        now, pending = self.world.clock.now(), []
        for interaction in self.world.interactions.values():
            waits = interaction.reply is None and now - interaction.created_at < _FAILED_SHOWN
            if waits and interaction.channel is channel and self.is_theirs(interaction):
                late = interaction.standing(now) is Standing.LATE
                pending.append(self.interaction(interaction) | ({"failed": True} if late else {}))
        return pending

    def waiting(self) -> list[Interaction]:
        """Return what they used that the bot still may respond to."""
        now, interactions = self.world.clock.now(), self.world.interactions.values()
        return [
            interaction
            for interaction in interactions
            if interaction.reply is None
            and interaction.standing(now) is not Standing.LATE
            and self.is_theirs(interaction)
        ]

    def is_theirs(self, interaction: Interaction) -> bool:
        """Tell whether they used something, and see that they did: typing into an option shows nothing."""
        return interaction.user is self.user and interaction.kind is not InteractionKind.AUTOCOMPLETE

    def interaction(self, interaction: Interaction) -> Json:
        """Return what they used."""
        known: Json = {
            "id": str(interaction.id),
            "channel": str(interaction.channel.id),
            "user": str(interaction.user.id),
            "kind": int(interaction.kind),
            "name": _name(interaction),
            "created": round(1000 * interaction.created_at),
        }
        message = str(interaction.message.id) if interaction.message is not None else interaction.data.get("target_id")
        return known if message is None else known | {"message": message}

    def _used(self) -> dict[str, Interaction]:
        """Return all that was used, by id."""
        return {str(interaction.id): interaction for interaction in self.world.interactions.values()}

    def _may_speak(self, channel: Channel) -> bool:
        if channel.kind is ChannelKind.FORUM:
            return channel.allows(self.user, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
        return channel.is_dm or channel.may_speak(self.user)


def _name(interaction: Interaction) -> str:
    """Return what was used: a command down to its subcommand, the label of a button, the custom_id of anything else."""
    if "custom_id" in interaction.data:
        return _label(interaction) or str(interaction.data["custom_id"])
    words, options = [str(interaction.data.get("name", ""))], interaction.data.get("options") or []
    while options and "options" in options[0]:
        words.append(str(options[0]["name"]))
        options = options[0]["options"]
    return " ".join(words)


def _label(interaction: Interaction) -> str | None:
    """Return what stands on the button that was pressed; None where it is no button, or not there any more."""
    for version in [] if interaction.message is None else reversed(interaction.message.versions):
        for _, part in walk(version.components):
            if part.get("custom_id") == interaction.data["custom_id"]:
                return part.get("label") or (part.get("emoji") or {}).get("name")
    return None


def _moved(value: Any, before: str, after: str) -> Any:
    """Return components with the addresses of files `before` turned into those `after`."""
    if isinstance(value, str):
        return after + value.removeprefix(before) if value.startswith(f"{before}/") else value
    if isinstance(value, list):
        return [_moved(part, before, after) for part in value]
    return {key: _moved(part, before, after) for key, part in value.items()} if isinstance(value, dict) else value
