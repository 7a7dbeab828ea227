"""What has been read of each channel, as those see it who look after the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.markdown import written_at
from bot.channels.records import Watched
from bot.channels.store import ChannelError, ChannelStore
from bot.phrasing import count
from index.library.library import CHANNELS


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How much was read of a channel, up to when, and why reading it failed last, if it did."""

    watched: Watched
    documents: int
    messages: int
    until: datetime | None
    failure: str | None

    @property
    def summary(self) -> str:
        """All of it, in words."""
        parts = [
            f"{count(self.messages, 'message')} in {count(self.documents, 'document')}",
            f"up to {self.until:%Y-%m-%d %H:%M} UTC" if self.until is not None else "",
            "" if self.watched.complete else "its history is still being read",
            f"failed last: {self.failure}" if self.failure else "",
        ]
        return ", ".join(filter(None, parts))

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON holds it; `source` is the folder of its documents."""
        return {
            "source": f"{CHANNELS}/{self.watched.folder}/",
            "name": f"#{self.watched.name}",
            "kind": self.watched.kind.value,
            "reads": self.watched.reads.value,
            "documents": self.documents,
            "messages": self.messages,
            "until": self.until.isoformat() if self.until is not None else None,
            "complete": self.watched.complete,
            "failure": self.failure,
            "told": self.summary,
        }


def states(store: ChannelStore) -> list[ChannelState]:
    """Return what has been read of each channel; raises `ChannelError`."""
    return [_state(store, watched) for watched in store.all()]


def rows_or_fault(store: ChannelStore) -> tuple[list[dict[str, Any]], str | None]:
    """Return the state of each channel as JSON holds it; where it cannot be read, none, and what is wrong."""
    try:
        return [state.as_json() for state in states(store)], None
    except ChannelError as error:
        return [], error.message


def _state(store: ChannelStore, watched: Watched) -> ChannelState:
    documents, messages = store.counts(watched.channel)
    latest = max(watched.checkpoint, store.latest(watched.channel))
    until = written_at(latest) if latest else None
    return ChannelState(watched, documents, messages, until, store.failure(watched.channel))
