"""The generation to answer from: the one in use or, where that is damaged, the one before."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.errors import DamagedError, IndexUseError, QuothError
from index.store.base import Generation
from index.store.shelf import Shelf

Accept = Callable[[Generation], None]
"""Raises a `QuothError` where a generation cannot serve."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Why the generation in use is not answered from, in one sentence, and the name of the one that is instead."""

    reason: str
    instead: str

    def message(self) -> str:
        """Return the warning as a sentence."""
        return f"The index in use is damaged, and {self.instead} is answered from instead. {self.reason}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation, and what is wrong with the one in use where it is another."""

    generation: Generation
    damage: Damage | None = None


def open_sound(
    shelf: Shelf,
    accept: Accept | None = None,
    damaged: Mapping[str, DamagedError] | None = None,
    *,
    thorough: bool = False,
) -> Opened:
    """Open the generation in use or, where it is damaged, the newest before it that is not and that `accept` takes.

    `damaged` are generations that are known to be, though they may open; `thorough` reads every byte. Raises what is
    wrong with the one in use where none can be opened, what `accept` raises over it, and `NoIndexError` where there is
    none.
    """

    def opened(name: str) -> Generation:
        if damaged and name in damaged:
            raise damaged[name]
        return _accepted(shelf.open(name, thorough=thorough), accept)

    try:
        return Opened(opened(shelf.current()))
    except DamagedError as error:
        for name in shelf.fallbacks():
            with contextlib.suppress(QuothError):
                return Opened(opened(name), Damage(str(error), name))
        raise


def _accepted(generation: Generation, accept: Accept | None) -> Generation:
    try:
        if accept is not None:
            accept(generation)
    except IndexUseError:
        generation.close()
        raise
    return generation
