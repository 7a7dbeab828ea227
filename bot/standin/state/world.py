"""All that is: users, servers, channels, messages, commands and interactions, and who wants to hear of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from bot.standin.clock import Clock
from bot.standin.permission import NEWCOMER, NOTHING, Permission
from bot.standin.refusal import unknown
from bot.standin.snowflake import Snowflakes
from bot.standin.state.application import Application
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.command import Command
from bot.standin.state.event import ChannelCreated, ChannelDeleted, Event, GuildJoined, MemberChanged, RoleChanged
from bot.standin.state.guild import Guild
from bot.standin.state.interaction import Interaction
from bot.standin.state.member import Member
from bot.standin.state.message import Attachment, Message
from bot.standin.state.role import Role
from bot.standin.state.user import User

Listener = Callable[[Event], None]


class World:
    """The state of the stand-in. Whatever changes it says so with `tell`."""

    def __init__(self, clock: Clock, token: str) -> None:
        """Begin with a bot, its owner, and nothing else."""
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, dict[int, Message]] = {}  # by channel, oldest first
        self.commands: dict[int | None, list[Command]] = {}  # by server; None: everywhere
        self.interactions: dict[str, Interaction] = {}  # by token
        self.files: dict[int, Attachment] = {}
        self.application = Application(self.add_user("quoth", bot=True), self.add_user("owner"), token)
        self.listeners: list[Listener] = []

    @property
    def bot(self) -> User:
        """The bot's user."""
        return self.application.bot

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have every event told to `listener`; what is returned ends that."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, event: Event) -> None:
        """Tell everybody who listens."""
        for listener in list(self.listeners):
            listener(event)

    def add_user(self, name: str, *, bot: bool = False) -> User:
        """Make an account."""
        user = User(self.ids.make(), name, bot=bot)
        self.users[user.id] = user
        return user

    def add_guild(
        self,
        name: str,
        bot_permissions: Permission = NEWCOMER,
        everyone: Permission = NEWCOMER,
        *,
        with_bot: bool = True,
    ) -> Guild:
        """Make a server that the bot is a member of, by a managed role with `bot_permissions`, or is not."""
        guild_id = self.ids.make()
        guild = Guild(guild_id, name, self.application.owner.id, Role(guild_id, "@everyone", everyone, position=0))
        self.guilds[guild.id] = guild
        self._enrol(guild, self.application.owner, [])
        if with_bot:
            self.invite(guild, bot_permissions)
        return guild

    def invite(self, guild: Guild, permissions: Permission = NEWCOMER) -> None:
        """Have the bot join a server, by a managed role with `permissions`."""
        role = self.add_role(guild, self.bot.name, permissions)
        role.managed, role.bot_id = True, self.bot.id
        self._enrol(guild, self.bot, [role])
        self.tell(GuildJoined(guild))

    def add_role(self, guild: Guild, name: str, permissions: Permission = NOTHING) -> Role:
        """Make a role."""
        role = Role(self.ids.make(), name, permissions, position=len(guild.roles))
        guild.roles[role.id] = role
        self.tell(RoleChanged(guild, role))
        return role

    def delete_role(self, guild: Guild, role: Role) -> None:
        """Take a role away, from its members too."""
        del guild.roles[role.id]
        for member in guild.members.values():
            member.roles = [other for other in member.roles if other is not role]
        self.tell(RoleChanged(guild, role, deleted=True))

    def add_member(self, guild: Guild, user: User, roles: list[Role]) -> Member:
        """Have a user join a server."""
        member = self._enrol(guild, user, roles)
        self.tell(MemberChanged(guild, member, joined=True))
        return member

    def add_channel(self, guild: Guild, name: str, kind: ChannelKind = ChannelKind.TEXT) -> Channel:
        """Make a text channel or a forum."""
        channel = Channel(self.ids.make(), kind, name, guild, position=len(self.channels_of(guild)))
        self.place(channel)
        return channel

    def place(self, channel: Channel) -> None:
        """Take a channel in and tell of it."""
        self.channels[channel.id] = channel
        self.messages[channel.id] = {}
        self.tell(ChannelCreated(channel))

    def delete_channel(self, channel: Channel) -> None:
        """Take a channel, its messages and its threads away."""
        for thread in [other for other in self.channels.values() if other.parent is channel]:
            self.delete_channel(thread)
        for message in self.messages.pop(channel.id).values():
            message.deleted = True
        del self.channels[channel.id]
        channel.deleted = True
        self.tell(ChannelDeleted(channel))

    def dm(self, user: User) -> Channel:
        """Return the direct messages between a user and the bot."""
        for channel in self.channels.values():
            if channel.is_dm and user in channel.recipients:
                return channel
        channel = Channel(self.ids.make(), ChannelKind.DM, recipients=[user, self.bot])
        self.place(channel)
        return channel

    def group(self, *users: User) -> Channel:
        """Make a group of people who write to each other; the bot is not in it."""
        channel = Channel(self.ids.make(), ChannelKind.GROUP_DM, recipients=list(users))
        self.place(channel)
        return channel

    @property
    def bot_guilds(self) -> list[Guild]:
        """The servers that the bot is in."""
        return [guild for guild in self.guilds.values() if self.bot.id in guild.members]

    def roles(self) -> dict[int, Role]:
        """Return the roles of all servers by id."""
        return {role.id: role for guild in self.guilds.values() for role in guild.roles.values()}

    def channels_of(self, guild: Guild) -> list[Channel]:
        """Return a server's channels, threads among them."""
        return [channel for channel in self.channels.values() if channel.guild is guild]

    def channel(self, channel_id: int) -> Channel:
        """Return a channel; refuses with 10003 where there is none."""
        if channel_id not in self.channels:
            raise unknown("Channel")
        return self.channels[channel_id]

    def message(self, channel: Channel, message_id: int) -> Message:
        """Return a message; refuses with 10008 where there is none."""
        message = self.messages[self.channel(channel.id).id].get(message_id)
        if message is None or message.deleted:
            raise unknown("Message")
        return message

    def history(self, channel: Channel) -> Iterator[Message]:
        """Return a channel's messages, newest first, without those that one person alone sees."""
        for message in reversed(self.messages[channel.id].values()):
            if not message.deleted and not message.ephemeral:
                yield message

    def later(self, channel: Channel, after: int) -> Iterator[Message]:
        """Return the messages of a channel with an id above `after`, oldest first, as `history` does."""
        ids = list(self.messages[channel.id])
        for number in range(bisect_right(ids, after), len(ids)):
            message = self.messages[channel.id][ids[number]]
            if not message.deleted and not message.ephemeral:
                yield message

    def _enrol(self, guild: Guild, user: User, roles: list[Role]) -> Member:
        member = Member(user, self.clock.now(), roles)
        guild.members[user.id] = member
        return member
