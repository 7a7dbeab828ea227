"""The data folder: generations side by side, and `CURRENT`, which names the one in use.

A generation is a folder `generations/000012-0123456789ab`: a number that grows, and the beginning of its
manifest's SHA-256. It is written beside the others under another name, flushed, renamed, and then pointed to by one
atomic rename, so that at any moment either the old or the new one is whole and in use.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import BuildError, BusyError, DamagedError, IndexUseError, NoIndexError
from index.store import base, manifest, shelf
from index.store.disk.base import BuildBase
from index.store.disk.generation import Generation
from index.store.disk.verify import verify
from index.store.erasures import Erasures
from index.store.manifest import Manifest
from index.store.shelf import SEAL_LENGTH

_CURRENT = "CURRENT"
_EMPTIED = "none\n"
"""What stands in `CURRENT` once all documents were removed: a pointer that is empty or missing is damage."""

_NAME = re.compile(rf"(\d{{6,}})-([0-9a-f]{{{SEAL_LENGTH}}})")
_BUILDING = "building"
_REMOVED = ".removed"


class Shelf(shelf.Shelf):
    """The generations in one data folder."""

    is_shared = False

    def __init__(self, folder: Path) -> None:
        """`folder` need not exist until something is built."""
        self.folder = folder
        self.erasures = Erasures(folder)
        self._generations = folder / "generations"

    def names(self) -> list[str]:
        """Return the names of all generations, oldest first."""
        if not self._generations.is_dir():
            return []
        names = [path.name for path in self._generations.iterdir() if _NAME.fullmatch(path.name)]
        return sorted(names, key=shelf.number)

    def current(self) -> str:
        """Return the name of the generation in use.

        Raises `NoIndexError` if there is no index yet, `DamagedError` if it is unknown which one is in use.
        """
        name = self._pointer()[0]
        if not (self._generations / name).is_dir():
            raise DamagedError(f"{self.folder / _CURRENT} names no generation: run `quoth index build`.")
        return name

    def gone_back_from(self) -> list[str]:
        """Return the names of the generations that were rolled back to reach the one in use."""
        try:
            rolled_back = self._pointer()[1:]
        except IndexUseError:
            return []
        names = self.names()
        return [name for name in rolled_back if name in names]

    def _pointer(self) -> list[str]:
        """Return the lines of `CURRENT`: the generation in use, and those rolled back since it was built."""
        path = self.folder / _CURRENT
        try:
            text = path.read_text("ascii")
        except FileNotFoundError as error:
            if self.names():
                raise DamagedError(f"{path} is missing: run `quoth index build`.") from error
            raise NoIndexError(f"There is no index in {self.folder} yet: run `quoth index build`.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise DamagedError(f"{path} cannot be read: run `quoth index build`.") from error
        if text == _EMPTIED:
            raise NoIndexError(
                f"The index in {self.folder} is empty, as all documents were removed: add some, and run "
                "`quoth index build`."
            )
        lines = text.splitlines()
        if text != _pointing(lines) or not lines or not all(map(_NAME.fullmatch, lines)):
            raise DamagedError(f"{path} is not as it was written: run `quoth index build`.")
        return lines

    def open(self, name: str | None = None, *, thorough: bool = False) -> Generation:
        """Open a generation, the one in use unless another is named; `thorough` reads every byte of it."""
        return Generation(self.place(name), thorough=thorough)

    def place(self, name: str | None = None) -> Path:
        """Return the folder of a generation, the one in use unless another is named.

        Raises `NoIndexError` if there is none with that name.
        """
        return self._generations / self.known(name)

    def manifest(self, name: str) -> Manifest:
        """Read the manifest of a generation; raises `DamagedError` if it has been altered."""
        return manifest.read(self.place(name), name.rpartition("-")[2])

    def faults(self, name: str, progress: Callable[[int, int], None]) -> list[str]:
        """Read every byte of a generation and return what is wrong with it, one sentence each."""
        return verify(self.place(name), progress)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Lock out builds and rollbacks of other processes; raises `BusyError` if one is in progress."""
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / "lock")
            lock.acquire(blocking=False)
        except Timeout as error:
            raise BusyError(f"Another build is under way in {self.folder}: wait until it is done.") from error
        except OSError as error:
            raise BuildError(f"Nothing can be written to {self.folder} ({error.strerror}): set QUOTH_DATA.") from error
        try:
            yield
        finally:
            lock.release()

    @contextlib.contextmanager
    def workplace(self) -> Iterator[Path]:
        """Yield an empty folder to build in, on the same file system, and remove what is left in it.

        Call it under `lock`: what an interrupted build left behind is removed too.
        """
        folder = self._generations / _BUILDING
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, built: Path, seal: str) -> str:
        """Flush the folder `built` to disk, add it to the generations and return its name; it is not in use yet."""
        _flush_tree(built)
        name = self.next_name(seal)
        built.rename(self._generations / name)
        _flush(self._generations)
        return name

    @contextlib.contextmanager
    def on_disk(self, generation: base.Generation, workplace: Path) -> Iterator[BuildBase]:  # noqa: ARG002 -- it is there
        """Yield a generation's files for an incremental build."""
        if not isinstance(generation, Generation):
            raise TypeError(f"{generation.name} is kept {generation.where}, not in {self.folder}")
        yield generation.as_build_base()

    def use(self, name: str, gone_back_from: Sequence[str] = ()) -> None:
        """Point `CURRENT` to the generation `name`, by one atomic rename."""
        self._point(_pointing([name, *gone_back_from]))

    def is_emptied(self) -> bool:
        """Tell whether `CURRENT` says that there is no generation."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return (self.folder / _CURRENT).read_text("ascii") == _EMPTIED
        return False

    def retire(self) -> None:
        """Remove all generations; the next build goes on with that where this is broken off."""
        self._point(_EMPTIED)
        for name in self.names():
            self.remove(name)

    def _point(self, text: str) -> None:
        beside = self.folder / f"{_CURRENT}.new"
        beside.write_text(text, "ascii")
        _flush(beside)
        beside.replace(self.folder / _CURRENT)
        _flush(self.folder)

    def clear(self) -> None:
        """Remove what killed builds have left: half a generation, one never put in use, half a pointer.

        Call it under `lock`, when `CURRENT` is valid.
        """
        newest, kept = 0, self.gone_back_from()
        with contextlib.suppress(NoIndexError):
            newest = shelf.number(self.current())
        for name in self.names():
            if shelf.number(name) > newest and name not in kept:
                self.remove(name)
        for left in (self._generations / _BUILDING, *self._generations.glob(f"*{_REMOVED}")):
            shutil.rmtree(left, ignore_errors=True)
        (self.folder / f"{_CURRENT}.new").unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove a generation unless it is in use; processes that have it open keep what they opened."""
        with contextlib.suppress(IndexUseError):
            if self.current() == name:
                return
        going = self._generations / f"{name}{_REMOVED}"
        with contextlib.suppress(OSError):  # it may stay, whole
            (self._generations / name).rename(going)  # at once, as a kill would leave it in parts
        shutil.rmtree(going, ignore_errors=True)


def _pointing(names: Sequence[str]) -> str:
    return "".join(f"{name}\n" for name in names)


def _flush_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _flush(path)
    _flush(folder)


def _flush(path: Path) -> None:
    """Flush a file or folder to disk (fsync)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
