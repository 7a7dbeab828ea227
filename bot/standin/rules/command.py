"""What Discord refuses of commands: https://discord.com/developers/docs/interactions/application-commands."""

from __future__ import annotations

import re
from collections import Counter

from bot.standin.payload import Json
from bot.standin.rules.locales import check_localizations
from bot.standin.rules.name import NAME_LENGTH, check_name
from bot.standin.rules.option import DESCRIPTION, check_options, size
from bot.standin.rules.problems import Path, Problems
from bot.standin.state.command import CommandKind

_MOST = {CommandKind.SLASH: 100, CommandKind.USER_MENU: 15, CommandKind.MESSAGE_MENU: 15}
_TOTAL = 8000  # of all names, descriptions and values of one command, each in its longest language
_MENU_NAME = re.compile(r"\S(.*\S)?", re.DOTALL)


def check_commands(commands: list[Json]) -> None:
    """Refuse (50035) a set of commands that Discord would not register."""
    problems = Problems()
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        kind = command.get("type") or CommandKind.SLASH
        _check(problems, (index,), command, kind)
        if (kind, str(command.get("name"))) in seen:
            message = "Application command names must be unique"
            problems.add((index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add((kind, str(command.get("name"))))
    for kind, number in Counter(command.get("type") or CommandKind.SLASH for command in commands).items():
        if number > _MOST[CommandKind(kind)]:
            message = f"Maximum number of application commands reached ({_MOST[CommandKind(kind)]})."
            problems.add((), "APPLICATION_COMMANDS_MAX_COUNT", message)
    problems.refuse()


def _check(problems: Problems, path: Path, command: Json, kind: int) -> None:
    if kind == CommandKind.SLASH:
        check_name(problems, (*path, "name"), command.get("name"))
        problems.length((*path, "description"), command.get("description"), 1, DESCRIPTION)
        check_options(problems, (*path, "options"), command.get("options") or [])
    else:
        _check_menu(problems, path, command)
    check_localizations(problems, path, command, slash=kind == CommandKind.SLASH)
    if size(command) > _TOTAL:
        message = f"Command exceeds maximum size ({_TOTAL})"
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _check_menu(problems: Problems, path: Path, command: Json) -> None:
    name = command.get("name")
    if problems.length((*path, "name"), name, 1, NAME_LENGTH) and not _MENU_NAME.fullmatch(str(name)):
        problems.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    if command.get("description"):
        message = "Context menu commands cannot have description"
        problems.add((*path, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", message)
    if command.get("options"):
        message = "Context menu commands cannot have options"
        problems.add((*path, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID", message)
