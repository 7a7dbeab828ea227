"""The card of what was asked, asked in vain and disliked."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cards import colours, press
from bot.cards.buttons import Correct, ShowInsight
from bot.cards.escape import escape, escape_line
from bot.cards.layout import Item, card, text
from bot.insight.cards import Card
from bot.insight.records import Group, Insight, Kind
from bot.insight.text import HEADS, people, sparkline, summary, times
from bot.phrasing import count

ON_A_PAGE = 5
_MOST_LINKS = 5
DAYS = (7, 30, 90)
_LONGEST_NAME = 60
_LONGEST_EXAMPLE = 100
_LONGEST_PLACE = 80


def insight_card(
    insight: Insight, kind: Kind, days: int, page: int = 0, *, to_correct: Sequence[Card] = ()
) -> discord.ui.LayoutView:
    """Return a page of the groups of a kind; `to_correct` are the answers that wait to be corrected."""
    groups = insight.groups[kind]
    pages = max(-(-len(groups) // ON_A_PAGE), 1)
    page = min(max(page, 0), pages - 1)
    shown = groups[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    numbered = f" · page {page + 1} of {pages}" if pages > 1 else ""
    items: list[Item] = [text(f"**The last {count(days, 'day')}**\n{escape(summary(insight))}")]
    items.append(text(f"**{HEADS[kind]}**{numbered}"))
    if shown:
        first = page * ON_A_PAGE + 1
        items.append(text("\n".join(_told(number, one, kind) for number, one in enumerate(shown, first))))
    else:
        items.append(text("-# Nothing that at least two people asked."))
    if insight.unread:
        items.append(text(f"-# {count(insight.unread, 'further question')} in rarer words: in no group."))
    if to_correct:
        links = " ".join(f"[{number}]({_link(one)})" for number, one in enumerate(to_correct[:_MOST_LINKS], 1))
        items.append(text(f"**The text of {count(len(to_correct), 'answer')} has changed**: {links}"))
    earlier = press.button("Earlier", ShowInsight(kind.value, days, page - 1)) if page else None
    later = press.button("Later", ShowInsight(kind.value, days, page + 1)) if page + 1 < pages else None
    correct = press.button(f"Correct {count(len(to_correct), 'answer')}", Correct()) if to_correct else None
    return card(
        [*items, press.select("What to list", _choices(days)), *press.rows(earlier, later, correct)], colours.PLAIN
    )


def _link(card: Card) -> str:
    return f"https://discord.com/channels/{card.server or '@me'}/{card.channel}/{card.message}"


def digest_card(insight: Insight, days: int) -> discord.ui.LayoutView:
    """Return the digest: the totals, and the first groups of what was asked in vain and of what was asked most."""
    items: list[Item] = [text(f"**What was asked in the last {count(days, 'day')}**\n{escape(summary(insight))}")]
    for kind in (Kind.VAIN, Kind.ASKED):
        groups: Sequence[Group] = insight.groups[kind][:3]
        if groups:
            told = "\n".join(_told(number, one, kind) for number, one in enumerate(groups, 1))
            items.append(text(f"**{HEADS[kind]}**\n{told}"))
    return card([*items, text("-# `/insight` has more, for those who look after the documents.")], colours.PLAIN)


def _told(number: int, group: Group, kind: Kind) -> str:
    spark = f" `{line}`" if (line := sparkline(group.parts)) else ""
    figures = " · ".join((times(group, kind), people(group.people), group.trend))
    lines = [
        f"{number}\\. **{escape_line(group.name, _LONGEST_NAME)}** · {figures}{spark}",
        f"-# “{escape_line(group.example, _LONGEST_EXAMPLE)}”",
    ]
    place = group.nearest if kind is Kind.VAIN else group.shown or group.nearest
    if place is not None:
        lead = "write it at" if kind is Kind.VAIN else "shown"
        lines.append(f"-# {lead}: {escape_line(str(place), _LONGEST_PLACE)}")
    return "\n".join(lines)


def _choices(days: int) -> list[press.Choice]:
    kinds = [
        press.Choice(head, f"of the last {count(days, 'day')}", ShowInsight(kind.value, days, 0))
        for kind, head in HEADS.items()
    ]
    spans = [
        press.Choice(f"The last {count(span, 'day')}", HEADS[Kind.VAIN], ShowInsight(Kind.VAIN.value, span, 0))
        for span in DAYS
        if span != days
    ]
    return [*kinds, *spans]
