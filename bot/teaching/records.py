"""A correction, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.cards.reference import Reference


class Kind(StrEnum):
    """What a correction says of a stretch of a document."""

    LEAD = "lead"
    """It answers the question."""

    BLOCK = "block"
    """It does not."""

    NOTE = "note"
    """There is something to say about it, whatever was asked."""


class End(StrEnum):
    """Why a correction no longer holds."""

    TAKEN_BACK = "taken back"
    CHANGED = "changed"
    """The text that it points to is no longer there as it was."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A correction of the answer to a question, as somebody makes it.

    `source` and `reference` name the stretch that it is about, without its words.
    """

    kind: Kind
    question: str
    source: str
    reference: Reference
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that was made: what it says, by whom, and when.

    `person` is the id of whoever made it, None once they have had it forgotten; times are in seconds since 1970.
    `ended` and `end` are None while it holds.
    """

    number: int
    kind: Kind
    question: str
    source: str
    reference: Reference
    note: str
    person: int | None
    made: float
    ended: float | None = None
    end: End | None = None
