"""An application command: a slash command or an entry of a menu."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from bot.standin.payload import Json
from bot.standin.permission import Permission


class CommandKind(IntEnum):
    """Where a command is found, by Discord's numbers."""

    SLASH = 1
    USER_MENU = 2
    MESSAGE_MENU = 3


class OptionKind(IntEnum):
    """What an option takes, by Discord's numbers."""

    SUBCOMMAND = 1
    SUBCOMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


NESTING = frozenset({OptionKind.SUBCOMMAND, OptionKind.SUBCOMMAND_GROUP})


@dataclass(eq=False)
class Command:
    """A command as it was registered; `payload` is what the bot sent, with options as JSON."""

    id: int
    version: int
    kind: CommandKind
    name: str
    payload: Json
    guild_id: int | None = None

    @property
    def needed(self) -> Permission | None:
        """What a member needs to be offered it; None where nothing is asked for."""
        bits = self.payload.get("default_member_permissions")
        return None if bits is None else Permission(int(bits))

    @property
    def options(self) -> list[Json]:
        """The top level's options."""
        return list(self.payload.get("options") or [])

    @property
    def integration_types(self) -> frozenset[int] | None:
        """By which installations it is offered (0 a server's, 1 an account's); None: by all of the application's."""
        named = self.payload.get("integration_types")
        return None if named is None else frozenset(named)

    def offered_in(self, context: int) -> bool:
        """Say whether it is offered in a context: a server (0), private messages with the bot (1), others (2)."""
        contexts = self.payload.get("contexts")
        if contexts is not None:
            return context in contexts
        return context == 0 or (self.guild_id is None and self.payload.get("dm_permission") is not False)
