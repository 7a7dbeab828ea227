"""What one person is shown of the world: Discord's own objects, as their client would get them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.playground.driver.offer import offered
from bot.playground.payload import Json
from bot.playground.permission import Permission
from bot.playground.state.channel import Channel, ChannelKind
from bot.playground.state.command import CommandKind
from bot.playground.state.interaction import Interaction, InteractionKind, Standing
from bot.playground.state.message import Message
from bot.playground.state.user import User
from bot.playground.state.world import World
from bot.playground.wire.channel import channel as channel_object
from bot.playground.wire.command import command as command_object
from bot.playground.wire.message import message as message_object

_LATEST = 100
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
        """Return a message, with their own reactions told from those of others."""
        shown = message_object(self.world, one, self.files)
        shown["components"] = _moved(shown["components"], self.cdn, self.files)
        if "reactions" in shown:
            shown["reactions"] = self.reactions(one)
        if one.thread is not None:
            shown["thread"] = self.channel(one.thread)
        return shown

    def reactions(self, one: Message) -> list[Json]:
        """Return the reactions under a message."""
        found = message_object(self.world, one, self.files).get("reactions", [])
        return [known | {"me": self.user.id in one.reactions[known["emoji"]["name"]]} for known in found]

    def channel(self, one: Channel) -> Json:
        """Return a channel, with what they may do there and, of text channels and forums, the threads that they see."""
        last = next(self.world.history(one), None) if one.id in self.world.messages else None
        known = channel_object(one, self.user, None if last is None else last.id)
        known["may_speak"] = self._may_speak(one)
        known["may_thread"] = one.kind is ChannelKind.TEXT and one.allows(self.user, Permission.CREATE_PUBLIC_THREADS)
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
        return [self.message(one) for one in found[-_LATEST:]]

    def commands(self, channel: Channel) -> list[Json]:
        """Return the commands that they are offered in a channel."""
        application = self.world.application.id
        found = [one for kind in _KINDS for one in offered(self.world, self.user, channel, kind)]
        return [command_object(one, application) for one in found]

    def pending(self, channel: Channel) -> list[Json]:
        """Return what they have used in a channel that the bot may still respond to."""
        now = self.world.clock.now()
        return [
            self.interaction(one)
            for one in self.world.interactions.values()
            if one.channel is channel and self.is_theirs(one) and one.standing(now) is Standing.OPEN
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
            "name": named(one),
            "created": round(1000 * one.created_at),
        }
        message = str(one.message.id) if one.message is not None else one.data.get("target_id")
        return known if message is None else known | {"message": message}

    def _may_speak(self, one: Channel) -> bool:
        if one.kind is ChannelKind.FORUM:
            return one.allows(self.user, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
        return one.is_dm or one.may_speak(self.user)


def named(one: Interaction) -> str:
    """Return what was used: a command down to its subcommand, or the custom_id of a component or modal."""
    if "custom_id" in one.data:
        return str(one.data["custom_id"])
    words, options = [str(one.data.get("name", ""))], one.data.get("options") or []
    while options and "options" in options[0]:
        words.append(str(options[0]["name"]))
        options = options[0]["options"]
    return " ".join(words)


def _moved(value: Any, before: str, after: str) -> Any:
    """Return components with the addresses of files `before` turned into those `after`."""
    if isinstance(value, str):
        return after + value.removeprefix(before) if value.startswith(f"{before}/") else value
    if isinstance(value, list):
        return [_moved(one, before, after) for one in value]
    return {key: _moved(one, before, after) for key, one in value.items()} if isinstance(value, dict) else value
