"""A server, which Discord's API calls a guild."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.standin.permission import EVERYTHING, NOTHING, Permission
from bot.standin.state.member import Member
from bot.standin.state.role import Role


@dataclass(eq=False)
class Guild:
    """A server: its roles and members; channels know the server that they are in."""

    id: int
    name: str
    owner_id: int
    everyone: Role
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    locale: str = "en-US"

    def __post_init__(self) -> None:
        self.roles[self.everyone.id] = self.everyone

    def permissions(self, member: Member) -> Permission:
        """Return what a member may do before any channel's overwrites."""
        if member.id == self.owner_id:
            return EVERYTHING
        allowed = self.everyone.permissions
        for role in member.roles:
            allowed |= role.permissions
        return EVERYTHING if Permission.ADMINISTRATOR in allowed else allowed or NOTHING
