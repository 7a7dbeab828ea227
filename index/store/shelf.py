"""The shelf: the generations that a store keeps, which of them is in use, and what all stores do alike."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DamagedError, IndexUseError, NoIndexError, StoreError
from index.store.base import Generation
from index.store.erasures import Erasures, is_among
from index.store.manifest import Manifest

if TYPE_CHECKING:
    from index.store.disk.base import BuildBase

SEAL_LENGTH = 12
"""How many digits of its manifest's SHA-256 (hex) a generation has in its name."""


def number(name: str) -> int:
    """Return the number in a generation's name."""
    return int(name.partition("-")[0])


class Shelf(ABC):
    """The generations in one place."""

    is_shared: bool
    """Whether other machines read and build here: another process may swap, and reading goes over the network."""

    erasures: Erasures
    """What is to be erased: generations that hold it are neither gone back to nor kept."""

    @abstractmethod
    def names(self) -> list[str]:
        """Return the names of all generations, oldest first."""

    @abstractmethod
    def current(self) -> str:
        """Return the name of the generation in use.

        Raises `NoIndexError` if there is no index yet, `DamagedError` if it is unknown which one is in use.
        """

    @abstractmethod
    def gone_back_from(self) -> list[str]:
        """Return the names of the generations that were rolled back to reach the one in use."""

    @abstractmethod
    def open(self, name: str | None = None, *, thorough: bool = False) -> Generation:
        """Open a generation, the one in use unless another is named; `thorough` reads every byte of it."""

    @abstractmethod
    def manifest(self, name: str) -> Manifest:
        """Read the manifest of a generation; raises `DamagedError` if it has been altered."""

    @abstractmethod
    def faults(self, name: str, progress: Callable[[int, int], None]) -> list[str]:
        """Read every byte of a generation and return what is wrong with it, one sentence each.

        `progress` is called with how much has been checked, and the total.
        """

    @abstractmethod
    def lock(self) -> AbstractContextManager[None]:
        """Lock out other builds and rollbacks; raises `BusyError` if one is in progress."""

    @abstractmethod
    def workplace(self) -> AbstractContextManager[Path]:
        """Yield an empty folder to build in, and remove what is left in it. Call it under `lock`."""

    @abstractmethod
    def on_disk(self, generation: Generation, workplace: Path) -> AbstractContextManager[BuildBase]:
        """Yield a generation's files on disk for an incremental build; a remote store downloads them first."""

    @abstractmethod
    def put(self, built: Path, seal: str) -> str:
        """Add the generation in the folder `built` and return its name; it is not in use yet."""

    @abstractmethod
    def use(self, name: str, gone_back_from: Sequence[str] = ()) -> None:
        """Put the generation `name` in use, atomically; mark others as `gone_back_from`."""

    @abstractmethod
    def is_emptied(self) -> bool:
        """Tell whether `empty` has left no generation in use, rather than that what was in use cannot be found."""

    @abstractmethod
    def retire(self) -> None:
        """Remove all generations, the one in use as well. Call it under `lock`."""

    @abstractmethod
    def clear(self) -> None:
        """Remove what killed builds have left. Call it under `lock`."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a generation unless it is in use."""

    def before(self, current: str) -> str | None:
        """Return the name of the generation in use before `current`; if that is gone, the newest older one.

        None where there is none, or all hold what is to be erased.
        """
        names = self._unbarred()
        with contextlib.suppress(DamagedError):  # a damaged generation can be rolled back, too
            previous = self.manifest(current).previous
            if previous in names:
                return previous
        older = [name for name in names if number(name) < number(current)]
        return older[-1] if older else None

    def fallbacks(self) -> list[str]:
        """Return the names of the generations to use if the one in use is damaged, best first.

        They are the one in use before it, then older ones, without those rolled back and those that hold what is to be
        erased. If it is unknown which one is in use, they are all others, newest first.
        """
        rolled_back = self.gone_back_from()
        names = [name for name in self._unbarred()[::-1] if name not in rolled_back]
        try:
            current = self.current()
        except (DamagedError, NoIndexError):
            return names
        before = self.before(current)
        older = [name for name in names if number(name) < number(current)]
        return sorted(older, key=lambda name: name != before)

    def rollback(self) -> Generation:
        """Put the generation that was in use before this one back in use, and return it.

        Raises `NoIndexError` if there is none, `DamagedError` if it cannot be opened.
        """
        self.current()  # where there is no index, no folder is made for the lock
        with self.lock():
            current = self.current()
            name = self.before(current)
            if name is None:
                raise NoIndexError("There is no generation to go back to: the one in use is the oldest that is kept.")
            generation = self.open(name)
            self.use(name, [current, *self.gone_back_from()])
            return generation

    def accept(self, name: str) -> Generation:
        """Put a generation in use that was kept aside, or rolled back, and return it open; call `close` on it.

        Raises `NoIndexError` if it is neither, or gone.
        """
        with self.lock():
            if name not in self.gone_back_from():
                raise NoIndexError(f"{name} is not kept aside.")
            generation = self.open(name)
            self.use(name)
            return generation

    def prune(self, keep: int) -> None:
        """Remove all but the newest `keep`, the one in use and, unless `keep` is 1, the one before it.

        That one may be old, if newer ones were rolled back.
        """
        names = self.names()
        before = None
        with contextlib.suppress(IndexUseError):
            before = self.before(self.current()) if keep > 1 else None
        for name in names[: max(len(names) - keep, 0)]:
            if name != before:
                self.remove(name)

    def erase(self, notes: Mapping[str, str]) -> None:
        """Remove the generations that hold what the `notes` (sources, by the names of their notes) say is to be erased.

        Call it under `lock`, once a generation is in use of documents as they were after the notes. What cannot be
        removed now stays noted.
        """
        if notes:
            with contextlib.suppress(StoreError):
                for name in self._holding(notes.values()):
                    self.remove(name)
                if not self._holding(notes.values()):
                    self.erasures.done(notes)

    def empty(self, notes: Mapping[str, str]) -> bool:
        """Remove all generations if the one in use holds nothing but what the `notes` say is to be erased.

        Tell whether that was so, or had been before: else nothing has changed. Call it under `lock`, where there is no
        other document. An older generation may hold one that is gone, and not by a note: nobody could go back to it.
        """
        erased = frozenset(notes.values())
        if not erased:
            return self.is_emptied() and not self.is_shared  # a server tells no emptied index from none
        if not self._is_all_among(erased):
            return False
        self.retire()
        self.erase(notes)
        return True

    def _is_all_among(self, erased: Collection[str]) -> bool:
        """Tell whether all that is in use is `erased`; where it is unknown what that is, whether all that there is."""
        try:
            names = [self.current()]
        except NoIndexError:
            names = []
        except DamagedError:
            names = self.names()
        try:
            return all(is_among(source, erased) for name in names for source in self.manifest(name).documents)
        except DamagedError:
            return False

    def _unbarred(self) -> list[str]:
        """Return the names of the generations, oldest first, without those that hold what is to be erased."""
        barred = self._holding(self.erasures.pending().values())
        return [name for name in self.names() if name not in barred]

    def _holding(self, erased: Collection[str]) -> frozenset[str]:
        """Return the generations that hold one of the sources `erased` otherwise than the one in use does."""
        if not erased:
            return frozenset()
        current, kept = None, dict[str, str]()
        with contextlib.suppress(DamagedError, NoIndexError):
            current = self.current()
            kept = self.manifest(current).documents
        return frozenset(
            name for name in self.names() if name != current and self._holds(name, frozenset(erased), kept)
        )

    def _holds(self, name: str, erased: Collection[str], kept: Mapping[str, str]) -> bool:
        """Tell whether a generation holds one of `erased` otherwise than `kept`; one that is damaged may."""
        try:
            documents = self.manifest(name).documents
        except DamagedError:
            return True
        return any(kept.get(source) != sha256 and is_among(source, erased) for source, sha256 in documents.items())

    def known(self, name: str | None) -> str:
        """Return `name`, or the name of the generation in use; raises `NoIndexError` if there is none."""
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
