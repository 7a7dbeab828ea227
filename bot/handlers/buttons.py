"""What happens when a button is pressed. Everything needed stands in its `custom_id`, so it works after a restart."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.access.view import VisibleDocuments
from bot.answering.votes_count import VotesCount
from bot.cards import buttons
from bot.cards.answer_card import MOST_QUOTES
from bot.cards.context_card import context_card
from bot.cards.custom_ids import PICK, custom_id, parse
from bot.cards.reference import encode, resolve
from bot.cards.source_card import excerpt_between, list_card, opened, show_card
from bot.cards.status_card import notice_card
from bot.cards.written import sentences_on
from bot.handlers import channel_names, channel_sources
from bot.handlers.answers import answered, card_of
from bot.handlers.audience import of_card, of_interaction
from bot.handlers.checking import share_check
from bot.handlers.consent import agree
from bot.handlers.index import accept, go_back
from bot.handlers.insight import correct_now, show_changes, show_insight
from bot.handlers.library import undo
from bot.handlers.posts import press_helper, press_solved
from bot.handlers.recalling import asked_before
from bot.handlers.settings import choose, put_back, undo_change
from bot.handlers.taught import turn_taught
from bot.handlers.teaching import teach, teach_items
from bot.handlers.telling import note_wait
from bot.localisation.catalogue import mark, say
from bot.responses import defer, deliver, tell, tell_fault
from bot.telemetry.labels import Way
from index.store import lookup

if TYPE_CHECKING:
    from bot.client import QuothClient

_TURNED = mark("That text is no longer in the documents as it was quoted: ask again to see what they say now.")
_GONE = mark("That document is no longer there: `/source list` shows what is.")
_NO_VOTES = mark("Votes are no longer kept here.")
_UNKNOWN = mark("That button is not one of mine any more: ask again.")


class ButtonItem(discord.ui.DynamicItem[discord.ui.Item[Any]], template=re.compile(r"quoth:.*", re.DOTALL)):
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
        return cls(item)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let nobody press while the bot is being stopped."""
        return bool(await interaction.client.admits(interaction))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says."""
        try:
            await _do(interaction, parse(_pressed_id(interaction, self.custom_id)))
        except Exception as error:  # noqa: BLE001 -- whoever pressed is told; the log has the rest
            await tell_fault(interaction, error)


def _pressed_id(interaction: discord.Interaction[Any], custom_id: str) -> str:
    """Return what was pressed: of a select, what was picked from it."""
    data: Mapping[str, Any] = interaction.data or {}
    picked = data.get("values") if custom_id.startswith(PICK) else None
    return str(picked[0]) if isinstance(picked, list) and picked else custom_id


async def _do(interaction: discord.Interaction[QuothClient], pressed: buttons.Pressed | None) -> None:
    match pressed:
        case buttons.ShowMore():
            await _show_more(interaction, pressed)
        case buttons.Vote():
            await _vote(interaction, pressed)
        case buttons.TellMe() | buttons.ShowInsight() | buttons.Correct() | buttons.ShowChanges() | buttons.Share():
            await _do_of_insight(interaction, pressed)
        case buttons.Undo() | buttons.UndoRefresh():
            await undo(interaction, pressed)
        case buttons.Teach() | buttons.Decide() | buttons.TakeBack() | buttons.ListCorrections() | buttons.Agree():
            await _do_of_teaching(interaction, pressed)
        case buttons.ShowContext() | buttons.ShowPart() | buttons.Open() | buttons.ListPage():
            await _show(interaction, pressed)
        case None:
            await tell(interaction, notice_card(say(_UNKNOWN), failed=True))
        case _:
            await _do_for_server(interaction, pressed)


async def _do_for_server(
    interaction: discord.Interaction[QuothClient],
    pressed: buttons.ForServers,
) -> None:
    match pressed:
        case buttons.Choose():
            await choose(interaction, pressed)
        case buttons.UndoChange():
            await undo_change(interaction, pressed)
        case buttons.PutBack():
            await put_back(interaction, pressed)
        case buttons.Solved():
            await press_solved(interaction)
        case buttons.AskHelper():
            await press_helper(interaction)
        case buttons.ReadAs():
            await channel_sources.read_as(interaction, pressed)
        case buttons.GoBack() | buttons.Accept():
            await (
                go_back(interaction, pressed) if isinstance(pressed, buttons.GoBack) else accept(interaction, pressed)
            )


async def _do_of_teaching(interaction: discord.Interaction[QuothClient], pressed: buttons.OfTeaching) -> None:
    match pressed:
        case buttons.Agree():
            await agree(interaction, pressed)
        case buttons.ListCorrections():
            await turn_taught(interaction, pressed)
        case _:
            await teach(interaction, pressed)


async def _show(
    interaction: discord.Interaction[QuothClient],
    pressed: buttons.ShowContext | buttons.ShowPart | buttons.Open | buttons.ListPage,
) -> None:
    """Show a page: anew to whoever pressed alone, or in place of the page whose button was pressed."""
    message = interaction.message
    anew = message is None or not message.flags.ephemeral
    there = await defer(interaction, ephemeral=anew, thinking=anew)
    audience = of_interaction(interaction, alone=True)
    desk = interaction.client.services.desk
    if isinstance(pressed, buttons.ListPage):
        names, number = channel_names.sources(interaction), pressed.page
        view = await desk.look_up(lambda visible: list_card(visible.sources, number, names), audience)
    else:
        written = _written_on(message, pressed)
        view = await desk.look_up(lambda visible: _page(visible, pressed, desk.votes_count, written), audience)
    await deliver(interaction, view, there=there, ephemeral=True)


def _page(
    visible: VisibleDocuments,
    pressed: buttons.ShowContext | buttons.ShowPart | buttons.Open,
    count: VotesCount,
    written: Sequence[str],
) -> discord.ui.LayoutView:
    match pressed:
        case buttons.ShowContext(quote):
            passage = resolve(quote, visible)
            if passage is None:
                return notice_card(say(_TURNED), failed=True)
            votes = count.votes_for(visible.generation.name, passage.document.source, passage.start, quote.length)
            return context_card(passage, pressed.at, pressed.percent, votes, written)
        case buttons.ShowPart(part, at):
            passage = resolve(part, visible)
            if passage is None:
                return notice_card(say(_TURNED), failed=True)
            return show_card(excerpt_between(passage.document, passage.start, passage.end), at)
        case buttons.Open():
            there = opened(pressed, visible)
            if there is None:
                return notice_card(say(_GONE), failed=True)
            document = visible.document(there[0].source)
            return show_card(lookup.at_path(document, there[1]) if there[1] else lookup.entire(document))


def _written_on(message: discord.Message | None, pressed: buttons.Pressed) -> list[str]:
    """Return the written sentences of the card whose button was pressed that cite the quote to be shown."""
    if message is None or not isinstance(pressed, buttons.ShowContext):
        return []
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()  # its buttons are heard by their custom_id
    return sentences_on(view, custom_id(pressed))


async def _show_more(interaction: discord.Interaction[QuothClient], pressed: buttons.ShowMore) -> None:
    services = interaction.client.services
    with services.limits.admitted(interaction.user.id, asks=False):
        there = await defer(interaction, ephemeral=True)
        audience = of_card(interaction)
        asked = await asked_before(interaction, pressed.question, audience)
        asked = replace(asked, quotes=pressed.skip + MOST_QUOTES)
        answer = await answered(services, asked, audience, Way.BUTTON)
        below = teach_items(interaction, pressed.question)
        view = card_of(services, asked, answer, skip=pressed.skip, below=below)
    await deliver(interaction, view, there=there, ephemeral=True)


async def _do_of_insight(interaction: discord.Interaction[QuothClient], pressed: buttons.OfInsight) -> None:
    match pressed:
        case buttons.TellMe():
            await _tell_me(interaction, pressed)
        case buttons.ShowInsight():
            await show_insight(interaction, pressed)
        case buttons.Correct():
            await correct_now(interaction)
        case buttons.ShowChanges(page):
            await show_changes(interaction, page)
        case buttons.Share():
            await share_check(interaction)


async def _tell_me(interaction: discord.Interaction[QuothClient], pressed: buttons.TellMe) -> None:
    await defer(interaction, ephemeral=True)
    await note_wait(interaction, await asked_before(interaction, pressed.question, of_card(interaction)))


async def _vote(interaction: discord.Interaction[QuothClient], pressed: buttons.Vote) -> None:
    message = interaction.message
    if message is None:
        return
    if not interaction.client.services.settings.journal_days:
        await tell(interaction, notice_card(say(_NO_VOTES)))
        return
    await defer(interaction, ephemeral=True)
    changed = await asyncio.to_thread(
        interaction.client.services.votes.record,
        interaction.client.services.exchanges.answer_meant(message.id),
        interaction.user.id,
        up=pressed.up,
        question=pressed.question,
        quote=encode(pressed.quote) if pressed.quote else None,
    )
    thumb = "👍" if pressed.up else "👎"
    thanks = say("Your vote is changed.") if changed else say("Thank you, noted.")
    below = [] if pressed.up else teach_items(interaction, pressed.question)
    await tell(interaction, notice_card(f"{thumb} {thanks}", below=below))
