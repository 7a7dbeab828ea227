"""Cuts a quote from its document, as it is stored."""

from __future__ import annotations

from index.answer.blocks import header_row, kind_of, spans_in
from index.records import Quote
from index.store.values import StoredDocument


def quote_at(  # noqa: PLR0913 -- a quote has that much to it
    document: StoredDocument,
    start: int,
    end: int,
    *,
    section: tuple[str, ...],
    score: float,
    focus: tuple[int, int] = (-1, -1),
) -> Quote:
    """Return `document.text[start:end]` as a quote, which stands in `section`; its `focus` is all of it by default."""
    begins, ends = document.place(start), document.place(end - 1)
    return Quote(
        source=document.source,
        title=document.title,
        section=section,
        page=begins.page,
        lines=(begins.line, ends.line),
        start=start,
        end=end,
        text=document.text[start:end],
        url=document.url_of(section),
        score=score,
        kind=kind_of(document, start, end),
        focus=focus,
        blocks=spans_in(document, start, end),
        header=header_row(document, start),
        date=document.own_date,
        version=document.version,
    )


def section_at(document: StoredDocument, offset: int) -> tuple[str, ...]:
    """Return the path of headings that the character at `offset` stands below."""
    section: tuple[str, ...] = ()
    for block in document.each_block():
        if block.start > offset:
            break
        section = block.section
    return section
