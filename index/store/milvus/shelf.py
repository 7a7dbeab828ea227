"""The generations in one database of Milvus, and the alias that names the one in use.

A generation is built on disk, uploaded under a name that nothing points to, and put in use by one change of the alias.
So at any moment either the old or the new one is complete and in use. The manifest is sent last: a generation without
one was left by a killed build.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

from index.errors import DamagedError, NoIndexError, StoreError
from index.store import base, shelf
from index.store.disk.base import BuildBase
from index.store.disk.shelf import Shelf as Folder
from index.store.manifest import Manifest
from index.store.milvus import layout
from index.store.milvus.connection import Connection, MissingError
from index.store.milvus.fetch import fetched
from index.store.milvus.generation import Generation, manifest_of
from index.store.milvus.lock import locked
from index.store.milvus.publish import Publication
from index.store.milvus.verify import faults

_BUILD = "run `quoth index build`"


class Shelf(shelf.Shelf):
    """The generations in one database."""

    is_shared = True

    def __init__(self, connection: Connection, folder: Folder) -> None:
        """`folder` is where generations are built before they are uploaded."""
        self.connection = connection
        self._folder = folder
        self.erasures = folder.erasures

    def names(self) -> list[str]:
        """Return the names of all generations, oldest first."""
        try:
            names = map(layout.generation_in, self.connection.ask("list_collections"))
        except MissingError:  # the database
            return []
        return sorted(filter(None, names), key=shelf.number)

    def current(self) -> str:
        """Return the name of the generation in use.

        Raises `NoIndexError` if there is no index yet, `DamagedError` if it is unknown which one is in use.
        """
        where = self.connection.address
        try:
            collection = self.connection.ask("describe_alias", layout.CURRENT)["collection_name"]
        except MissingError as error:
            if any(map(self._is_whole, self.names())):
                raise DamagedError(f"The alias {layout.CURRENT} in Milvus at {where} is missing: {_BUILD}.") from error
            raise NoIndexError(f"There is no index in Milvus at {where} yet: {_BUILD}.") from error
        name = layout.generation_in(collection)
        if name is None:
            raise DamagedError(f"{layout.CURRENT} in Milvus at {where} names no generation: {_BUILD}.")
        return name

    def gone_back_from(self) -> list[str]:
        """Return the names of the generations that were rolled back to reach the one in use."""
        rolled_back = filter(self._is_left, self.names())
        try:
            current = shelf.number(self.current())
        except (NoIndexError, DamagedError):
            return list(rolled_back)
        return [name for name in rolled_back if shelf.number(name) > current]

    def open(self, name: str | None = None, *, thorough: bool = False) -> Generation:
        """Open a generation, the one in use unless another is named; `thorough` reads all of it."""
        generation = Generation(self.connection, self.known(name))
        if thorough:
            fault = next(faults(generation, lambda _done, _of: None), None)
            if fault is not None:
                raise DamagedError(fault)
        return generation

    def manifest(self, name: str) -> Manifest:
        """Read the manifest of a generation; raises `DamagedError` if it has been altered."""
        return manifest_of(self.connection, self.known(name))

    def faults(self, name: str, progress: Callable[[int, int], None]) -> list[str]:
        """Read all of a generation and return what is wrong with it, one sentence each."""
        try:
            return list(faults(self.open(name), progress))
        except DamagedError as error:
            return [str(error)]

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Lock out other builds and rollbacks; raises `BusyError` if one is in progress."""
        with self._folder.lock():
            self.connection.new_database()
            with locked(self.connection):
                yield

    @contextlib.contextmanager
    def workplace(self) -> Iterator[Path]:
        """Yield an empty folder to build in, and remove what is left in it."""
        with self._folder.workplace() as folder:
            workplace = folder / "new"
            workplace.mkdir()
            yield workplace

    @contextlib.contextmanager
    def on_disk(self, generation: base.Generation, workplace: Path) -> Iterator[BuildBase]:
        """Download the generation to build on."""
        with fetched(cast(Generation, generation), workplace.parent / "before") as kept:
            yield kept

    def put(self, built: Path, seal: str) -> str:
        """Upload the generation in the folder `built`, and return its name; it is not in use yet."""
        name = self.next_name(seal)
        try:
            Publication(self.connection, layout.collection(name), built).publish()
        except BaseException:  # Ctrl-C, too
            with contextlib.suppress(StoreError):  # the next build removes what is left
                self.drop(layout.collection(name))
            raise
        return name

    def use(self, name: str, gone_back_from: Sequence[str] = ()) -> None:
        """Point the alias to the generation `name`: one request."""
        for left in gone_back_from:
            self.point(_mark(left), left)
        self.point(layout.CURRENT, name)
        with contextlib.suppress(StoreError):  # it is in use, and a mark on an older one has no effect
            for other in self.names():
                if other not in gone_back_from and self._is_left(other):
                    self.connection.ask("drop_alias", _mark(other))

    def is_emptied(self) -> bool:
        """Tell whether there is no generation: a server that answers hides none."""
        return not self.names()

    def retire(self) -> None:
        """Remove all generations, the one in use last: until then it is known what is in use."""
        for name in sorted(self.names(), key=self._is_used):
            self.drop(layout.collection(name))

    def clear(self) -> None:
        """Remove what killed builds have left: generations never put in use, and parts of some."""
        try:
            current, kept = shelf.number(self.current()), self.gone_back_from()
            left = [name for name in self.names() if shelf.number(name) > current and name not in kept]
        except (NoIndexError, DamagedError):
            left = [name for name in self.names() if not self._is_whole(name)]
        for name in left:
            self.drop(layout.collection(name))
        there = set(self.connection.ask("list_collections"))
        for part in there:
            whole = layout.whole_of(part)
            if whole is not None and whole not in there:
                self.connection.ask("drop_collection", part)

    def prune(self, keep: int) -> None:
        """Remove all but the newest `keep`, the one in use and, unless `keep` is 1, the one before it.

        All others that remain are released from Milvus's memory until somebody reads them. If Milvus does not answer,
        the next build does it.
        """
        with contextlib.suppress(StoreError):
            super().prune(keep)
            current = self.current()
            for name in self.names():
                if name not in (current, self.before(current)):
                    self._each(layout.collection(name), "release_collection")

    def remove(self, name: str) -> None:
        """Remove a generation, unless it is in use or Milvus does not answer."""
        with contextlib.suppress(StoreError):
            if not self._is_used(name):
                self.drop(layout.collection(name))

    def _is_used(self, name: str) -> bool:
        try:
            return self.current() == name
        except (NoIndexError, DamagedError):
            return False

    def _is_whole(self, name: str) -> bool:
        try:
            manifest_of(self.connection, name)
        except DamagedError:
            return False
        return True

    def _is_left(self, name: str) -> bool:
        aliases = self.connection.ask("list_aliases", layout.collection(name))["aliases"]
        return _mark(name) in aliases

    def point(self, alias: str, name: str) -> None:
        """Have an alias name a generation."""
        try:
            self.connection.ask("alter_alias", layout.collection(name), alias)
        except MissingError:
            self.connection.ask("create_alias", layout.collection(name), alias)

    def drop(self, collection: str) -> None:
        """Remove a generation, passages first: without them the other collections belong to no generation."""
        if self.connection.ask("has_collection", collection):
            for alias in self.connection.ask("list_aliases", collection)["aliases"]:
                self.connection.ask("drop_alias", alias)
        self._each(collection, "drop_collection")

    def _each(self, collection: str, verb: str) -> None:
        for part in ("", layout.TEXTS, layout.WORDS):
            with contextlib.suppress(MissingError):
                self.connection.ask(verb, collection + part)


def _mark(name: str) -> str:
    """Return the alias that marks a generation as rolled back."""
    return f"{layout.LEFT}{name.partition('-')[0]}"
