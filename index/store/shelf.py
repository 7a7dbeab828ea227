"""The generations that a store keeps side by side, and which of them is in use: what all stores do alike."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DamagedError, IndexUseError, NoIndexError
from index.store.base import Generation
from index.store.manifest import Manifest

if TYPE_CHECKING:
    from index.store.disk.base import BuildBase

SEAL_LENGTH = 12
"""How much of its manifest's SHA-256 (hex) a generation carries in its name."""


def number(name: str) -> int:
    """Return the number in a generation's name."""
    return int(name.partition("-")[0])


class Shelf(ABC):
    """The generations in one place."""

    is_shared: bool
    """Whether other machines read and build here: another process may swap, and reading costs the network."""

    @abstractmethod
    def names(self) -> list[str]:
        """Return the names of all generations, oldest first."""

    @abstractmethod
    def current(self) -> str:
        """Return the name of the generation in use.

        Raises `NoIndexError` where there is none yet, `DamagedError` where it is not known which one is in use.
        """

    @abstractmethod
    def gone_back_from(self) -> list[str]:
        """Return the names of the generations that were in use after this one, until they were rolled back."""

    @abstractmethod
    def open(self, name: str | None = None, *, thorough: bool = False) -> Generation:
        """Open a generation, the one in use unless another is named; `thorough` reads every byte of it."""

    @abstractmethod
    def manifest(self, name: str) -> Manifest:
        """Read the manifest of a generation; raises `DamagedError` where it is not as it was written."""

    @abstractmethod
    def faults(self, name: str, progress: Callable[[int, int], None]) -> list[str]:
        """Read every byte of a generation and return what is wrong with it, a sentence each.

        `progress` is called with how much has been checked, and of how much.
        """

    @abstractmethod
    def lock(self) -> AbstractContextManager[None]:
        """Keep others from building or rolling back meanwhile; raises `BusyError` where somebody is at it."""

    @abstractmethod
    def workplace(self) -> AbstractContextManager[Path]:
        """Give an empty folder to build in; what is left in it is removed at the end. Call it under `lock`."""

    @abstractmethod
    def on_disk(self, generation: Generation, workplace: Path) -> AbstractContextManager[BuildBase]:
        """Yield a generation's files on disk for an incremental build; a remote store downloads them first."""

    @abstractmethod
    def put(self, built: Path, seal: str) -> str:
        """Add the generation in the folder `built` and return its name; it is not in use yet."""

    @abstractmethod
    def use(self, name: str, gone_back_from: Sequence[str] = ()) -> None:
        """Put the generation `name` in use, in one step; others are marked as `gone_back_from`."""

    @abstractmethod
    def clear(self) -> None:
        """Remove what builds that were killed left. Call it under `lock`."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a generation, unless it is in use."""

    def before(self, current: str) -> str | None:
        """Return the name of the generation that was in use before `current`; the newest older one where it is gone."""
        names = self.names()
        with contextlib.suppress(DamagedError):  # a damaged generation can be rolled back, too
            previous = self.manifest(current).previous
            if previous in names:
                return previous
        older = [name for name in names if number(name) < number(current)]
        return older[-1] if older else None

    def fallbacks(self) -> list[str]:
        """Return the names of the generations to turn to where the one in use is damaged, the best first.

        They are the one that was in use before it, and older ones; none that was rolled back. Where it is not known
        which is in use, they are all others, the newest first.
        """
        rolled_back = self.gone_back_from()
        names = [name for name in self.names()[::-1] if name not in rolled_back]
        try:
            current = self.current()
        except (DamagedError, NoIndexError):
            return names
        before = self.before(current)
        older = [name for name in names if number(name) < number(current)]
        return sorted(older, key=lambda name: name != before)

    def rollback(self) -> Generation:
        """Put the generation that was in use before this one back in use, and return it.

        Raises `NoIndexError` where there is none, `DamagedError` where it cannot be opened.
        """
        with self.lock():
            current = self.current()
            name = self.before(current)
            if name is None:
                raise NoIndexError("There is no generation to go back to: the one in use is the oldest that is kept.")
            generation = self.open(name)
            self.use(name, [current, *self.gone_back_from()])
            return generation

    def prune(self, keep: int) -> None:
        """Remove all but the newest `keep`, the one in use and, where `keep` is not 1, the one before it.

        That may be an old one: the newer ones may have been rolled back.
        """
        names = self.names()
        before = None
        with contextlib.suppress(IndexUseError):
            before = self.before(self.current()) if keep > 1 else None
        for name in names[: max(len(names) - keep, 0)]:
            if name != before:
                self.remove(name)

    def known(self, name: str | None) -> str:
        """Return `name`, or that of the generation in use; raises `NoIndexError` where there is none of that name."""
        if name is None:
            return self.current()
        names = self.names()
        if name not in names:
            raise NoIndexError(f"There is no generation {name!r}: there are {', '.join(names) or 'none'}.")
        return name

    def next_name(self, seal: str) -> str:
        """Return the name of a new generation whose manifest has the SHA-256 `seal` (hex)."""
        newest = max(map(number, self.names()), default=0)
        return f"{newest + 1:06d}-{seal[:SEAL_LENGTH]}"
