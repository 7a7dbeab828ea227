"""The card of the answers whose text has changed: the old words of each and the new ones, before any is corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import discord

from bot.cards import colours, press
from bot.cards.buttons import Correct, ShowChanges
from bot.cards.changed import ChangedCard, ChangedWords
from bot.cards.escape import escape_line
from bot.cards.layout import MOST_TEXT, Item, card, lines_within, text
from bot.insight.cards import Card
from bot.localisation.catalogue import say

ON_A_PAGE = 4
_LONGEST = 150
_ROOM = (MOST_TEXT - 400) // ON_A_PAGE
"""Characters of one answer: four and what stands above and below them fill a card."""


def changes_card(
    changed: Sequence[ChangedCard], elsewhere: int, page: int, shows: Callable[[str], bool]
) -> discord.ui.LayoutView:
    """Return a page of the answers that have changed, beside so many `elsewhere` that no manager sees.

    `shows` tells of a document's source whether its words may be shown.
    """
    pages = max(-(-len(changed) // ON_A_PAGE), 1)
    page = min(max(page, 0), pages - 1)
    first = page * ON_A_PAGE
    numbered = say(" · page {page} of {pages}", page=page + 1, pages=pages) if pages > 1 else ""
    head = say("**Answers whose text has changed**")
    items: list[Item] = [text(f"{head}{numbered}")]
    for number, change in enumerate(changed[first : first + ON_A_PAGE], first + 1):
        lines = [f"{number}\\. {link_to(change.card)}", *_lines(change.words, shows)]
        items.append(text(lines_within(lines, _ROOM, lambda _: "-# …")))
    if elsewhere:
        items.append(text(say("-# In private messages, and in servers without managers of mine: {n}", n=elsewhere)))
    if not changed and not elsewhere:
        items.append(text(say("Nothing is to be corrected.")))
    earlier = press.button(say("Earlier"), ShowChanges(page - 1)) if page else None
    later = press.button(say("Later"), ShowChanges(page + 1)) if page + 1 < pages else None
    correct = press.button(say("Correct these answers"), Correct()) if changed or elsewhere else None
    return card([*items, *press.rows(earlier, later, correct)], colours.PLAIN)


def link_to(card: Card) -> str:
    """Return the address of the message that is a card."""
    return f"https://discord.com/channels/{card.server or '@me'}/{card.channel}/{card.message}"


def _lines(words: Sequence[ChangedWords], shows: Callable[[str], bool]) -> Iterator[str]:
    for change in words:
        if not shows(change.source):
            yield say("-# of a document that you may not see")
            continue
        if change.old:
            yield f"~~{escape_line(change.old, _LONGEST)}~~"
        yield f"> {escape_line(change.new, _LONGEST)}" if change.new else say("-# The documents no longer say this.")
