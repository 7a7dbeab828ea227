"""One request to the API, read, and what a handler returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.posting.body import Composer, Upload
from bot.standin.refusal import Refusal, missing_access, missing_permissions, unknown
from bot.standin.rules.pings import Sender
from bot.standin.rules.problems import invalid
from bot.standin.state.channel import Channel
from bot.standin.state.guild import Guild
from bot.standin.state.user import User
from bot.standin.state.world import World


@dataclass(frozen=True)
class Call:
    """A request: its route's template and what fills it, its query, its JSON and its files."""

    world: World
    base: str  # where files are served
    gateway: str  # the gateway's address
    method: str
    template: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    data: Any = None
    uploads: tuple[Upload, ...] = ()

    @property
    def bot(self) -> User:
        """Who asks."""
        return self.world.bot

    @property
    def reads_all(self) -> bool:
        """Whether the application may read what others write."""
        return self.world.application.message_content

    def number(self, name: str) -> int:
        """Return an id from the path; refuses (50035) what is no id."""
        text = self.path[name]
        if not text.isdigit():
            raise invalid((name,), "NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')
        return int(text)

    def channel(self, needed: Permission = Permission.VIEW_CHANNEL) -> Channel:
        """Return the path's channel; refuses with 50001 what the bot cannot see, with 50013 what it may not do."""
        channel = self.world.channel(self.number("channel_id"))
        self.require(channel, needed)
        return channel

    def require(self, channel: Channel, needed: Permission) -> None:
        """Refuse what the bot may not do in a channel."""
        if channel.is_dm:
            return
        if not channel.allows(self.bot, Permission.VIEW_CHANNEL):
            raise missing_access()
        if not channel.allows(self.bot, needed):
            raise missing_permissions()

    def guild(self) -> Guild:
        """Return the path's server; refuses with 10004 where the bot is in none with that id."""
        guild = self.world.guilds.get(self.number("guild_id"))
        if guild is None or self.bot.id not in guild.members:
            raise unknown("Guild")
        return guild

    def object(self) -> Json:
        """Return the body, which must be a JSON object."""
        if not isinstance(self.data, dict):
            raise Refusal(400, 50109, "The request body contains invalid JSON.")
        return self.data

    def composer(self, channel: Channel, *, webhook: bool = False) -> Composer:
        """Return what makes message bodies for the bot in a channel."""
        return Composer(self.world, Sender(self.bot, channel, webhook), self.base)


@dataclass(frozen=True)
class Answer:
    """What is answered: without a body, 204."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Route:
    """A route of the API; an `open` one takes no token but what its path holds."""

    method: str
    template: str
    handler: Handler
    open: bool = False


DONE = Answer(status=204)
