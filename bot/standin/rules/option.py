"""What Discord refuses of a slash command's options."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.rules.choices import check_choices
from bot.standin.rules.locales import check_localizations
from bot.standin.rules.name import check_name
from bot.standin.rules.problems import Path, Problems
from bot.standin.state.command import NESTING, OptionKind

DESCRIPTION = 100
_OPTIONS = 25
_TYPED = frozenset({OptionKind.STRING, OptionKind.INTEGER, OptionKind.NUMBER})


def check_options(problems: Problems, path: Path, options: list[Json], depth: int = 0) -> None:
    """Check a list of options, and those inside subcommands."""
    problems.count(path, options, 0, _OPTIONS)
    _check_order(problems, path, options)
    for index, option in enumerate(options):
        here = (*path, index)
        check_name(problems, (*here, "name"), option.get("name"))
        problems.length((*here, "description"), option.get("description"), 1, DESCRIPTION)
        check_localizations(problems, here, option, slash=True)
        if option.get("type") in NESTING:
            _check_nesting(problems, here, option, depth)
        else:
            _check_value(problems, here, option)


def _check_order(problems: Problems, path: Path, options: list[Json]) -> None:
    names: set[object] = set()
    optional = False
    nests = {option.get("type") in NESTING for option in options}
    for index, option in enumerate(options):
        if option.get("name") in names:
            message = "Option names must be unique"
            problems.add((*path, index, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", message)
        names.add(option.get("name"))
        if option.get("required") and optional:
            message = "Required options must be placed before non-required options"
            problems.add((*path, index), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional = optional or not option.get("required")
    if len(nests) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        problems.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)


def _check_nesting(problems: Problems, path: Path, option: Json, depth: int) -> None:
    group = option.get("type") == OptionKind.SUBCOMMAND_GROUP
    if depth > (0 if group else 1):
        message = "Sub-commands are nested too deeply"
        problems.add((*path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
    inside = option.get("options") or []
    if any((child.get("type") in NESTING) is not group for child in inside):
        message = "A sub-command group holds sub-commands, a sub-command holds none"
        problems.add((*path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
    check_options(problems, (*path, "options"), inside, depth + 1)


def _check_value(problems: Problems, path: Path, option: Json) -> None:
    kind = option.get("type")
    if kind not in set(OptionKind):
        problems.add((*path, "type"), "BASE_TYPE_CHOICES", "Value is not an option type.")
        return
    choices = option.get("choices") or []
    if (choices or option.get("autocomplete")) and kind not in _TYPED:
        message = "This option type takes no choices"
        problems.add((*path, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", message)
    elif choices and option.get("autocomplete"):
        message = "Autocomplete and choices cannot both be given"
        problems.add(path, "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_INVALID", message)
    elif choices:
        check_choices(problems, (*path, "choices"), choices, int(kind))
    if (option.get("min_length") or 0) > (option.get("max_length") or 6000):
        problems.add((*path, "min_length"), "APPLICATION_COMMAND_OPTION_LENGTH_INVALID", "Minimum is over maximum")


def size(named: Json) -> int:
    """Return how much of the 8,000 characters a command, an option or a choice takes, in its longest languages."""
    total = sum(
        max(map(len, [str(named.get(key) or ""), *map(str, (named.get(f"{key}_localizations") or {}).values())]))
        for key in ("name", "description")
    )
    total += len(named["value"]) if isinstance(named.get("value"), str) else 0
    inside = [*(named.get("options") or []), *(named.get("choices") or [])]
    return total + sum(size(child) for child in inside)
