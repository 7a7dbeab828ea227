"""Names of slash commands and of their options."""

from __future__ import annotations

import unicodedata

from bot.standin.rules.problems import Path, Problems

NAME_LENGTH = 32
_SCRIPTS = ("DEVANAGARI", "THAI")


def check_name(problems: Problems, path: Path, name: object) -> None:
    """Check the name of a slash command or an option: letters in lower case, digits, `-`, `_`, `'`."""
    if not problems.length(path, name, 1, NAME_LENGTH) or not isinstance(name, str):
        return
    if not all(_fits(letter) for letter in name) or name != name.lower():
        problems.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _fits(letter: str) -> bool:
    return (
        letter in "-_'" or unicodedata.category(letter)[0] in "LN" or unicodedata.name(letter, "").startswith(_SCRIPTS)
    )
