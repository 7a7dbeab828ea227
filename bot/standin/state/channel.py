"""A channel: text, forum, thread or direct messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from bot.standin.permission import EVERYTHING, NEEDS_SENDING, NEWCOMER, NOTHING, Permission
from bot.standin.state.guild import Guild
from bot.standin.state.member import Member
from bot.standin.state.user import User


class ChannelKind(IntEnum):
    """The kinds that the stand-in knows, by Discord's numbers."""

    TEXT = 0
    DM = 1
    GROUP_DM = 3
    NEWS = 5
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


THREADS = frozenset({ChannelKind.NEWS_THREAD, ChannelKind.PUBLIC_THREAD, ChannelKind.PRIVATE_THREAD})


@dataclass
class Overwrite:
    """What a role's or a member's permissions differ by in one channel."""

    allow: Permission = NOTHING
    deny: Permission = NOTHING


@dataclass(frozen=True)
class Tag:
    """A forum's tag."""

    id: int
    name: str


@dataclass(eq=False)
class Channel:
    """A place where messages stand; a forum holds only threads."""

    id: int
    kind: ChannelKind
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    position: int = 0
    topic: str | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)  # by id of a role or a member
    tags: list[Tag] = field(default_factory=list)
    recipients: list[User] = field(default_factory=list)
    # of threads
    owner_id: int = 0
    created_at: float = 0.0
    archive_minutes: int = 1440
    archived: bool = False
    archive_changed_at: float = 0.0
    locked: bool = False
    applied_tags: list[int] = field(default_factory=list)
    joined: set[int] = field(default_factory=set)
    deleted: bool = False

    @property
    def is_thread(self) -> bool:
        """Whether it hangs below another channel."""
        return self.kind in THREADS

    @property
    def is_dm(self) -> bool:
        """Whether it is between a person and the bot."""
        return self.kind is ChannelKind.DM

    @property
    def is_private(self) -> bool:
        """Whether it is outside of any server: with the bot, or between people."""
        return self.guild is None

    @property
    def mention(self) -> str:
        """What is typed to link to it."""
        return f"<#{self.id}>"

    def permissions(self, user: User) -> Permission:
        """Return what a user may do here.

        The order is Discord's: the server's, then the overwrites of @everyone, of roles, of the member.
        """
        if self.guild is None:
            return NEWCOMER if user in self.recipients else NOTHING
        member = self.guild.members.get(user.id)
        if member is None:
            return NOTHING
        allowed = self._overwritten(self.guild, member)
        if Permission.VIEW_CHANNEL not in allowed:
            return NOTHING
        if self.kind is ChannelKind.PRIVATE_THREAD and not self._admits(user, allowed):
            return NOTHING
        speaks = Permission.SEND_MESSAGES_IN_THREADS if self.is_thread else Permission.SEND_MESSAGES
        return allowed if speaks in allowed else allowed & ~NEEDS_SENDING

    def allows(self, user: User, needed: Permission) -> bool:
        """Say whether a user may do all that `needed` names."""
        return needed in self.permissions(user)

    def may_speak(self, user: User) -> bool:
        """Say whether a user may post here."""
        needed = Permission.SEND_MESSAGES_IN_THREADS if self.is_thread else Permission.SEND_MESSAGES
        return self.kind is not ChannelKind.FORUM and self.allows(user, needed)

    def overwrite(self, target_id: int, *, allow: Permission = NOTHING, deny: Permission = NOTHING) -> None:
        """Set what differs here for a role or a member."""
        self.overwrites[target_id] = Overwrite(allow, deny)

    def _admits(self, user: User, allowed: Permission) -> bool:
        return user.id in self.joined or Permission.MANAGE_THREADS in allowed

    def _overwritten(self, guild: Guild, member: Member) -> Permission:
        allowed = guild.permissions(member)
        if allowed == EVERYTHING:
            return allowed
        overwrites = self.parent.overwrites if self.is_thread and self.parent else self.overwrites
        steps = [[guild.everyone.id], [role.id for role in member.roles], [member.id]]
        for ids in steps:
            applied = [overwrites[target] for target in ids if target in overwrites]
            for overwrite in applied:
                allowed &= ~overwrite.deny
            for overwrite in applied:
                allowed |= overwrite.allow
        return allowed
