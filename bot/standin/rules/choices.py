"""Limits of autocompletion's choices."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.rules.problems import Path, Problems

_CHOICES, _NAME, _VALUE = 25, 100, 100


def check_choices(problems: Problems, path: Path, choices: list[Json], kind: int) -> None:
    """Check a list of choices for an option of type `kind` (3 string, 4 integer, 10 number)."""
    if not problems.count(path, choices, 0, _CHOICES):
        return
    for index, choice in enumerate(choices):
        problems.length((*path, index, "name"), choice.get("name"), 1, _NAME)
        for locale, name in (choice.get("name_localizations") or {}).items():
            problems.length((*path, index, "name_localizations", locale), name, 1, _NAME)
        _check_value(problems, (*path, index, "value"), choice.get("value"), kind)


def _check_value(problems: Problems, path: Path, value: object, kind: int) -> None:
    string = 3
    if kind == string:
        problems.length(path, value, 1, _VALUE)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        problems.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
