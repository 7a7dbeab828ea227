"""An evaluation set for `quoth eval` from what people voted for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.insight.places import Places
from bot.insight.reading import Reading
from bot.insight.votes import voted_for


def exported(reading: Reading, places: Places | None, people: int) -> Iterator[dict[str, Any]]:
    """Yield a row for each question that more people liked than disliked, if at least `people` asked or voted.

    A quote that the documents no longer hold answers nothing: its question is left out.
    """
    for question in voted_for(reading):
        if max(question.people, question.liked + question.disliked) < people or question.liked <= question.disliked:
            continue
        row: dict[str, Any] = {
            "qid": question.key.hex(),
            "question": question.text,
            "answerable": question.lead is not None,
        }
        if question.lead is None:
            yield row
            continue
        source, start, end = question.lead
        text = places.text(source, start, end) if places is not None else None
        if text:
            yield row | {"answers": [], "sources": [source], "gold_quotes": [text]}
