"""An evaluation set for `quoth eval` from what people voted for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.insight.places import Places
from bot.insight.reading import Reading


def exported(reading: Reading, places: Places | None, people: int) -> Iterator[dict[str, Any]]:
    """Yield a row for each question that more people liked than disliked, if at least `people` asked or voted.

    A quote that the documents no longer hold answers nothing: its question is left out.
    """
    for one in reading.voted_for():
        if max(one.people, one.liked + one.disliked) < people or one.liked <= one.disliked:
            continue
        row: dict[str, Any] = {"qid": one.key.hex(), "question": one.text, "answerable": one.lead is not None}
        if one.lead is None:
            yield row
            continue
        source, start, end = one.lead
        text = places.text(source, start, end) if places is not None else None
        if text:
            yield row | {"answers": [], "sources": [source], "gold_quotes": [text]}
