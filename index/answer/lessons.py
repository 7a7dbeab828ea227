"""What people have taught: which stretch is to answer a question, and which is not to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from index.answer.wording import Wording
from index.records import Quote
from index.store.base import Generation

CONFIDENCE = 0.9
"""That a quote answers which people have chosen as the answer to the same question: a choice and not a measurement."""

_SAME = 0.5
"""Share of the shorter of two stretches that both must have to be the same quote."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The stretch `start` to `end` of a document's text."""

    source: str
    start: int
    end: int

    def is_like(self, other: Stretch) -> bool:
        """Tell whether two stretches are of the same words, for the most part."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        shorter = min(self.end - self.start, other.end - other.start)
        return self.source == other.source and shared >= _SAME * shorter > 0


def stretch_of(quote: Quote) -> Stretch:
    """Return where a quote stands."""
    return Stretch(quote.source, quote.start, quote.end)


@dataclass(frozen=True, slots=True)
class Taught:
    """What holds for one question: what leads its answer, best first, and what is not to be quoted."""

    leads: tuple[Stretch, ...] = ()
    blocked: tuple[Stretch, ...] = ()

    def allows(self, stretch: Stretch) -> bool:
        """Tell whether a stretch may be quoted."""
        return not any(stretch.is_like(other) for other in self.blocked)

    def allows_quote(self, quote: Quote) -> bool:
        """Tell whether a quote may be shown."""
        return self.allows(stretch_of(quote))


NOTHING = Taught()


class Lessons(Protocol):
    """Where what was taught is kept. Called in the thread that answers."""

    def taught(self, question: Wording, generation: Generation) -> Taught:
        """Return what holds for a question, as far as the text that it is about is as it was."""
        ...

    def note_on(self, stretch: Stretch, generation: Generation) -> str:
        """Return the note that goes with a stretch, "" where there is none."""
        ...


def led(leads: Iterable[Quote], others: Iterable[Quote], most: int) -> tuple[Quote, ...]:
    """Return quotes with the `leads` first, without others of the same words; at most `most`."""
    chosen: list[Quote] = []
    for quote in (*leads, *others):
        if not any(stretch_of(quote).is_like(stretch_of(other)) for other in chosen):
            chosen.append(quote)
    return tuple(chosen[:most])
