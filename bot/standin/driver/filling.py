"""Fills in a slash command's options, as a client lets a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.standin.driver.errors import ClientRefusesError
from bot.standin.driver.offer import Picked
from bot.standin.payload import Json
from bot.standin.state.channel import Channel
from bot.standin.state.command import OptionKind
from bot.standin.state.message import Attachment
from bot.standin.state.role import Role
from bot.standin.state.user import User

_LONGEST = 6000
_PYTHON: dict[int, tuple[type, ...]] = {
    OptionKind.STRING: (str,),
    OptionKind.INTEGER: (int,),
    OptionKind.BOOLEAN: (bool,),
    OptionKind.USER: (User,),
    OptionKind.CHANNEL: (Channel,),
    OptionKind.ROLE: (Role,),
    OptionKind.MENTIONABLE: (User, Role),
    OptionKind.NUMBER: (int, float),
    OptionKind.ATTACHMENT: (Attachment,),
}

Upload = Callable[[str, bytes], Attachment]
"""Uploads a file, name and contents, and returns what it has become."""


@dataclass
class Filled:
    """The values that are sent, and the users, roles, channels and files that they name."""

    values: list[Json] = field(default_factory=list)
    named: list[User | Role | Channel | Attachment] = field(default_factory=list)


def fill(picked: Picked, given: Mapping[str, Any], typing: str | None = None, upload: Upload | None = None) -> Filled:
    """Return what a client sends for `given`; `typing` names the option that is being completed.

    A file is given as its name and its contents, and is sent by `upload` before the command is.

    Raises `ClientRefusesError` for an unknown option, a missing one, or a value that does not fit.
    """
    filled = Filled()
    known = {option["name"] for option in picked.options}
    if set(given) - known:
        raise ClientRefusesError(f"There is no option {', '.join(sorted(set(given) - known))}.")
    for option in picked.options:
        name = option["name"]
        if name in given:
            value = given[name]
            if upload is not None and option["type"] == OptionKind.ATTACHMENT and isinstance(value, tuple):
                value = upload(*value)
            _add(filled, option, value, typing=name == typing)
        elif option.get("required") and typing is None:
            raise ClientRefusesError(f"{name} must be filled in.")
    return filled


def _add(filled: Filled, option: Json, value: Any, *, typing: bool) -> None:
    sent: Json = {"name": option["name"], "type": option["type"]}
    if typing:
        filled.values.append(sent | {"value": str(value), "focused": True})
        return
    _check_type(option, value)
    _check_choices(option, value)
    _check_size(option, value)
    if isinstance(value, User | Role | Channel | Attachment):
        filled.named.append(value)
        value = str(value.id)
    filled.values.append(sent | {"value": value})


def _check_type(option: Json, value: Any) -> None:
    types = _PYTHON.get(option["type"], ())
    wrong_bool = isinstance(value, bool) and option["type"] != OptionKind.BOOLEAN
    if not isinstance(value, types) or wrong_bool:
        raise ClientRefusesError(f"{option['name']} does not take {value!r}.")


def _check_choices(option: Json, value: Any) -> None:
    choices = option.get("choices")
    if choices and value not in [choice["value"] for choice in choices]:
        raise ClientRefusesError(f"{value!r} is not among the choices of {option['name']}.")


def _check_size(option: Json, value: Any) -> None:
    if isinstance(value, str):
        least, most = option.get("min_length") or 0, option.get("max_length") or _LONGEST
        fits = least <= len(value) <= most and value != ""
    elif isinstance(value, int | float):
        low, high = option.get("min_value"), option.get("max_value")
        fits = (low is None or value >= low) and (high is None or value <= high)
    else:
        fits = True
    if not fits:
        raise ClientRefusesError(f"{option['name']} does not take {value!r}: out of bounds.")
