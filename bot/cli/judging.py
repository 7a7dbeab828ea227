"""What people have said of answers, held against what is answered now: what `quoth tune` fits to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.answering.recent_questions import key_of
from bot.cards.reference import Reference, decode, resolve_in, short_hash
from bot.insight.votes import Ballot
from bot.teaching.corrections import found_in
from bot.teaching.records import Correction, Kind
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.lessons import Stretch, stretch_of
from index.answer.trace import AnswerTrace
from index.evaluation.tuning import Judged
from index.records import Quote
from index.store.base import Generation

_AT_ONCE = 16

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Feedback:
    """What people have said of the answers to one question.

    `ballots` are their votes, and `corrections` what managers have made of it, latest first, which goes before votes.
    """

    text: str
    ballots: list[Ballot] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def is_right(self, lead: Quote, generation: Generation, people: int) -> bool | None:
        """Return whether a quote answers the question; None where too few people have said anything of it.

        A manager decides alone; of others it takes `people`, and more on one side than on the other.
        """
        for correction in self.corrections:
            about = found_in(correction, generation)
            if about is not None and (correction.kind is Kind.LEAD or about.is_like(stretch_of(lead))):
                return correction.kind is Kind.LEAD and about.is_like(stretch_of(lead))
        verdicts = [right for ballot in self.ballots if (right := _says(ballot, lead, generation)) is not None]
        rights = sum(verdicts)
        return rights > len(verdicts) - rights if len(verdicts) >= people and 2 * rights != len(verdicts) else None


def feedback_of(ballots: Iterable[Ballot], corrections: Iterable[Correction]) -> list[Feedback]:
    """Return what people have said, by question; `corrections` are latest first.

    What was asked after another question, or of some documents only, is left out: its words alone ask something else.
    """
    by_text: dict[str, Feedback] = {}
    for ballot in ballots:
        if ballot.key == key_of(Asked(ballot.text)):
            by_text.setdefault(ballot.text, Feedback(ballot.text)).ballots.append(ballot)
    for correction in corrections:
        if correction.ended is None and correction.kind is not Kind.NOTE:
            by_text.setdefault(correction.question, Feedback(correction.question)).corrections.append(correction)
    return list(by_text.values())


def judged(answerer: Answerer, feedback: Sequence[Feedback], people: int, progress: Progress) -> list[Judged]:
    """Ask the questions again, and return the confidence in each lead of which it is known whether it is right.

    What people said of another quote than the one that leads now says nothing of that one.
    """
    traces = _asked(answerer, [question.text for question in feedback], progress)
    return [
        Judged(trace.answer.confidence, right)
        for question, trace in zip(feedback, traces, strict=True)
        if (lead := _lead(trace)) is not None
        and (right := question.is_right(lead, answerer.generation, people)) is not None
    ]


def _asked(answerer: Answerer, texts: Sequence[str], progress: Progress) -> Iterator[AnswerTrace]:
    for at in range(0, len(texts), _AT_ONCE):
        progress("asking", at, len(texts))
        yield from answerer.trace_all([Asked(text) for text in texts[at : at + _AT_ONCE]])


def _lead(trace: AnswerTrace) -> Quote | None:
    """Return the quote that the confidence is about; None where there is none, or where a kept answer leads."""
    quotes = trace.answer.quotes or trace.answer.closest
    return quotes[0] if quotes and not trace.led else None


def _says(ballot: Ballot, lead: Quote, generation: Generation) -> bool | None:
    """Return whether somebody said that a quote answers the question; None where they voted on something else.

    A refusal that was liked was right to be none: what it showed as closest does not answer, and where it showed
    nothing, nothing did. One that was disliked says nothing.
    """
    if not ballot.answered and not ballot.up:
        return None
    reference = decode(ballot.quote) if ballot.quote is not None else None
    if reference is None:
        return None if ballot.answered else False
    return (ballot.up and ballot.answered) if _is_on(reference, lead, generation) else None


def _is_on(reference: Reference, lead: Quote, generation: Generation) -> bool:
    """Tell whether the words of a reference are those of a quote, for the most part."""
    if reference.source != short_hash(lead.source):
        return False
    place = resolve_in(generation.catalogue.document(lead.source), reference)
    return place is not None and Stretch(lead.source, place.start, place.end).is_like(stretch_of(lead))
