"""Corrections as questions of an evaluation set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.teaching.corrections import found_in
from bot.teaching.records import Correction, Kind
from index.store.base import Generation


def exported(corrections: Sequence[Correction], generation: Generation) -> Iterator[dict[str, object]]:
    """Yield a row for each question that a passage was picked for, as far as its text is as it was: the latest of each.

    A blocked passage says only what is not right, and is left out.
    """
    seen: set[str] = set()
    for correction in corrections:
        stretch = (
            found_in(correction, generation) if correction.kind is Kind.LEAD and correction.ended is None else None
        )
        if stretch is None or correction.question in seen:
            continue
        seen.add(correction.question)
        text = generation.catalogue.document(stretch.source).text[stretch.start : stretch.end]
        about = {"qid": f"taught-{correction.number}", "question": correction.question, "answerable": True}
        yield about | {"answers": [], "sources": [stretch.source], "gold_quotes": [text]}
