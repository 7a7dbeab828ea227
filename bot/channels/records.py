"""What is known of a channel that is read, and of what was written in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a channel is, which decides what of it is read and what a document is."""

    FORUM = "forum"
    """Each post that is tagged as solved is a document."""

    NEWS = "news"
    """An announcement channel: each day is a document."""

    TEXT = "text"
    """A text channel: what managers wrote on a day is a document."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A channel that is read (Discord ids). `checkpoint` is the message up to which it has been read in order."""

    channel: int
    server: int
    kind: Kind
    name: str
    checkpoint: int = 0
    complete: bool = False

    @property
    def folder(self) -> str:
        """Where its documents are, below the root of all channels."""
        return f"{self.server}/{self.channel}"


@dataclass(frozen=True, slots=True)
class Thread:
    """A post that is kept. `checkpoint` is the message up to which it has been read."""

    thread: int
    channel: int
    title: str
    checkpoint: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a document is made of: the title of a post, None where it is a day, and the messages, oldest first."""

    title: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A message that is quoted: `place` is the document it is in (a thread's id, or a day), `by` its author's role.

    `author` is a keyed hash.
    """

    message: int
    channel: int
    place: str
    author: bytes
    by: str
    text: str
