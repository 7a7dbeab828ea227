"""What is known of the questions of a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from index.arrays import Vectors


class Kind(StrEnum):
    """Why a group of questions is listed."""

    ASKED = "asked"
    VAIN = "vain"
    DISLIKED = "disliked"
    UNASKED = "unasked"
    """Put to nobody, and nothing found: its groups are known where the settings have its words kept."""


@dataclass(frozen=True, slots=True)
class Day:
    """How much was asked on a day; `day` counts from 1970."""

    day: int
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was asked in a time."""

    asked: int
    answered: int
    liked: int
    disliked: int
    unasked: int
    """Questions that nobody put to the bot, and that it found nothing for."""

    @property
    def refused(self) -> int:
        """How many questions were not answered."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A question in the same words: how often it was asked, in vain, liked and disliked.

    `vector` has the shape (dimension,), or is None where it has not been encoded yet. `open` is how often it was asked
    in vain since the documents last answered it.
    """

    key: bytes
    text: str
    asked: int
    vain: int
    open: int
    liked: int
    disliked: int
    vector: Vectors | None


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a document."""

    source: str
    title: str
    section: tuple[str, ...]

    def __str__(self) -> str:
        """Return "title › section"."""
        return " › ".join((self.title, *self.section))


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask for the same: named by their own words, with the wording that is most like all of them.

    `people` is 0 until it has been counted how many asked (`counted`), and so in which `parts` of the time, equal ones
    and oldest first, and what was shown. `nearest` is where the documents come closest, which is the place to write it;
    `shown` is what was shown most. `wordings` are their keys.
    """

    name: str
    example: str
    asked: int
    vain: int
    open: int
    liked: int
    disliked: int
    people: int = 0
    parts: tuple[int, ...] = ()
    nearest: Place | None = None
    shown: Place | None = None
    wordings: tuple[bytes, ...] = field(default=(), repr=False)
    centre: Vectors | None = field(default=None, repr=False, compare=False)
    """The direction that its questions have in common, shape (dimension,)."""
    lead: tuple[str, int] | None = field(default=None, repr=False)
    """The source and the start of the quote that was shown most."""

    @property
    def trend(self) -> str:
        """Return whether it is asked more often lately: rising, steady or falling."""
        half = len(self.parts) // 2
        before, after = sum(self.parts[:half]), sum(self.parts[len(self.parts) - half :])
        if abs(after - before) <= max(1, (before + after) // 5):
            return "steady"
        return "rising" if after > before else "falling"


@dataclass(frozen=True, slots=True)
class Insight:
    """The questions of a time: totals, days, and the groups asked most, asked in vain and disliked.

    `since` and `until` are seconds since 1970. `unread` is how many questions were not put into groups: those asked in
    words that are seldom used, or not encoded yet. `missing` are the keys and words of those that have no vector,
    `made` the keys and vectors, of shape (dimension,), of those that were encoded for this.
    """

    since: float
    until: float
    totals: Totals
    days: tuple[Day, ...]
    groups: dict[Kind, tuple[Group, ...]]
    unread: int = 0
    missing: tuple[tuple[bytes, str], ...] = field(default=(), repr=False)
    made: tuple[tuple[bytes, Vectors], ...] = field(default=(), repr=False, compare=False)
