"""Values of options as the page sends them, made into what a client fills in."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.requests import Value
from bot.standin.driver.errors import ClientRefusesError
from bot.standin.driver.filling import fill
from bot.standin.driver.offer import Picked
from bot.standin.state.command import OptionKind
from bot.standin.state.world import World


def typed(world: World, picked: Picked, given: Mapping[str, Value]) -> dict[str, Any]:
    """Return values by option: ids of people, channels and roles as what they stand for.

    Raises `ClientRefusesError` where one stands for nothing.
    """
    kinds = {option["name"]: option["type"] for option in picked.options}
    return {name: _typed(world, name, kinds.get(name, OptionKind.STRING), value) for name, value in given.items()}


def fitting(world: World, picked: Picked, given: Mapping[str, Value]) -> dict[str, Any]:
    """Return those values that would be taken: while somebody types, the others are left out."""
    taken: dict[str, Any] = {}
    for name, value in given.items():
        with contextlib.suppress(ClientRefusesError):
            option = typed(world, picked, {name: value})
            fill(picked, option, typing="")
            taken |= option
    return taken


def _typed(world: World, name: str, kind: int, value: Value) -> Any:
    number = _number(value)
    if kind == OptionKind.INTEGER and number is not None:
        return number
    for known in _NAMED.get(kind, ()):
        if (entity := known(world).get(number or 0)) is not None:
            return entity
    if kind in _NAMED:
        raise ClientRefusesError(f"{name} does not take {value!r}.")
    return value


def _number(value: Value) -> int | None:
    try:
        return int(value) if isinstance(value, str) else None
    except ValueError:
        return None


Known = Callable[[World], Mapping[int, Any]]


def _users(world: World) -> Mapping[int, Any]:
    return world.users


def _channels(world: World) -> Mapping[int, Any]:
    return world.channels


_NAMED: dict[int, tuple[Known, ...]] = {
    OptionKind.USER: (_users,),
    OptionKind.CHANNEL: (_channels,),
    OptionKind.ROLE: (World.roles,),
    OptionKind.MENTIONABLE: (_users, World.roles),
}
