"""What the author of a forum post gets below an answer: buttons, and links to posts that were solved."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cards import colours, press
from bot.cards.buttons import AskHelper, Solved
from bot.cards.layout import Item, card, text
from bot.localisation.catalogue import say


def post_items(alike: Sequence[int], *, solved: bool, helper: bool) -> list[Item]:
    """Return what stands below an answer in a post: `alike` are the ids of posts that were solved.

    `solved` and `helper` tell whether there is a tag to be set, and a role to be asked.
    """
    links = [text("\n".join([say("Solved before:"), *(f"- <#{number}>" for number in alike)]))] if alike else []
    buttons = press.rows(
        press.button(say("Solved"), Solved(), emoji="✅") if solved else None,
        press.button(say("Ask a helper"), AskHelper(), emoji="🙋") if helper else None,
    )
    return [*links, *buttons]


def similar_card(items: Sequence[Item]) -> discord.ui.LayoutView:
    """Return what an author gets where nothing was found in the documents, but posts like theirs were solved."""
    return card([text(say("**Others have asked something like it**")), *items], colours.PLAIN)


def unanswered_card(items: Sequence[Item], *, is_doubtful: bool) -> discord.ui.LayoutView:
    """Return what an author gets where no answer is shown: what there is may be too doubtful to be shown unasked."""
    if is_doubtful:
        words = say("I found nothing in the documents that surely answers this: mention me to see what comes closest.")
    else:
        words = say("I found nothing in the documents that answers this.")
    return card([text(words), *items], colours.PLAIN)


def helper_card(role: int, author: int) -> discord.ui.LayoutView:
    """Return the message that asks the helpers: the mention of their role is the one that may notify anybody."""
    request = say("<@&{role}>, <@{author}> asks for help.", role=role, author=author)
    return card([text(request)], colours.PLAIN)
