"""One run of a connector: list, fetch what has changed, and put it in use as a whole or not at all."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from index.errors import ConnectorError, UnreadableError
from index.library.connectors import state as states
from index.library.connectors.names import fault
from index.library.connectors.place import Place
from index.library.connectors.protocol import Connector, Item, Listed, Notice, Skipped
from index.library.connectors.staging import Staging
from index.library.connectors.state import MOST_FAILURES, Failure, State
from index.read.contents import too_large

Progress = Callable[[int, str], None]
"""Called with the number of documents seen so far, and the name of the last."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a run may fetch: the number of documents, the bytes of each, and the seconds it may take."""

    documents: int = 10_000
    bytes: int = 10 * 1024 * 1024
    seconds: float = 3600.0


@dataclass(slots=True)
class _Documents:
    """What a run has found so far."""

    items: dict[str, Item] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    """The folders that the items lie in."""

    def hold(self, item: Item) -> None:
        """Have an item be among the documents."""
        self.items[item.name] = item
        self.folders.update(_folders(item.name))

    def clashes(self, name: str) -> bool:
        """Tell whether a document cannot lie beside the others: one is called as a folder of the other is."""
        return name in self.folders or any(folder in self.items for folder in _folders(name))

    def miss(self, name: str, reason: str) -> None:
        """Note why a document does not come; its name may be one that no file can have, and is to be shown."""
        self.failures[name.encode("utf-8", "replace").decode()] = reason


def _folders(name: str) -> Iterator[str]:
    return accumulate(name.split("/")[:-1], "{}/{}".format)


class RemovedError(ConnectorError):
    """The connector was removed while it ran."""


def run(
    connector: Connector,
    place: Place,
    limits: Limits,
    progress: Progress = lambda *_: None,
    check: Callable[[], None] = lambda: None,
) -> State:
    """Refresh what a connector has fetched, and return what came of it, which is written down, too.

    A run that fails changes nothing but the state; what it had fetched is kept for the next. `check` raises
    `RemovedError` where the connector is set up no more: then nothing is kept. Raises that, and `ConnectorError` where
    another run is under way.
    """
    with place.lock():
        before = states.read(place.state)
        began, started = states.now(), time.monotonic()
        try:
            after = _run(connector, place, limits, progress, check)
        except RemovedError:
            raise
        except ConnectorError as error:
            after = before.model_copy(update={"error": str(error)})
        except Exception as error:  # noqa: BLE001 -- a connector of another package may raise anything
            reason = f"{type(error).__name__}: {error}".encode("utf-8", "replace").decode()
            after = before.model_copy(update={"error": f"It failed ({reason}): nothing has changed."})
        swapped = states.now() if after.is_news else before.swapped
        seconds = round(time.monotonic() - started, 3)
        update = {"began": began, "ended": states.now(), "seconds": seconds, "swapped": swapped, "run": place.number()}
        after = after.model_copy(update=update)
        _write(place, after)
        return after


def _run(connector: Connector, place: Place, limits: Limits, progress: Progress, check: Callable[[], None]) -> State:
    staging = Staging(place)
    try:
        try:
            with staging:
                gathered = _gather(connector, staging, limits, progress)
        finally:
            check()
        return _put(staging, gathered)
    except RemovedError:
        staging.discard()
        raise
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            staging.discard()
            raise ConnectorError("The disk is full: nothing has changed.") from error
        raise ConnectorError(f"It could not be saved ({error.strerror or error}): nothing has changed.") from error


def _gather(connector: Connector, staging: Staging, limits: Limits, progress: Progress) -> _Documents:
    gathered, until = _Documents(), time.monotonic() + limits.seconds
    for listed in _listed(connector, staging):
        if time.monotonic() > until:
            raise ConnectorError(
                f"It took longer than {limits.seconds / 60:.0f} minutes: nothing has changed, and the next run goes on "
                "from here; `most_minutes` sets the limit."
            )
        _take(listed, connector, staging, limits, gathered)
        if not isinstance(listed, Notice):
            progress(len(gathered.items) + len(gathered.failures), listed.name)
    if not gathered.items:
        for name, reason in gathered.failures.items():
            raise ConnectorError(f"There is no document to fetch ({name}: {reason}): nothing has changed.")
        raise ConnectorError("There is no document to fetch: nothing has changed.")
    return gathered


def _listed(connector: Connector, staging: Staging) -> Iterator[Listed]:
    try:
        yield from connector.list(staging)
    except OSError as error:
        raise ConnectorError(_unreachable(error)) from error


def _unreachable(error: OSError) -> str:
    return f"What it reads cannot be reached ({error.strerror or error}): nothing has changed."


def _take(listed: Listed, connector: Connector, staging: Staging, limits: Limits, gathered: _Documents) -> None:
    if isinstance(listed, Notice):
        gathered.notices += [listed.text] if listed.text else []
    elif isinstance(listed, Skipped):
        gathered.miss(listed.name, listed.reason)
        if listed.keep and listed.name in staging.items and not gathered.clashes(listed.name):
            gathered.hold(staging.items[listed.name])
    else:
        reason = _why_not(listed, limits, gathered, staging) or _fetched(listed, connector, staging, limits, gathered)
        if reason is not None:
            gathered.miss(listed.name, reason)


def _why_not(item: Item, limits: Limits, gathered: _Documents, staging: Staging) -> str | None:
    if item.name in gathered.items:
        return "was listed twice: the first one counts"
    if gathered.clashes(item.name):
        return "is called as a folder is in which another document lies, or the other way round"
    if len(gathered.items) >= limits.documents:
        return f"is one of more than {limits.documents:,} documents: `most_documents` sets the limit"
    return None if item.name in staging.before else fault(item.name)


def _fetched(item: Item, connector: Connector, staging: Staging, limits: Limits, gathered: _Documents) -> str | None:
    """Take an item over, or fetch it; return why not, if it cannot be."""
    before = staging.items.get(item.name)
    if before is None or before.fingerprint != item.fingerprint:
        try:
            data = connector.fetch(item)
        except UnreadableError as error:
            return str(error)
        except OSError as error:
            raise ConnectorError(_unreachable(error)) from error
        if len(data) > limits.bytes:
            return too_large(limits.bytes)
        staging.add(item, data)
    gathered.hold(item)
    return None


def _put(staging: Staging, gathered: _Documents) -> State:
    items, before = gathered.items, staging.before
    added = items.keys() - before.keys()
    removed = before.keys() - items.keys()
    changed = {
        name
        for name in items.keys() & before.keys()
        if (items[name].fingerprint, items[name].url) != (before[name].fingerprint, before[name].url)
    }
    if added or removed or changed:
        staging.put(items.values())
    else:
        staging.note(items.values())
    failures = [Failure(name=name, reason=reason) for name, reason in gathered.failures.items()]
    return State(
        documents=len(items),
        added=len(added),
        changed=len(changed),
        removed=len(removed),
        failed=len(failures),
        failures=tuple(failures[:MOST_FAILURES]),
        notices=tuple(gathered.notices),
    )


def _write(place: Place, state: State) -> None:
    try:
        states.write(place.state, state)
    except OSError as error:
        raise ConnectorError(f"What came of it could not be written down ({error.strerror or error}).") from error
