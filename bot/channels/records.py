"""What is known of a channel that is read, and of what was written in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a channel is, which decides what of it is read and what a document is.

    Of threads below a channel that is no forum, what managers wrote is read: a thread is a document.
    """

    FORUM = "forum"
    """Each post that is tagged as solved is a document."""

    NEWS = "news"
    """An announcement channel: each day is a document."""

    TEXT = "text"
    """A text channel: what managers wrote on a day is a document."""


class Reads(StrEnum):
    """What is read of a channel that is no forum, and what of it is a document: managers pick it for each channel."""

    DAYS = "days"
    """What its kind says, a document for each day."""

    MESSAGES = "messages"
    """The same, a document for each message: for announcements, each of which is about something else."""

    PINS = "pins"
    """Pinned messages alone, whoever wrote them: those who may pin have picked them. A document for each day.

    In threads, too.
    """


READS_OF: Mapping[Kind, tuple[Reads, ...]] = MappingProxyType(
    {Kind.NEWS: (Reads.DAYS, Reads.MESSAGES, Reads.PINS), Kind.TEXT: (Reads.DAYS, Reads.PINS), Kind.FORUM: ()}
)
"""What can be picked, the default first."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A channel that is read (Discord ids). `checkpoint` is the message up to which it has been read in order.

    `version` tells that it was added then and not once before or later.
    """

    channel: int
    server: int
    kind: Kind
    name: str
    checkpoint: int = 0
    complete: bool = False
    reads: Reads = Reads.DAYS
    version: int | None = None

    @property
    def folder(self) -> str:
        """Where its documents are, below the root of all channels."""
        return f"{self.server}/{self.channel}"


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread that is kept: a post, or below a channel. `checkpoint` is the message up to which it has been read.

    `owner` is who has opened it, as a keyed hash.
    """

    thread: int
    channel: int
    title: str
    checkpoint: int
    owner: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What a document is made of: the title of a thread, None where it is a day, and the messages, oldest first.

    The title is empty where it is not to be told.
    """

    title: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A message that is quoted: `place` is the document it is in (`markdown.place_of`), `by` its author's role.

    `author` is a keyed hash.
    """

    message: int
    channel: int
    place: str
    author: bytes
    by: str
    text: str
