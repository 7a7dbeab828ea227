"""What a connector's last run came to."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

MOST_FAILURES = 100
_AFTER_FAILURE = timedelta(minutes=30)


class Failure(BaseModel):
    """A document that was not fetched, and why."""

    model_config = ConfigDict(frozen=True)

    name: str
    reason: str


class State(BaseModel):
    """The last run: when it began and ended (ISO, UTC), and what came of it.

    Where it failed, `error` says why, and the other figures are those of the last run that did not. `failures` are the
    first hundred of `failed`; `swapped` is when the documents last changed. `run` is the number of the one that
    was in use when it ended.
    """

    model_config = ConfigDict(frozen=True)

    began: str | None = None
    ended: str | None = None
    error: str | None = None
    documents: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    notices: tuple[str, ...] = ()
    seconds: float = 0.0
    swapped: str | None = None
    run: int | None = None

    @property
    def is_news(self) -> bool:
        """Whether the last run changed a document."""
        return self.error is None and bool(self.added or self.changed or self.removed)

    def gone_back(self, documents: int) -> State:
        """Return the state once the `documents` of the run before are in use again."""
        since = {"documents": documents, "added": 0, "changed": 0, "removed": 0, "swapped": now()}
        return self.model_copy(update={**since, "failed": 0, "failures": (), "notices": ()})

    def due(self, every: timedelta | None, now: datetime) -> bool:
        """Tell whether the next run is due: sooner where the last one failed, as that may have passed."""
        if self.began is None:
            return True
        if every is None:
            return False
        wait = min(every, _AFTER_FAILURE) if self.error is not None else every
        return now - datetime.fromisoformat(self.began) >= wait


def now() -> str:
    """Return the time as a state holds it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read(path: Path) -> State:
    """Return the state in a file; that of a connector that has not run where there is none that can be read."""
    with contextlib.suppress(OSError, ValidationError):
        return State.model_validate_json(path.read_bytes())
    return State()


def write(path: Path, state: State) -> None:
    """Write a state, by one rename; raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(state.model_dump_json(indent=1), encoding="utf-8")
    beside.replace(path)
