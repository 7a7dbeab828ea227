"""Limits of what a person clicks, picks and types into: buttons, selects, text inputs."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.rules.problems import Path, Problems
from bot.standin.rules.tree import Part

CUSTOM_ID = 100
_LABEL, _URL = 80, 512
_OPTIONS, _OPTION_TEXT, _PLACEHOLDER = 25, 100, 150
_INPUT, _INPUT_LABEL, _INPUT_PLACEHOLDER = 4000, 45, 100
_LINK, _PREMIUM = 5, 6
_STYLES = range(1, 7)
_SCHEMES = ("http://", "https://", "discord://")


def check_button(problems: Problems, path: Path, part: Json) -> None:
    """Check a button: a link has a url, any other a custom_id."""
    style = part.get("style")
    if style not in _STYLES:
        problems.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
        return
    problems.length((*path, "label"), part.get("label"), 0, _LABEL)
    if style == _PREMIUM:
        return
    if not part.get("label") and not part.get("emoji"):
        problems.add((*path, "label"), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is required")
    if style == _LINK:
        _check_link(problems, path, part)
    else:
        problems.length((*path, "custom_id"), part.get("custom_id"), 1, CUSTOM_ID)
        if part.get("url"):
            message = "A custom id and url cannot both be specified"
            problems.add(path, "COMPONENT_CUSTOM_ID_AND_URL_MUTUALLY_EXCLUSIVE", message)


def _check_link(problems: Problems, path: Path, part: Json) -> None:
    url = part.get("url")
    if problems.length((*path, "url"), url, 1, _URL) and not str(url).startswith(_SCHEMES):
        message = f"Scheme of '{url}' is not supported. Scheme must be one of ('http', 'https', 'discord')."
        problems.add((*path, "url"), "URL_TYPE_INVALID_SCHEME", message)
    if part.get("custom_id"):
        message = "A custom id and url cannot both be specified"
        problems.add(path, "COMPONENT_CUSTOM_ID_AND_URL_MUTUALLY_EXCLUSIVE", message)


def check_select(problems: Problems, path: Path, part: Json) -> None:
    """Check a select of any kind."""
    problems.length((*path, "custom_id"), part.get("custom_id"), 1, CUSTOM_ID)
    problems.length((*path, "placeholder"), part.get("placeholder"), 0, _PLACEHOLDER)
    least, most = part.get("min_values"), part.get("max_values")
    if not 0 <= (1 if least is None else least) <= _OPTIONS:
        problems.add((*path, "min_values"), "NUMBER_TYPE_MAX", f"int value should be 0 to {_OPTIONS}.")
    if not 1 <= (1 if most is None else most) <= _OPTIONS:
        problems.add((*path, "max_values"), "NUMBER_TYPE_MAX", f"int value should be 1 to {_OPTIONS}.")
    if part.get("type") == Part.STRING_SELECT:
        _check_options(problems, (*path, "options"), part.get("options") or [], 1 if most is None else most)


def _check_options(problems: Problems, path: Path, options: list[Json], most: int) -> None:
    if not problems.count(path, options, 1, _OPTIONS):
        return
    values: set[str] = set()
    for index, option in enumerate(options):
        problems.length((*path, index, "label"), option.get("label"), 1, _OPTION_TEXT)
        problems.length((*path, index, "value"), option.get("value"), 1, _OPTION_TEXT)
        problems.length((*path, index, "description"), option.get("description"), 0, _OPTION_TEXT)
        value = str(option.get("value"))
        if value in values:
            message = "The specified option value is already used"
            problems.add((*path, index, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
        values.add(value)
    if sum(bool(option.get("default")) for option in options) > most:
        message = "The number of default options exceeds max_values"
        problems.add(path, "SELECT_COMPONENT_TOO_MANY_DEFAULTS", message)


def check_text_input(problems: Problems, path: Path, part: Json) -> None:
    """Check a modal's text input."""
    problems.length((*path, "custom_id"), part.get("custom_id"), 1, CUSTOM_ID)
    problems.length((*path, "label"), part.get("label"), 0, _INPUT_LABEL)
    problems.length((*path, "placeholder"), part.get("placeholder"), 0, _INPUT_PLACEHOLDER)
    problems.length((*path, "value"), part.get("value"), 0, _INPUT)
    if part.get("style") not in {1, 2}:
        problems.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2).")
    least, most = part.get("min_length") or 0, part.get("max_length") or _INPUT
    if not 0 <= least <= most <= _INPUT:
        problems.add((*path, "min_length"), "TEXT_INPUT_LENGTH_INVALID", f"Lengths must be 0 to {_INPUT}, in order.")
