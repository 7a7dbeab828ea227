"""A question whose answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.answer.asked import Asked
from index.evaluation.must import holds
from index.records import Quote, Turn

SHARED_RUN = 30
"""Characters in one piece that a quote must share with a gold passage, where a question has those."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what answers it: `answers` are short strings, `passages` longer ones, `sources` the files.

    Where `must` is given, it decides instead: whoever sees one string of each of its groups has been helped. `kind` is
    any word for the kind of question, by which figures are split. `line` is where the question stands in its file, from
    1 (0 if it is from none).
    """

    qid: str
    question: str
    answers: tuple[str, ...]
    passages: tuple[str, ...]
    sources: tuple[str, ...]
    answerable: bool
    history: tuple[Turn, ...] = ()
    line: int = 0
    must: tuple[tuple[str, ...], ...] = ()
    kind: str = ""

    @property
    def asked(self) -> Asked:
        """What is asked: the question with the turns before it."""
        return Asked(self.question, self.history)

    @property
    def has_answers(self) -> bool:
        """Whether it is known what a quote must hold, not only which documents it must be from."""
        return bool(self.answers or self.passages or self.must)

    @property
    def needed(self) -> tuple[str, ...]:
        """What answers the question, for people to read: alternatives, or one line for each group of `must`."""
        return tuple(" / ".join(group) for group in self.must) or self.passages or self.answers

    def held_by(self, *quotes: Quote) -> bool:
        """Return whether `quotes`, seen together, hold the answer.

        Of `must`, one string of each group occurs in them, markup, case and white space aside. A short answer is held
        where it occurs, case folded. A gold passage is held where the quote is from a gold
        file and shares `SHARED_RUN` characters in one piece with it, white space aside, or all of the shorter.
        """
        if not self.answerable:
            return False
        if self.must:
            return holds(self.must, [quote.text for quote in quotes])
        return any(map(self._held_by_one, quotes))

    def _held_by_one(self, quote: Quote) -> bool:
        if self.passages:
            return quote.source in self.sources and any(_share_a_run(quote.text, passage) for passage in self.passages)
        return any(answer.casefold() in quote.text.casefold() for answer in self.answers)

    def rank(self, quotes: Sequence[Quote]) -> int | None:
        """Return how many other documents are quoted before a right one; None where no right one is quoted."""
        quoted = dict.fromkeys(quote.source for quote in quotes)
        return next((rank for rank, source in enumerate(quoted) if source in self.sources), None)


def _share_a_run(text: str, other: str) -> bool:
    short, long = sorted((" ".join(text.split()), " ".join(other.split())), key=len)
    run = min(SHARED_RUN, len(short))
    return any(short[at : at + run] in long for at in range(len(short) - run + 1))
