"""Where a connector keeps what it fetches, below the library's folder.

    NAME                       a link to the run in use: what is read
    .connectors/NAME/runs/7/   a run: the documents, and the list of them
    .connectors/NAME/partial/  what a run that is under way, or was interrupted, has fetched
    .connectors/NAME/cache/    the connector's own, such as a clone
    .connectors/NAME/state.json
    .connectors/NAME/kept      there where a manager has added it, by the bot; it says in which `version`
    .connectors/NAME/removed   there where it was removed, and what it has fetched is to go

A run is put in use by replacing the link, by one rename. The run before stays until the next one, for a build that may
be reading it, and to be gone back to.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import ConnectorError


class UnderwayError(ConnectorError):
    """A run is under way."""


class Place:
    """The folders of one connector."""

    def __init__(self, library: Path, name: str) -> None:
        """Nothing is made before it is needed."""
        self.name = name
        self.root = library / name
        self.home = library / ".connectors" / name
        self.runs = self.home / "runs"
        self.partial = self.home / "partial"
        self.cache = self.home / "cache"
        self.state = self.home / "state.json"
        self._kept = self.home / "kept"
        self._removed = self.home / "removed"

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Let one run at a time use the place; raises `ConnectorError` where another does, or it cannot be made."""
        lock = FileLock(self.home / "lock")
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except OSError as error:
            if not isinstance(error, Timeout):
                raise ConnectorError(f"{self.home} cannot be written to ({error.strerror or error}).") from error
            raise UnderwayError(f"{self.name} is being refreshed already: wait until that is done.") from error
        try:
            yield
        finally:
            lock.release()

    def current(self) -> Path | None:
        """Return the folder of the run in use, or None."""
        return self.root.resolve() if self.root.is_dir() else None

    def number(self) -> int | None:
        """Return the number of the run in use, or None."""
        current = self.current()
        return int(current.name) if current is not None and current.name.isdecimal() else None

    def before(self) -> Path | None:
        """Return the folder of the run before the one in use, or None where that has been gone back to already."""
        current = self.number() or 0
        earlier = [number for number in self._numbers() if number < current]
        return self.runs / str(max(earlier)) if earlier else None

    def new_run(self) -> Path:
        """Make a folder for a run, with a number that no other has."""
        numbers = self._numbers()
        folder = self.runs / str(max(numbers, default=0) + 1)
        folder.mkdir(parents=True)
        return folder

    def use(self, run: Path) -> None:
        """Put a run in use, and remove all but that and the one that was in use; raises `OSError`."""
        before = self.number()
        beside = self.root.with_name(f".{self.name}.{secrets.token_hex(4)}")
        beside.symlink_to(os.path.relpath(run, self.root.parent), target_is_directory=True)
        try:
            beside.replace(self.root)
        finally:
            beside.unlink(missing_ok=True)
        for number in {*self._numbers()} - {before, self.number()}:
            shutil.rmtree(self.runs / str(number), ignore_errors=True)

    def note_kept(self, kept: bool) -> None:  # noqa: FBT001 -- as its callers are told
        """Note which file sets the connector up: the one that people edit, or the one that is `kept` by the bot.

        It is removed no longer, should it have been.
        """
        with contextlib.suppress(OSError):  # a run, which comes next, tells that
            self.home.mkdir(parents=True, exist_ok=True)
            if kept:
                self._kept.touch()
            else:
                self._kept.unlink(missing_ok=True)
            self._removed.unlink(missing_ok=True)

    def note_version(self, version: int) -> None:
        """Note what tells the connector, which a manager has added, from others that had its name before."""
        with contextlib.suppress(OSError):  # then whatever has its name is taken for it
            self.home.mkdir(parents=True, exist_ok=True)
            self._kept.write_text(str(version))

    def version(self) -> int | None:
        """Return that, or None where it was not noted."""
        try:
            return int(self._kept.read_text())
        except (OSError, ValueError):
            return None

    def is_kept(self) -> bool:
        """Tell whether that was the one that the bot keeps."""
        return self._kept.exists()

    def note_removed(self) -> None:
        """Note that the connector was removed, should it have run: what cannot go now is known to be meant to."""
        with contextlib.suppress(OSError):  # it mostly goes all the same
            if self.home.is_dir():
                self._removed.touch()

    def is_removed(self) -> bool:
        """Tell whether that was noted."""
        return self._removed.exists()

    def remove(self) -> None:
        """Remove everything, for good; raises `OSError`, and `ConnectorError` where a run is under way.

        What tells where it came from goes last: what cannot be removed now is tried again.
        """
        with self.lock():
            if self.root.is_symlink():
                self.root.unlink()
            for folder in (self.runs, self.partial, self.cache):
                if folder.exists():
                    shutil.rmtree(folder)
            shutil.rmtree(self.home)

    def _numbers(self) -> list[int]:
        return [int(path.name) for path in self.runs.glob("[0-9]*")] if self.runs.is_dir() else []
