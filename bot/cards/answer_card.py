"""The card of an answer: quotes with their citations, how sure it is, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord

from bot import phrasing
from bot.cards import colours, press
from bot.cards.blocks import Bar
from bot.cards.buttons import ShowContext, ShowMore, Vote
from bot.cards.citation import citation
from bot.cards.cut import NOTE_ROOM, fitted
from bot.cards.escape import escape_line
from bot.cards.layout import MOST_TEXT, Item, card, length, rooms, text
from bot.cards.piece import Pieces, all_pieces
from bot.cards.reference import Reference, refer, short_hash
from bot.cards.visible import one_line
from index.records import Abstention, Answer, Quote
from index.store.values import StoredDocument

MOST_QUOTES = 3

_LONGEST_QUESTION = 200
ASKED = "-# Asked: "
CLOSEST = "**Closest passages**, which may not answer it:"


def answer_card(  # noqa: PLR0913 -- what its card is to hold
    answer: Answer,
    documents: Mapping[str, StoredDocument],
    *,
    skip: int = 0,
    more: bool = True,
    key: bytes | None = None,
    votes: bool = True,
) -> discord.ui.LayoutView:
    """Return the card of an answer, with its quotes from number `skip` on (at most `MOST_QUOTES`).

    `documents` are those of the quotes, by source: they tell code and tables from prose. `more` tells whether a button
    is to lead to further quotes; `key` is what buttons know the question by (`question_hash` of its words, where None).
    `votes` tells whether thumbs are to be there.
    """
    related = answer.abstention is not Abstention.UNRELATED
    quotes = (answer.quotes or answer.closest if related else ())[skip : skip + MOST_QUOTES]
    head = _head(answer, skip, any_left=bool(quotes))
    foot = f"-# {_summary(answer)}"
    shown = _quotes(quotes, all_pieces(quotes, documents), skip, MOST_TEXT - sum(map(length, [*head, foot])))
    items: list[Item] = [text(part) for part in head]
    for number, (quote, cited) in enumerate(shown):
        if number:
            items.append(discord.ui.Separator())
        items.append(text(f"{quote}\n{cited}"))
    items.append(text(foot))
    colour = colours.ANSWERED if answer.answered else colours.UNANSWERED
    return card(
        [*items, *_buttons(key or question_hash(answer.question), quotes, skip, more=more, votes=votes)], colour
    )


def question_hash(question: str) -> bytes:
    """Return what stands for the words of a question: eight bytes."""
    return short_hash(one_line(question))


def asked_line(question: str) -> str:
    """Return the line that repeats a question."""
    return f"{ASKED}{escape_line(question, _LONGEST_QUESTION) or '(nothing)'}"


def reference_to(quote: Quote) -> Reference:
    """Return what a button knows a quote by."""
    return refer(quote.source, quote.start, quote.text)


def _head(answer: Answer, skip: int, *, any_left: bool) -> list[str]:
    head = [asked_line(answer.question)]
    if not any_left and skip:
        return [*head, "There are no further quotes."]
    if answer.answered:
        return head
    why, rest = phrasing.abstained(answer)
    told = f"**{why}** {rest}"
    return [*head, f"{told}\n{CLOSEST}" if any_left else told]


def _summary(answer: Answer) -> str:
    """Return how sure the answer is and what it took."""
    what = "the answer" if answer.answered else "to be answered here"
    sure = f"{phrasing.confidence(answer.confidence)} {what} ({answer.confidence:.0%})"
    return f"{sure} · {answer.milliseconds:,.0f} ms"


def _quotes(quotes: Sequence[Quote], pieces: Sequence[Pieces], skip: int, room: int) -> list[tuple[str, str]]:
    """Return each quote with its citation, within `room` characters together."""
    cited = [citation(number, quote) for number, quote in enumerate(quotes, skip + 1)]
    left = room - sum(length(one) + 1 for one in cited)
    names = [_context(number, len(quotes)) for number in range(skip + 1, skip + len(quotes) + 1)]
    alone = [fitted(piece, Bar.PROSE, left, name) for piece, name in zip(pieces, names, strict=True)]
    shares = rooms([max(length(shown), NOTE_ROOM) for shown in alone], left)
    together = [
        shown if length(shown) <= share else fitted(piece, Bar.PROSE, share, name)
        for shown, piece, share, name in zip(alone, pieces, shares, names, strict=True)
    ]
    return list(zip(together, cited, strict=True))


def _context(number: int, shown: int) -> str:
    """Return what the button is called that shows the surroundings of a quote."""
    return f"Context {number}" if shown > 1 else "Context"


def _buttons(question: bytes, quotes: Sequence[Quote], skip: int, *, more: bool, votes: bool) -> list[Item]:
    """Return the rows of buttons: in one row where there is one quote, else the quotes' own stand above the others."""
    lead = reference_to(quotes[0]) if quotes else None
    contexts = [
        press.button(_context(number, len(quotes)), ShowContext(reference))
        for number, reference in _different(quotes, skip)
    ]
    further = press.button("More quotes", ShowMore(question, skip + len(quotes))) if more and quotes else None
    thumbs = [
        press.button("", Vote(up=True, question=question, quote=lead), emoji="👍"),
        press.button("", Vote(up=False, question=question, quote=lead), emoji="👎"),
    ]
    others = [further, *(thumbs if votes else [])]
    if len(contexts) > 1:
        return [*press.rows(*contexts), *press.rows(*others)]
    return press.rows(*contexts, *others)


def _different(quotes: Sequence[Quote], skip: int) -> list[tuple[int, Reference]]:
    """Return each quote's number and reference, the first alone of any that are the same: ids must not be doubled."""
    first: dict[Reference, int] = {}
    for number, quote in enumerate(quotes, skip + 1):
        first.setdefault(reference_to(quote), number)
    return [(number, reference) for reference, number in first.items()]
