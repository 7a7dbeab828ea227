"""An account."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class User:
    """A person's account, or a bot's."""

    id: int
    name: str
    display_name: str | None = None
    bot: bool = False
    accepts_dms: bool = True
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        """What is typed to mention them."""
        return f"<@{self.id}>"
