"""What happens when a button is pressed. Everything needed stands in its `custom_id`, so it works after a restart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.card import buttons
from bot.card.answer_card import MOST_QUOTES, question_hash
from bot.card.context_card import context_card
from bot.card.reference import encode, resolve
from bot.card.source_card import excerpt_between, list_card, opened, show_card
from bot.card.status_card import notice_card
from bot.conversation import question_in
from bot.replies import NOBODY, answered, card_of, refuse, tell
from index import lookup
from index.answer import Asked
from index.errors import QuothError, SourceError
from index.generation import Generation

if TYPE_CHECKING:
    from bot.client import QuothClient

_TURNED = "That text is no longer in the documents as it was quoted: ask again to see what they say now."
_GONE = "That document is no longer there: `/source list` shows what is."
_FORGOTTEN = "That question is no longer known: ask it again to see more quotes."
_UNKNOWN = "That button is not one of mine any more: ask again."


class Press(discord.ui.DynamicItem[discord.ui.Button[Any]], template=re.compile(r"quoth:.+")):
    """Any button of the bot's, on any message, however old."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 -- discord.py's signature
        item: discord.ui.Item[Any],
        match: re.Match[str],  # noqa: ARG003
        /,
    ) -> Self:
        """Take up a button that was pressed."""
        if not isinstance(item, discord.ui.Button):
            raise TypeError(f"{type(item).__name__} is not a button")
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says."""
        try:
            await _do(interaction, buttons.parse(self.custom_id))
        except QuothError as error:
            await refuse(interaction, error)


async def _do(interaction: discord.Interaction[QuothClient], pressed: buttons.Pressed | None) -> None:
    match pressed:
        case buttons.ShowMore():
            await _show_more(interaction, pressed)
        case buttons.Vote():
            await _vote(interaction, pressed)
        case None:
            await tell(interaction, notice_card(_UNKNOWN, failed=True))
        case _:
            await _show(interaction, pressed)


async def _show(
    interaction: discord.Interaction[QuothClient],
    pressed: buttons.ShowContext | buttons.ShowPart | buttons.Open | buttons.ListPage,
) -> None:
    """Show a page: anew to whoever pressed alone, or in place of the page whose button was pressed."""
    view = await interaction.client.services.desk.look_up(lambda generation: _page(generation, pressed))
    message = interaction.message
    if message is not None and message.flags.ephemeral:
        await interaction.response.edit_message(view=view, allowed_mentions=NOBODY)
    else:
        await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=NOBODY)


def _page(
    generation: Generation, pressed: buttons.ShowContext | buttons.ShowPart | buttons.Open | buttons.ListPage
) -> discord.ui.LayoutView:
    catalogue = generation.catalogue
    match pressed:
        case buttons.ShowContext(quote, at):
            found = resolve(quote, catalogue)
            return context_card(found, at) if found else notice_card(_TURNED, failed=True)
        case buttons.ShowPart(part, at):
            found = resolve(part, catalogue)
            if found is None:
                return notice_card(_TURNED, failed=True)
            return show_card(excerpt_between(found.document, found.start, found.end), at)
        case buttons.Open():
            there = opened(pressed, catalogue)
            if there is None:
                return notice_card(_GONE, failed=True)
            document = catalogue.document(there[0].source)
            return show_card(lookup.at_path(document, there[1]) if there[1] else lookup.whole(document))
        case buttons.ListPage(page):
            return list_card(catalogue.sources, page)


async def _show_more(interaction: discord.Interaction[QuothClient], pressed: buttons.ShowMore) -> None:
    services = interaction.client.services
    asked = services.remembered.get(pressed.question) or _asked_in(interaction.message, pressed.question)
    if asked is None:
        raise SourceError(_FORGOTTEN)
    await interaction.response.defer(ephemeral=True, thinking=True)
    answer = await answered(services, replace(asked, quotes=pressed.skip + MOST_QUOTES))
    view = await card_of(services, answer, skip=pressed.skip)
    await interaction.edit_original_response(view=view, allowed_mentions=NOBODY)


def _asked_in(message: discord.Message | None, question: bytes) -> Asked | None:
    """Return the question that a card repeats, if it repeats the whole of it."""
    text = question_in(message) if message is not None else None
    return Asked(text) if text is not None and question_hash(text) == question else None


async def _vote(interaction: discord.Interaction[QuothClient], pressed: buttons.Vote) -> None:
    message = interaction.message
    if message is None:
        return
    changed = interaction.client.services.votes.record(
        message.id,
        interaction.user.id,
        up=pressed.up,
        question=pressed.question,
        quote=encode(pressed.quote) if pressed.quote else None,
    )
    thumb = "👍" if pressed.up else "👎"
    told = f"{thumb} Your vote is changed." if changed else f"{thumb} Thank you, noted."
    await tell(interaction, notice_card(told))
