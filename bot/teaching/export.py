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
    for one in corrections:
        stretch = found_in(one, generation) if one.kind is Kind.LEAD and one.ended is None else None
        if stretch is None or one.question in seen:
            continue
        seen.add(one.question)
        text = generation.catalogue.document(stretch.source).text[stretch.start : stretch.end]
        about = {"qid": f"taught-{one.number}", "question": one.question, "answerable": True}
        yield about | {"answers": [], "sources": [stretch.source], "gold_quotes": [text]}
