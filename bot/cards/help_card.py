"""What `/help` shows."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cards import colours
from bot.cards.layout import card, text
from bot.phrasing import count

_ASKING = """\
**Ask the documents**
Use `/ask`, mention me, reply to one of my answers, or write to me in private. In a message's menu, under *Apps*, \
*Answer this* and *Find sources* do so for what somebody else wrote. I answer with short quotes, word for word, each \
with the place it stands, or say that it is not in the documents."""

_LOOKING_UP = "`/source find`, `/source show` and `/source list` look documents up."

_NOTHING_KEPT = """\
**What is kept**
Questions and answers are not stored and leave this bot's machine for Discord alone."""

DEAF = "In channels I understand what is said only where I am mentioned or replied to."


ALONE = "Some documents are for you and not for everybody here: I quote them where you set `private` in `/ask`."


def help_card(
    titles: Sequence[str], documents: int, kept_days: int, notes: Sequence[str] = ()
) -> discord.ui.LayoutView:
    """Return the card; `titles`, escaped, are examples of the `documents` that can be asked.

    `kept_days` is how long questions and votes are kept; `notes` are `DEAF`, `ALONE`.
    """
    more = f" and {count(documents - len(titles), 'other')}" if documents > len(titles) else ""
    about = f"**What can be asked here**\n{count(documents, 'document')}: {', '.join(titles)}{more}."
    parts = [_ASKING, _LOOKING_UP, about, _kept(kept_days), *notes]
    return card([text(part) for part in parts], colours.PLAIN)


def _kept(days: int) -> str:
    if not days:
        return _NOTHING_KEPT
    return (
        f"**What is kept**\nYour questions and thumbs are kept for {count(days, 'day')} with a hash in place of your "
        "name, and leave this bot's machine for Discord alone: `/privacy` says more, `/forget-me` removes them."
    )
