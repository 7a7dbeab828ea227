"""Which commands a person is offered where, and what they fill in."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.standin.driver.errors import ClientRefusesError
from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.state.channel import Channel
from bot.standin.state.command import NESTING, Command, CommandKind
from bot.standin.state.interaction import context_of
from bot.standin.state.user import User
from bot.standin.state.world import World


def offered(world: World, user: User, channel: Channel, kind: CommandKind) -> list[Command]:
    """Return the commands that a person's client lists in a channel."""
    guild_id = None if channel.guild is None else channel.guild.id
    scopes = [None] if guild_id is None else [guild_id, None]
    commands = [command for scope in scopes for command in world.commands.get(scope, []) if command.kind is kind]
    return [command for command in commands if is_offered(world, command, user, channel)]


def owners(world: World, command: Command | None, user: User, channel: Channel) -> dict[str, str]:
    """Return by whose installations a person has a command (None: a component) in a channel; empty: they have not.

    Private messages with the bot go by the installation of no server in particular ("0").
    """
    kinds = world.application.integration_types
    if command is not None and command.guild_id is None and command.integration_types is not None:
        kinds &= command.integration_types
    installations = {}
    guild = channel.guild
    if 0 in kinds and (channel.is_dm or (guild is not None and world.bot.id in guild.members)):
        installations["0"] = "0" if guild is None else str(guild.id)
    if 1 in kinds and user.id in world.application.installed_by:
        installations["1"] = str(user.id)
    return installations


def is_offered(world: World, command: Command, user: User, channel: Channel) -> bool:
    """Say whether a person may use a command in a channel: by installation, context, and permissions in a server."""
    if not command.offered_in(context_of(channel)) or not owners(world, command, user, channel):
        return False
    if channel.is_private:
        return True
    held = channel.permissions(user)
    if Permission.USE_APPLICATION_COMMANDS | Permission.VIEW_CHANNEL not in held:
        return False
    needed = command.needed
    if needed is None or Permission.ADMINISTRATOR in held:
        return True
    return bool(needed) and needed in held


@dataclass(frozen=True)
class Picked:
    """A command that was picked, down to its subcommand."""

    command: Command
    path: tuple[Json, ...]  # the group and the subcommand, where there are any
    options: list[Json] = field(default_factory=list)

    def nested(self, values: list[Json]) -> list[Json]:
        """Return values as they are sent: inside the subcommand that they belong to."""
        for part in reversed(self.path):
            values = [{"name": part["name"], "type": part["type"], "options": values}]
        return values


def pick(commands: list[Command], words: str) -> Picked:
    """Find a slash command by what is typed (`"source find"`); `ClientRefusesError` where none is offered."""
    name, *rest = words.removeprefix("/").split() or [""]
    command = next((candidate for candidate in commands if candidate.name == name), None)
    if command is None:
        raise ClientRefusesError(f"/{name} is not offered here.")
    path: list[Json] = []
    options = command.options
    for word in rest:
        subcommand = next(
            (candidate for candidate in options if candidate["name"] == word and candidate["type"] in NESTING), None
        )
        if subcommand is None:
            raise ClientRefusesError(f"/{words} is not offered here.")
        path.append(subcommand)
        options = list(subcommand.get("options") or [])
    if any(option["type"] in NESTING for option in options):
        raise ClientRefusesError(f"/{words} needs a subcommand.")
    return Picked(command, tuple(path), options)
