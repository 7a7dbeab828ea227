"""The card of what was asked, asked in vain and disliked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from bot.cards import colours, press
from bot.cards.buttons import Correct, ShowChanges, ShowInsight
from bot.cards.changes_card import link_to
from bot.cards.escape import escape_line
from bot.cards.layout import Item, card, text
from bot.insight.cards import Card
from bot.insight.records import Group, Insight, Kind
from bot.insight.text import MISSING, sparkline
from bot.localisation import words
from bot.localisation.catalogue import figure, mark, say, say_count

ON_A_PAGE = 5
DAYS = (7, 30, 90)
_MOST_LINKS = 5
_DIGEST_KINDS = (Kind.VAIN, Kind.ASKED, Kind.UNASKED)
_IN_DIGEST = 3
_LONGEST_NAME = 60
_LONGEST_EXAMPLE = 100
_LONGEST_PLACE = 80

HEADS = {
    Kind.VAIN: mark("Asked in vain"),
    Kind.ASKED: mark("Asked most"),
    Kind.DISLIKED: mark("Answers that were disliked"),
    Kind.UNASKED: mark("Said in passing, and nothing found"),
}
_TRENDS = {"rising": mark("rising"), "steady": mark("steady"), "falling": mark("falling")}
DIGEST_HEAD = mark("**What was asked in the last {days}**")
_SUMMARY = mark("{questions}: {answered} answered, {refused} refused; {liked} 👍, {disliked} 👎")
_IN_PASSING = mark("{n} said in passing, and nothing found")
_NOTHING = mark("Nothing was asked in this time.")
_MORE = mark("-# `/insight` has more, for those who look after the documents.")


def insight_card(  # noqa: PLR0913 -- what the page shows
    insight: Insight, kind: Kind, days: int, page: int = 0, *, to_correct: Sequence[Card] = (), elsewhere: int = 0
) -> discord.ui.LayoutView:
    """Return a page of the groups of a kind.

    `to_correct` are the answers that wait to be corrected, beside so many `elsewhere` that no manager sees.
    """
    groups = insight.groups[kind]
    pages, part = _pages(groups), on_page(insight, kind, page)
    page = part.start // ON_A_PAGE
    numbered = say(" · page {page} of {pages}", page=page + 1, pages=pages) if pages > 1 else ""
    head = say("**The last {days}**", days=words.days(days))
    items: list[Item] = [text(f"{head}\n{_summary(insight)}"), text(f"**{say(HEADS[kind])}**{numbered}")]
    lines = [_group(number, group, kind) for number, group in enumerate(groups[part], part.start + 1)]
    items.append(text("\n".join(lines) or say("-# Nothing that enough people asked.")))
    if insight.unread:
        items.append(
            text(say("-# {questions} in rarer words, in no group.", questions=words.questions(insight.unread)))
        )
    if to_correct:
        links = " ".join(f"[{number}]({link_to(answer)})" for number, answer in enumerate(to_correct[:_MOST_LINKS], 1))
        items.append(text(say("**Answers whose text has changed: {n}** {links}", n=len(to_correct), links=links)))
    earlier = press.button(say("Earlier"), ShowInsight(kind.value, days, page - 1)) if page else None
    later = press.button(say("Later"), ShowInsight(kind.value, days, page + 1)) if page + 1 < pages else None
    changed = press.button(say("What has changed"), ShowChanges(0)) if to_correct or elsewhere else None
    correct = press.button(say("Correct these answers"), Correct()) if to_correct or elsewhere else None
    select = press.select(say("What to list"), _choices(days))
    return card([*items, select, *press.rows(earlier, later, changed, correct)], colours.PLAIN)


def on_page(insight: Insight, kind: Kind, page: int) -> slice:
    """Return which groups of a kind stand on a page: the last one, where there are not so many."""
    first = min(max(page, 0), _pages(insight.groups[kind]) - 1) * ON_A_PAGE
    return slice(first, first + ON_A_PAGE)


def _pages(groups: Sequence[Group]) -> int:
    return max(-(-len(groups) // ON_A_PAGE), 1)


def in_digest(_: Insight) -> dict[Kind, slice]:
    """Return which groups the digest lists."""
    return dict.fromkeys(_DIGEST_KINDS, slice(_IN_DIGEST))


def digest_card(insight: Insight, days: int) -> discord.ui.LayoutView:
    """Return the digest: the totals, and the first groups of what was asked in vain and of what was asked most."""
    head = say(DIGEST_HEAD, days=words.days(days))
    items: list[Item] = [text(f"{head}\n{_summary(insight)}")]
    for kind in _DIGEST_KINDS:
        lines = "\n".join(
            _group(number, group, kind) for number, group in enumerate(insight.groups[kind][:_IN_DIGEST], 1)
        )
        items += [text(f"**{say(HEADS[kind])}**\n{lines}")] if lines else []
    return card([*items, text(say(_MORE))], colours.PLAIN)


def _summary(insight: Insight) -> str:
    totals = insight.totals
    if not totals.asked and not totals.unasked:
        return say(_NOTHING)
    counts = {name: figure(getattr(totals, name)) for name in ("answered", "refused", "liked", "disliked")}
    summary = say(_SUMMARY, questions=words.questions(totals.asked), **counts)
    return "\n".join([summary, *([say(_IN_PASSING, n=figure(totals.unasked))] if totals.unasked else [])])


def _group(number: int, group: Group, kind: Kind) -> str:
    spark = f" `{line}`" if (line := sparkline(group.parts)) else ""
    asked_by = say_count("{n} person", "{n} people", group.people)
    figures = " · ".join((_times(group, kind), asked_by, say(_TRENDS[group.trend])))
    lines = [f"{number}\\. **{escape_line(group.name, _LONGEST_NAME)}** · {figures}{spark}"]
    if group.example:
        lines.append(f"-# “{escape_line(group.example, _LONGEST_EXAMPLE)}”")
    return "\n".join([*lines, *_places(group, kind)])


def _places(group: Group, kind: Kind) -> Iterator[str]:
    """Yield where to write what is missing, and what was shown."""
    if kind in MISSING and group.nearest is not None:
        yield say("-# write it at: {place}", place=escape_line(str(group.nearest), _LONGEST_PLACE))
    place = group.shown if kind in MISSING else group.shown or group.nearest
    if place is not None and (kind not in MISSING or place != group.nearest):
        yield say("-# shown: {place}", place=escape_line(str(place), _LONGEST_PLACE))


def _times(group: Group, kind: Kind) -> str:
    match kind:
        case Kind.VAIN:
            return say("{n} in vain", n=figure(group.open))
        case Kind.ASKED:
            return say("{n} asked", n=figure(group.asked))
        case Kind.UNASKED:
            return say("{n} said", n=figure(group.asked))
        case Kind.DISLIKED:
            return f"{figure(group.disliked)} 👎"


def _choices(days: int) -> list[press.Choice]:
    of_these = say("of the last {days}", days=words.days(days))
    kinds = [press.Choice(say(head), of_these, ShowInsight(kind.value, days, 0)) for kind, head in HEADS.items()]
    spans = [
        press.Choice(
            say("The last {days}", days=words.days(span)), say(HEADS[Kind.VAIN]), ShowInsight(Kind.VAIN.value, span, 0)
        )
        for span in DAYS
        if span != days
    ]
    return [*kinds, *spans]
