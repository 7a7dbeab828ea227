"""The generation to answer from: the one in use or, if that is damaged, the one before."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.errors import DamagedError, IndexUseError, QuothError
from index.store.base import Generation
from index.store.shelf import Shelf

Accept = Callable[[Generation], None]
"""Raises a `QuothError` for a generation that cannot be used."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Why the generation in use cannot be used, in one sentence, and the name of the one used instead."""

    reason: str
    instead: str

    def message(self) -> str:
        """Return the warning as a sentence."""
        return f"The index in use is damaged, and {self.instead} is answered from instead. {self.reason}"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open generation and, if it is not the one in use, what is wrong with that."""

    generation: Generation
    damage: Damage | None = None


def open_sound(
    shelf: Shelf,
    accept: Accept | None = None,
    damaged: Mapping[str, DamagedError] | None = None,
    *,
    thorough: bool = False,
) -> Opened:
    """Open the generation in use or, if it is damaged, the best fallback that is intact and that `accept` takes.

    `damaged` names generations already known to be damaged, even if they open; `thorough` reads every byte. If none can
    be opened, raises the error of the one in use; also raises what `accept` raises for it, and `NoIndexError` if there
    is no index.
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
