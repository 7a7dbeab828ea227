"""The card of a quote in its surroundings."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cards import colours, press
from bot.cards.buttons import At, ShowContext, Way
from bot.cards.citation import link, name
from bot.cards.escape import escape_line
from bot.cards.layout import card, length, text
from bot.cards.pages import Span, View, page_around, page_from, page_to
from bot.cards.reference import Location, refer
from bot.cards.where import where
from bot.cards.written import written_beside
from bot.localisation.catalogue import mark, say
from index.store.values import StoredDocument

PAGE = 2800
"""Characters of a page: what is left beside its heading and a note."""

_LEAST_PAGE = 600
"""The same beside written sentences, however long they are."""

_LONGEST_NAME = 60
_VOTES = mark("-# {liked} 👍 and {disliked} 👎 for it as an answer, which count a little for close questions")


def context_card(
    place: Location,
    at: At | None = None,
    percent: int | None = None,
    votes: tuple[int, int] | None = None,
    sentences: Sequence[str] = (),
) -> discord.ui.LayoutView:
    """Return the page of the quote's document that is `at`, or the one around the quote, with the quote marked.

    `percent` is how probable it is that the quote answers, where that is known; `votes` are how many people liked and
    disliked it as an answer, where that counts; `sentences` are those on the card of the answer that were written from
    it, as they stand there.
    """
    document = place.document
    view = View(document, 0, len(document.text), (place.start, place.end))
    written = written_beside(sentences)
    start, end = turned(view, at, max(PAGE - length(written), _LEAST_PAGE))
    quote = refer(document.source, place.start, document.text[place.start : place.end])
    page = view.markdown(start, end) or say("-# (nothing to be seen)")
    items = [text(part) for part in (heading(document, (start, end)), written, page) if part]
    if percent is not None:
        items.append(text(say("-# {percent} % probable that the quote answers the question", percent=percent)))
    if votes is not None:
        items.append(text(say(_VOTES, liked=votes[0], disliked=votes[1])))
    earlier = press.button(say("Earlier"), ShowContext(quote, At(Way.TO, start), percent)) if start > 0 else None
    later = (
        press.button(say("Later"), ShowContext(quote, At(Way.FROM, end), percent)) if end < len(document.text) else None
    )
    back = press.button(say("Quote"), ShowContext(quote, None, percent)) if not start <= place.start < end else None
    return card([*items, *press.rows(earlier, back, later)], colours.PLAIN)


def turned(view: View, at: At | None, room: int = PAGE) -> Span:
    """Return the page that is `at`, or the one around what is marked."""
    if at is None:
        return page_around(view, room)
    return (page_from if at.way is Way.FROM else page_to)(view, at.offset, room)


def heading(document: StoredDocument, span: Span) -> str:
    """Return what a page is of: the document, the section that it begins in, and its lines or pages."""
    section, place = where(document, *span)
    parts = [
        f"**{name(document.title, section)}**",
        ", ".join(part for part in (escape_line(document.source, _LONGEST_NAME), place) if part),
        link(document.url),
    ]
    return " · ".join(part for part in parts if part)
