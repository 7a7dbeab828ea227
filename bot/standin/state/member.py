"""A user in a server."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.standin.state.role import Role
from bot.standin.state.user import User


@dataclass(eq=False)
class Member:
    """A user's standing in one server."""

    user: User
    joined_at: float
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id
