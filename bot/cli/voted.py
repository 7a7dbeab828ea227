"""An evaluation set for `quoth eval` from what people voted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.answering.recent_questions import key_of
from bot.cards.reference import decode, resolve
from bot.insight.asked_again import still_open
from bot.insight.people import count_people
from bot.insight.reading import Reading
from bot.insight.votes import Ballot, ballots
from index.answer.asked import Asked
from index.store.base import Generation

_Place = tuple[str, str]
"""A source, and words of it."""


def exported(reading: Reading, generation: Generation | None, people: int) -> Iterator[dict[str, Any]]:
    """Yield a row for each question whose answer, or else whose refusal, more people liked than disliked.

    It takes `people` who asked or voted. A vote is on the words that were shown: where the documents hold them no
    longer, it says nothing. What was asked after another question, or of some documents only, is left out: its words
    alone ask something else. So is a refusal where a build has answered the question since.
    """
    by_key: dict[bytes, list[Ballot]] = {}
    for ballot in ballots(reading):
        if ballot.key == key_of(Asked(ballot.text)):
            by_key.setdefault(ballot.key, []).append(ballot)
    for key, cast in sorted(by_key.items()):
        if max(count_people(reading, [key]), len(cast)) < people:
            continue
        about = {"qid": key.hex(), "question": cast[0].text}
        answers = list(_liked_answers(cast, generation))
        if answers:
            sources, quotes = (list(dict.fromkeys(column)) for column in zip(*answers, strict=True))
            yield about | {"answerable": True, "answers": [], "sources": sources, "gold_quotes": quotes}
        elif _is_liked(ballot for ballot in cast if not ballot.answered) and still_open(reading, [key]).get(key) != 0:
            yield about | {"answerable": False}


def _liked_answers(cast: Sequence[Ballot], generation: Generation | None) -> Iterator[_Place]:
    """Yield the words, where they still stand, that more people liked as the answer than disliked."""
    by_place: dict[_Place, list[Ballot]] = {}
    for ballot in cast:
        if ballot.answered and (place := _place_of(ballot, generation)) is not None:
            by_place.setdefault(place, []).append(ballot)
    return (place for place, on_it in by_place.items() if _is_liked(on_it))


def _is_liked(cast: Iterable[Ballot]) -> bool:
    return sum(1 if ballot.up else -1 for ballot in cast) > 0


def _place_of(ballot: Ballot, generation: Generation | None) -> _Place | None:
    reference = decode(ballot.quote) if ballot.quote is not None else None
    location = resolve(reference, generation.catalogue) if reference is not None and generation is not None else None
    return (location.document.source, location.words) if location is not None else None
