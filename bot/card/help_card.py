"""What `/help` shows."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.card import colours
from bot.card.layout import card, text
from bot.words import count

_ASKING = """\
**Ask the documents**
Use `/ask`, mention me, reply to one of my answers, or write to me in private. In a message's menu, under *Apps*, \
*Answer this* and *Find sources* do so for what somebody else wrote. I answer with short quotes, word for word, each \
with the place it stands, or say that it is not in the documents."""

_LOOKING_UP = "`/source find`, `/source show` and `/source list` look documents up."

_PRIVACY = """\
**What is kept**
Questions and answers are not stored and leave this bot's machine for Discord alone. A thumb up or down is kept with a \
hash of who gave it."""

_DEAF = "In channels I understand what is said only where I am mentioned or replied to."


def help_card(titles: Sequence[str], documents: int, hears_everything: bool) -> discord.ui.LayoutView:  # noqa: FBT001
    """Return the card; `titles`, escaped, are examples of the `documents` that can be asked."""
    more = f" and {count(documents - len(titles), 'other')}" if documents > len(titles) else ""
    about = f"**What can be asked here**\n{count(documents, 'document')}: {', '.join(titles)}{more}."
    parts = [_ASKING, _LOOKING_UP, about, _PRIVACY, *([] if hears_everything else [_DEAF])]
    return card([text(part) for part in parts], colours.ANSWERED)
