"""Which generation was in use before another, and going back to it: on every shelf the same."""

from __future__ import annotations

import contextlib

from index.errors import DamagedError, NoIndexError
from index.store.base import Generation, Shelf


def number(name: str) -> int:
    """Return the number in a generation's name."""
    return int(name.partition("-")[0])


def before(shelf: Shelf, current: str) -> str | None:
    """Return the name of the generation that was in use before `current`; the newest older one where it is gone."""
    names = shelf.names()
    with contextlib.suppress(DamagedError):  # one can go back from a damaged generation, too
        previous = shelf.manifest(current).previous
        if previous in names:
            return previous
    older = [name for name in names if number(name) < number(current)]
    return older[-1] if older else None


def go_back(shelf: Shelf) -> Generation:
    """Put the generation that was in use before this one back in use, and return it.

    Raises `NoIndexError` where there is none, `DamagedError` where it cannot be opened.
    """
    with shelf.lock():
        current = shelf.current()
        name = before(shelf, current)
        if name is None:
            raise NoIndexError("There is no generation to go back to: the one in use is the oldest that is kept.")
        generation = shelf.open(name)
        shelf.use(name, [current, *shelf.gone_back_from()])
        return generation
