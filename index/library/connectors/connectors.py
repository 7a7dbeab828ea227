"""All connectors that are set up, and what is done with them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import ConnectorError, system_reason
from index.library.connectors import config, editing, items, kinds, removed, state
from index.library.connectors.config import Configured
from index.library.connectors.place import Place, UnderwayError
from index.library.connectors.protocol import Connector, Context, Item, Listed, Notice
from index.library.connectors.removed import Removed
from index.library.connectors.run import Limits, Progress, RemovedError, run
from index.library.connectors.state import State
from index.store.erasures import Erasures, closes

_TESTED = 10
_PATIENCE = 10.0


class Connectors:
    """The connectors of a library: read anew from their files each time, as these change while the bot runs."""

    def __init__(self, files: Sequence[Path], library: Path, hosts: frozenset[str] = frozenset()) -> None:
        """`files` set connectors up: the first is the one that people edit, the last the one that the bot keeps.

        They fetch into folders of `library`.

        `hosts` are those inside the machine or its network that may be reached.
        """
        self._files = list(files)
        self._library = library
        self._erasures = Erasures(library.parent)
        self._hosts = hosts

    def configured(self) -> dict[str, Configured]:
        """Return the connectors that are set up, by name; raises `ConnectorError`."""
        return config.configured(self._files)

    def roots(self) -> dict[str, Path]:
        """Return the folders of the connectors by name; where the files cannot be read, of those that have run."""
        try:
            names = [*self.configured(), *self.left()]
        except ConnectorError:
            names = [name for name in self._homes() if not self._place(name).is_removed()]
        return {name: self._library / name for name in names}

    def left(self) -> list[str]:
        """Return the connectors that no file sets up, of which what they have fetched stays; raises `ConnectorError`.

        The file that named them is missing or blank, or is just being written.
        """
        names = self.configured()
        return [name for name in self._homes() if name not in names and not self._is_gone(name)]

    def state(self, name: str) -> State:
        """Return what the last run of a connector came to."""
        return state.read(self._place(name).state)

    def items(self, name: str) -> Mapping[str, Item]:
        """Return what a connector has fetched."""
        return items.read(self._library / name)

    def leaving(self) -> list[str]:
        """Return the connectors that were removed, of which what they have fetched is still to go."""
        return [name for name in self._homes() if self._place(name).is_removed()]

    def add(
        self, name: str, table: Mapping[str, object], *, kept: bool = False, version: int | None = None
    ) -> int | None:
        """Set a connector up, in the file that people edit or in the one that is `kept`; raises `ConnectorError`.

        What is at its location is found out by a run. Return its `version`, a new one where none is given. A run of
        another that had its name ends with nothing, where the bot keeps them.
        """
        editing.check(name, table)
        self._made(config.parsed(name, table, self._files[0]))
        with self._editing():
            if name in self.configured():
                raise ConnectorError(f"There is a connector {name} already: remove it first, or choose another name.")
            if self._place(name).is_removed() and (version is None or self.version(name) != version):
                with contextlib.suppress(UnderwayError):  # then the next run replaces it
                    self._discard(name)  # what another has fetched that had the name
            editing.add(self._files[-1 if kept else 0], name, table)
            self._take_back(name, kept=kept)
            if kept:
                self._place(name).note_version(version or time.time_ns())
        return self.version(name)

    def version(self, name: str) -> int | None:
        """Return what tells a connector that a manager has added from others of its name; None where it is none."""
        return self._place(name).version()

    def remove(self, name: str, *, for_good: bool = False) -> None:
        """Remove a connector and all that it has fetched; raises `ConnectorError`.

        One that the bot keeps can be put back by `restore`, unless it is removed `for_good`.
        """
        if name in self.configured() or name not in self._homes():
            with self._editing():
                file = self._named(name).file
                if file == self._files[-1] and not for_good:
                    removed.remember(self._library, Removed(name, self.version(name)), editing.table(file, name))
                editing.remove(file, name)
        self._let_go(name)

    def restore(self, connector: Removed) -> int | None:
        """Set a connector up again that was removed, and return its `version`; raises `ConnectorError`."""
        table = removed.table(self._library, connector)
        version = self.add(connector.name, table, kept=True, version=connector.version)
        removed.forget(self._library, connector)
        return version

    def removed(self) -> list[Removed]:
        """Return the connectors that can be put back."""
        return removed.all_in(self._library)

    def kept(self) -> list[str]:
        """Return the connectors that the bot keeps, which managers added."""
        return [name for name, connector in self.configured().items() if connector.file == self._files[-1]]

    def is_kept(self, name: str) -> bool:
        """Tell whether a connector is one of those."""
        return name in self.kept()

    def refresh(self, name: str, progress: Progress = lambda *_: None) -> State:
        """Fetch what has changed, and return what came of it.

        Raises `ConnectorError` where it cannot begin, and where the connector is removed meanwhile.
        """
        version, configured = self.version(name), self._named(name)
        limits = Limits(
            configured.common.most_documents,
            configured.common.most_megabytes * 1024 * 1024,
            configured.common.most_minutes * 60.0,
        )
        self._place(name).note_kept(configured.file != self._files[0])
        with contextlib.suppress(OSError):  # as that which the run writes, which tells it
            self._erasures.reopen(name)

        def check() -> None:
            if name not in self.configured() or self.version(name) != version:
                raise RemovedError("It was removed while it was being read: nothing of it is quoted.")

        state = run(self._made(configured), self._place(name), limits, progress, check)
        check()
        return state

    def in_use(self, name: str) -> int | None:
        """Return the number of the run whose documents are in use, or None where nothing was fetched."""
        return self._place(name).number()

    def can_go_back(self, name: str) -> bool:
        """Tell whether there are documents to go back to: those of the run before the one that is in use."""
        return self._place(name).before() is not None

    def go_back(self, name: str, run: int) -> int | None:
        """Put the documents back in use that were so before a `run`, until the next run that finds others.

        Return how many there are, or None where other documents are in use than those of that run, or none were before.
        Raises `ConnectorError`.
        """
        place = self._place(name)
        with place.lock():
            before = place.before()
            if self.in_use(name) != run or before is None:
                return None
            documents = len(items.read(before))
            try:
                place.use(before)
                state.write(place.state, state.read(place.state).gone_back(documents))
            except OSError as error:
                raise ConnectorError(f"{self._library} cannot be written to ({system_reason(error)}).") from error
            return documents

    def test(self, name: str) -> list[Listed]:
        """List the first documents of a connector, fetching none into the library; raises `ConnectorError`."""
        configured = self._named(name)
        listed = self._made(configured).list(_Nothing())
        return list(islice((one for one in listed if one != Notice("")), _TESTED))

    def prune(self) -> Iterator[str]:
        """Remove what connectors have fetched that are no longer set up, and yield their names.

        What cannot be removed keeps nothing else; then it raises `ConnectorError` in the end. What could not be before
        its connector was set up again stays, and is seen.
        """
        self._take_back_all()
        names, failed = self.configured(), None
        for name in self._homes():
            if name not in names and self._is_gone(name):
                try:
                    self._let_go(name)
                    yield name
                except ConnectorError as error:
                    failed = error
        if failed is not None:
            raise failed

    def _take_back_all(self) -> None:
        names, closed = self.configured(), set[str]()
        with contextlib.suppress(OSError):  # the next time
            closed |= {source for note, source in self._erasures.legible().items() if closes(note)}
        if any(name in closed or self._place(name).is_removed() for name in names):
            with self._editing():  # for none of them to be removed just now
                for name, configured in self.configured().items():
                    self._take_back(name, kept=configured.file != self._files[0])

    def _take_back(self, name: str, *, kept: bool) -> None:
        """Have a connector that is set up be seen, and not be removed, should that have been tried while it ran."""
        place = self._place(name)
        if place.is_removed():
            place.note_kept(kept)
        with contextlib.suppress(OSError):  # `prune` does it then
            self._erasures.reopen(name)

    def _homes(self) -> list[str]:
        """Return the connectors that have run."""
        return sorted(path.name for path in (self._library / ".connectors").glob("*"))

    def _is_gone(self, name: str) -> bool:
        """Tell whether a connector that no file names is set up no more.

        It was removed, or the file that named it is there as a whole.
        That which people edit is not where it is blank, as it may be once a disk was full; the bot writes whole ones.
        """
        if self._place(name).is_removed():
            return True
        kept = len(self._files) > 1 and self._place(name).is_kept()
        return config.is_whole(self._files[-1 if kept else 0], may_be_blank=kept)

    def _let_go(self, name: str) -> None:
        """Remove all that a connector has fetched, now or by `prune`, whatever becomes of the file that named it."""
        self._place(name).note_removed()
        self._discard(name)

    def _discard(self, name: str) -> None:
        """Remove all that a connector has fetched, and have it erased from the index."""
        place = self._place(name)
        is_kept = place.is_kept()
        try:
            with self._erasures.noted(name, closing=True):
                place.remove()
        except OSError as error:
            place.note_kept(is_kept)  # by which it is found again: on a full disk only the note may be missing
            place.note_removed()
            raise ConnectorError(
                f"What {name} has fetched could not be removed ({system_reason(error)}): that is tried again."
            ) from error

    @contextlib.contextmanager
    def _editing(self) -> Iterator[None]:
        """Let one at a time change the files: two managers may at once."""
        try:
            self._library.mkdir(parents=True, exist_ok=True)
            with FileLock(self._library / ".connectors.lock", timeout=_PATIENCE):
                yield
        except Timeout as error:
            raise ConnectorError("The connectors are being changed by somebody else: try again.") from error
        except OSError as error:
            raise ConnectorError(f"{self._library} cannot be written to ({system_reason(error)}).") from error

    def _named(self, name: str) -> Configured:
        connectors = self.configured()
        if name not in connectors:
            known = f": there are {', '.join(connectors)}" if connectors else ": none is set up"
            raise ConnectorError(f"There is no connector {name}{known}.")
        return connectors[name]

    def _made(self, configured: Configured) -> Connector:
        common, place = configured.common, self._place(configured.name)
        context = Context(place.cache, self._hosts, common.most_megabytes * 1024 * 1024, common.most_documents)
        return kinds.kind(common.kind)(common.location, configured.options, context)

    def _place(self, name: str) -> Place:
        return Place(self._library, name)


def why_left(name: str) -> str:
    """Return what is said of a connector that is `left`."""
    return (
        "no file sets it up any more, or that file is missing: its documents stay until it is back, or until "
        f"`quoth connector remove {name}`"
    )


class _Nothing:
    """What is known where nothing has been fetched."""

    items: Mapping[str, Item] = {}
    resumed: frozenset[str] = frozenset()

    def data(self, name: str) -> bytes:
        """Raise `FileNotFoundError`."""
        raise FileNotFoundError(name)
