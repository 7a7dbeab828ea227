"""The card of an answer: the quotes that add something, where they stand, how sure it is, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import discord

from bot.cards import colours, press
from bot.cards.blocks import Bar
from bot.cards.buttons import ShowContext, ShowMore, TellMe, Vote
from bot.cards.citation import citation, plain_name
from bot.cards.cut import NOTE_ROOM, fitted
from bot.cards.escape import escape_line
from bot.cards.layout import Item, card, length, rooms, text
from bot.cards.levels import closing, colour_of, level_of, opening
from bot.cards.piece import pieces_of
from bot.cards.places import closest_places, line_of
from bot.cards.reference import Reference, refer, short_hash
from bot.cards.visible import one_line
from bot.cards.worth import adding, shown_first
from bot.cards.written import cited_by, written_above
from bot.localisation.catalogue import mark, say
from index.records import Abstention, Answer, BlockKind, Level, Quote

MOST_QUOTES = 3
MOST_TEXT = 2000
"""Characters of a card: Discord takes twice as many, which fill the screen of a phone twice."""

MOST_TEXT_WRITTEN = 3500
"""The same below written sentences, of which each must have its quotes."""

ASKED = mark("-# Asked: ")

_LONGEST_QUESTION = 150
LONGEST_NOTE = 300
"""Characters of the note that goes with a quote."""

_CONTEXT = mark("Context")
_NOTE = mark("-# 📝 A note by a moderator: {note}")
_NOTHING = mark("(nothing)")
_TELL = mark("Tell me when the documents have it")


def answer_card(  # noqa: PLR0913 -- what its card is to hold
    answer: Answer,
    *,
    skip: int = 0,
    more: bool = True,
    key: bytes | None = None,
    votes: bool = True,
    repeats_question: bool = True,
    heading: str = "",
    below: Sequence[Item] = (),
) -> discord.ui.LayoutView:
    """Return the card of an answer, or, where `skip` is not 0, of the quotes after so many.

    `more` tells whether a button is to lead to further quotes; `key` is what buttons know the question by
    (`question_hash` of its words, where None). `votes` tells whether thumbs are to be there, and `repeats_question`
    whether the question is: Discord shows it where the card is a reply to it. `heading` is a line above everything, and
    what stands `below` ends the card.
    """
    quotes = quotes_on(answer, skip)
    writes = answer.written is not None and not skip
    head = [heading] if heading else []
    head += [asked_line(answer.question)] if repeats_question else []
    head += [written_above(answer)] if writes else []
    head += [part for part in (_opening(answer, skip, quotes),) if part]
    foot = [] if skip else [f"-# {closing(answer)}"]
    items: list[Item] = [text(part) for part in head]
    room = (MOST_TEXT_WRITTEN if writes else MOST_TEXT) - sum(map(length, [*head, *foot]))
    for number, quote_text in enumerate(_quotes(quotes, skip, room, numbered=writes or len(quotes) > 1 or skip > 0)):
        items += [discord.ui.Separator()] if number else []
        items.append(text(quote_text))
    items += [text(part) for part in foot]
    question_key = key or question_hash(answer.question)
    colour = colours.PLAIN if skip else colour_of(level_of(answer))
    actions = _actions(question_key, answer, quotes, skip, more=more, votes=votes)
    return card([*items, *actions, *below], colour)


def quotes_on(answer: Answer, skip: int = 0) -> tuple[Quote, ...]:
    """Return the quotes that the card of an answer shows, after the first `skip` that add something.

    Below written sentences these are the quotes that they cite.
    """
    if level_of(answer) is Level.NONE:
        return ()
    if answer.written is not None and not skip:
        return tuple(answer.quotes[number - 1] for number in cited_by(answer.written))
    quotes = adding(answer)
    return tuple(islice(quotes, skip, skip + MOST_QUOTES) if skip else shown_first(quotes, MOST_QUOTES))


def question_hash(question: str) -> bytes:
    """Return what stands for the words of a question: eight bytes."""
    return short_hash(one_line(question))


def asked_line(question: str) -> str:
    """Return the line that repeats a question."""
    return f"{say(ASKED)}{escape_line(question, _LONGEST_QUESTION) or say(_NOTHING)}"


def reference_to(quote: Quote) -> Reference:
    """Return what a button knows a quote by."""
    return refer(quote.source, quote.start, quote.text)


def _opening(answer: Answer, skip: int, quotes: Sequence[Quote]) -> str:
    """Return what stands above the quotes: of an answer, nothing."""
    if skip:
        return "" if quotes else say("There are no further quotes.")
    places = closest_places(answer) if level_of(answer) is Level.NONE else []
    return "\n".join([opening(answer), *places])


def _quotes(quotes: Sequence[Quote], skip: int, room: int, *, numbered: bool) -> list[str]:
    """Return each quote with its citation below, within `room` characters together."""
    cited = [
        f"{_cut_code(quote)}{_cited(quote, number if numbered else None)}"
        for number, quote in enumerate(quotes, skip + 1)
    ]
    left = room - sum(length(caption) + 1 for caption in cited)
    pieces = [pieces_of(quote) for quote in quotes]
    alone = [fitted(piece, Bar.PROSE, left, say(_CONTEXT)) for piece in pieces]
    shares = rooms([max(length(quote_text), NOTE_ROOM) for quote_text in alone], left)
    together = [
        quote_text if length(quote_text) <= share else fitted(piece, Bar.PROSE, share, say(_CONTEXT))
        for quote_text, piece, share in zip(alone, pieces, shares, strict=True)
    ]
    return [f"{quote_text}\n{caption}" for quote_text, caption in zip(together, cited, strict=True)]


def _cut_code(quote: Quote) -> str:
    """Return a line that says that a quote begins or ends inside of code, which nobody would see; "" elsewhere."""
    if not quote.blocks:
        return ""
    first, last = quote.blocks[0], quote.blocks[-1]
    begins_inside = first.kind is BlockKind.CODE and first.start < quote.start
    ends_inside = last.kind is BlockKind.CODE and quote.end < last.end
    return say("-# … (part of longer code: {more})", more=say(_CONTEXT)) + "\n" if begins_inside or ends_inside else ""


def _cited(quote: Quote, number: int | None) -> str:
    """Return where a quote stands, and below it what those who look after the documents say about it."""
    cited = citation(quote, number)
    note = escape_line(quote.note, LONGEST_NOTE)
    return f"{cited}\n{say(_NOTE, note=note)}" if note else cited


def _actions(  # noqa: PLR0913 -- what the buttons say
    question: bytes, answer: Answer, quotes: Sequence[Quote], skip: int, *, more: bool, votes: bool
) -> list[Item]:
    """Return a row of buttons, below a select of the context to show where there are several quotes.

    Without thumbs, *More* is always there: it is then the only way to *Correct this*.
    """
    contexts = _contexts(answer, quotes, skip)
    count = 0 if answer.written is not None else skip + len(quotes)  # quotes that were cited are others
    there = more and quotes and (_has_further(answer, quotes, count) or not votes)
    further = press.button(say("More"), ShowMore(question, count)) if there else None
    lead = reference_to(quotes[0]) if quotes else None
    thumbs = [
        press.button("", Vote(up=True, question=question, quote=lead), emoji="👍"),
        press.button("", Vote(up=False, question=question, quote=lead), emoji="👎"),
    ]
    alone = [press.button(say(_CONTEXT), choice.pressed) for choice in contexts] if len(contexts) == 1 else []
    select = [press.select(say(_CONTEXT), contexts)] if len(contexts) > 1 else []
    is_missing = not answer.answered and answer.abstention is not Abstention.VAGUE
    tell = press.button(say(_TELL), TellMe(question)) if votes and is_missing and not skip else None
    return [*select, *press.rows(*alone, further, *(thumbs if votes else [])), *press.rows(tell)]


def _has_further(answer: Answer, quotes: Sequence[Quote], count: int) -> bool:
    """Tell whether there are quotes after the first `count` that add something, and are not those that are shown."""
    return answer.has_further or any(quote not in quotes for quote in islice(adding(answer), count, None))


def _contexts(answer: Answer, quotes: Sequence[Quote], skip: int) -> list[press.Choice]:
    """Return what shows the surroundings of each quote, of those that are the same of the first: ids are unique.

    The confidence is that of the first quote of all.
    """
    first: dict[Reference, press.Choice] = {}
    for number, quote in enumerate(quotes, skip + 1):
        percent = round(100 * answer.confidence) if number == 1 else None
        shows = ShowContext(reference_to(quote), None, percent)
        label = f"{number}. {plain_name(quote.title, quote.section)}"
        first.setdefault(shows.quote, press.Choice(label, line_of(quote), shows))
    return list(first.values())
