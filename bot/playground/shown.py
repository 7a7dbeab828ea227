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

    def message(self, one: Message) -> Json:
        """Return a message, with their own reactions told from those of others, and what it answers by name."""
        return self._message(one, self._used())

    def _message(self, one: Message, used: Mapping[str, Interaction]) -> Json:
        shown = message_object(self.world, one, self.files)
        shown["components"] = _moved(shown["components"], self.cdn, self.files)
        if "reactions" in shown:
            shown["reactions"] = self.reactions(one)
        if one.thread is not None:
            shown["thread"] = self.channel(one.thread)
        if one.interaction is not None:
            answered = used.get(one.interaction["id"])
            shown["interaction_metadata"] = one.interaction | {"name": "" if answered is None else _name(answered)}
        return shown

    def reactions(self, one: Message) -> list[Json]:
        """Return the reactions under a message."""
        return reactions(one, self.user)

    def channel(self, one: Channel) -> Json:
        """Return a channel, with what they may do there and, of text channels and forums, the threads that they see."""
        history = self.world.history(one) if one.id in self.world.messages else iter(())
        last = next(history, None)
        known = channel_object(one, self.user, None if last is None else last.id)
        known["may_speak"] = self._may_speak(one)
        known["may_thread"] = one.kind is ChannelKind.TEXT and one.allows(self.user, Permission.CREATE_PUBLIC_THREADS)
        known["may_delete_any"] = one.allows(self.user, Permission.MANAGE_MESSAGES)
        if one.is_thread:
            known["message_count"] = known["total_message_sent"] = (last is not None) + sum(1 for _ in history)
        if one.kind in (ChannelKind.TEXT, ChannelKind.FORUM):
            threads = [found for found in self.world.channels.values() if found.parent is one and self.sees(found)]
            known["threads"] = [self.channel(found) for found in threads]
        return known

    def channels(self) -> list[Json]:
        """Return the server's channels that they see, in order."""
        found = [one for one in self.world.channels.values() if one.guild is not None and not one.is_thread]
        return [self.channel(one) for one in sorted(found, key=lambda one: one.position) if self.sees(one)]

    def messages(self, channel: Channel) -> list[Json]:
        """Return the latest messages that they see in a channel, oldest first."""
        found = [one for one in self.world.messages[channel.id].values() if one.visible_to(self.user)]
        used = self._used()
        return [self._message(one, used) for one in found[-_LATEST:]]

    def commands(self, channel: Channel) -> list[Json]:
        """Return the commands that they are offered in a channel."""
        application = self.world.application.id
        found = [one for kind in _KINDS for one in offered(self.world, self.user, channel, kind)]
        return [command_object(one, application) for one in found]

    def pending(self, channel: Channel) -> list[Json]:
        """Return what they used in a channel that the bot has not responded to, or lately did not: that `failed`."""
        now, found = self.world.clock.now(), []
        for one in self.world.interactions.values():
            waits = one.reply is None and now - one.created_at < _FAILED_SHOWN
            if waits and one.channel is channel and self.is_theirs(one):
                late = one.standing(now) is Standing.LATE
                found.append(self.interaction(one) | ({"failed": True} if late else {}))
        return found

    def waiting(self) -> list[Interaction]:
        """Return what they used that the bot still may respond to."""
        now, found = self.world.clock.now(), self.world.interactions.values()
        return [
            one for one in found if one.reply is None and one.standing(now) is not Standing.LATE and self.is_theirs(one)
        ]

    def is_theirs(self, one: Interaction) -> bool:
        """Tell whether they used something, and see that they did: typing into an option shows nothing."""
        return one.user is self.user and one.kind is not InteractionKind.AUTOCOMPLETE

    def interaction(self, one: Interaction) -> Json:
        """Return what they used."""
        known: Json = {
            "id": str(one.id),
            "channel": str(one.channel.id),
            "user": str(one.user.id),
            "kind": int(one.kind),
            "name": _name(one),
            "created": round(1000 * one.created_at),
        }
        message = str(one.message.id) if one.message is not None else one.data.get("target_id")
        return known if message is None else known | {"message": message}

    def _used(self) -> dict[str, Interaction]:
        """Return all that was used, by id."""
        return {str(one.id): one for one in self.world.interactions.values()}

    def _may_speak(self, one: Channel) -> bool:
        if one.kind is ChannelKind.FORUM:
            return one.allows(self.user, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
        return one.is_dm or one.may_speak(self.user)


def _name(one: Interaction) -> str:
    """Return what was used: a command down to its subcommand, the label of a button, the custom_id of anything else."""
    if "custom_id" in one.data:
        return _label(one) or str(one.data["custom_id"])
    words, options = [str(one.data.get("name", ""))], one.data.get("options") or []
    while options and "options" in options[0]:
        words.append(str(options[0]["name"]))
        options = options[0]["options"]
    return " ".join(words)


def _label(one: Interaction) -> str | None:
    """Return what stands on the button that was pressed; None where it is no button, or not there any more."""
    for version in [] if one.message is None else reversed(one.message.versions):
        for _, part in walk(version.components):
            if part.get("custom_id") == one.data["custom_id"]:
                return part.get("label") or (part.get("emoji") or {}).get("name")
    return None


def _moved(value: Any, before: str, after: str) -> Any:
    """Return components with the addresses of files `before` turned into those `after`."""
    if isinstance(value, str):
        return after + value.removeprefix(before) if value.startswith(f"{before}/") else value
    if isinstance(value, list):
        return [_moved(one, before, after) for one in value]
    return {key: _moved(one, before, after) for key, one in value.items()} if isinstance(value, dict) else value
