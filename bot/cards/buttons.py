"""What each button says when it is pressed: all that its card needs to be made again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.cards.reference import Reference


class Way(StrEnum):
    """Which way a page lies: from an offset on, or up to it."""

    FROM = "f"
    TO = "t"


@dataclass(frozen=True, slots=True)
class At:
    """The page that begins at an offset of its document, or ends there."""

    way: Way
    offset: int


@dataclass(frozen=True, slots=True)
class ShowContext:
    """Show a quote in its surroundings: the page `at`, or the one around the quote.

    `percent` is how probable it is that the quote answers, where that is known of it.
    """

    quote: Reference
    at: At | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class ShowMore:
    """Show the quotes of a question from number `skip` on; `question` is the hash of the question asked."""

    question: bytes
    skip: int


@dataclass(frozen=True, slots=True)
class Vote:
    """Say that an answer helped, or did not; `quote` is the lead, where there is one."""

    up: bool
    question: bytes
    quote: Reference | None


@dataclass(frozen=True, slots=True)
class ShowPart:
    """Show part of a document, the page `at` of it."""

    part: Reference
    at: At


@dataclass(frozen=True, slots=True)
class Open:
    """Show a document, or a section of it, by the hashes of its source and of its path."""

    source: bytes
    section: bytes


@dataclass(frozen=True, slots=True)
class ListPage:
    """Show a page of the list of documents; pages count from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what was added to the library, or put back what was removed, by the hash of its source.

    `version` tells it from what was added before or later under the same name.
    """

    added: bool
    source: bytes
    version: int | None = None


@dataclass(frozen=True, slots=True)
class UndoRefresh:
    """Put back what a connector had fetched before a run, by the run's number and the hash of its source."""

    run: int
    source: bytes


@dataclass(frozen=True, slots=True)
class TellMe:
    """Tell whoever pressed once the documents have an answer; `question` is the hash of the question asked."""

    question: bytes


@dataclass(frozen=True, slots=True)
class ShowInsight:
    """Show managers a list of what was asked (`vain`, `asked`, ...), of so many days, on a page from 0."""

    kind: str
    days: int
    page: int


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct the answers whose text has changed: for managers."""


@dataclass(frozen=True, slots=True)
class ShowChanges:
    """Show managers a page of the answers whose text has changed, old and new; pages count from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Share:
    """Show to everybody in the channel the card that its reader alone sees."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Set one of the settings of a server to what is picked in its select; `part` tells apart several of a setting."""

    name: str
    part: int | None = None


@dataclass(frozen=True, slots=True)
class UndoChange:
    """Take back a change to the settings of a server, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """Put a setting of a server back to its default."""

    name: str


@dataclass(frozen=True, slots=True)
class Solved:
    """Mark the forum post that the button is in as solved."""


@dataclass(frozen=True, slots=True)
class AskHelper:
    """Ask the helpers in the forum post that the button is in."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """Go back to the index before; `between` is a hash of the names of the one in use and of the one before it."""

    between: bytes


@dataclass(frozen=True, slots=True)
class Accept:
    """Put an index in use that was kept aside; `between` is a hash of the names of the one in use and of that one."""

    between: bytes


@dataclass(frozen=True, slots=True)
class Teach:
    """Correct the answer to a question, by the hash of the question asked: for managers."""

    question: bytes


@dataclass(frozen=True, slots=True)
class Decide:
    """Say of a passage that it answers a question (`lead`), that it does not (`block`), or write a `note` on it."""

    kind: str
    question: bytes
    passage: Reference


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take a correction back, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class ListCorrections:
    """Show managers a page of the corrections; pages count from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Agree:
    """Say as the author of a message (by its id) whether it may be kept as an answer.

    `wish` is the hash of what was asked; earlier versions left it out.
    """

    yes: bool
    message: int
    wish: bytes | None = None


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Read a channel in one of the ways (`days`, `messages`, `pins`), by the hash of its source: for managers."""

    reads: str
    source: bytes


OfTeaching = Teach | Decide | TakeBack | ListCorrections | Agree
ForServers = GoBack | Accept | Solved | AskHelper | Choose | UndoChange | PutBack | ReadAs
OfLibrary = Undo | UndoRefresh
OfInsight = TellMe | ShowInsight | Correct | ShowChanges | Share
Pressed = ForServers | OfInsight | OfTeaching | OfLibrary | ShowContext | ShowMore | Vote | ShowPart | Open | ListPage
