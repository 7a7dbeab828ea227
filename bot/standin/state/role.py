"""A role of a server."""

from __future__ import annotations

from dataclasses import dataclass

from bot.standin.permission import NOTHING, Permission


@dataclass(eq=False)
class Role:
    """What its members may do, and what they are called together."""

    id: int
    name: str
    permissions: Permission = NOTHING
    position: int = 1
    mentionable: bool = False
    managed: bool = False
    bot_id: int | None = None  # whose own role it is

    @property
    def mention(self) -> str:
        """What is typed to mention its members."""
        return f"<@&{self.id}>"
