"""*Correct this*: managers say which passage answers a question, which does not, and write notes."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import discord

from bot.access.view import VisibleDocuments
from bot.cards.answer_card import LONGEST_NOTE, quotes_on, reference_to
from bot.cards.buttons import Decide, TakeBack, Teach
from bot.cards.layout import Item
from bot.cards.reference import Location, resolve
from bot.cards.status_card import notice_card
from bot.cards.teaching_card import Passage, corrected_card, teach_button, teaching_card
from bot.handlers.audience import of_interaction
from bot.handlers.close_passages import close_passages
from bot.handlers.index import check_allowed
from bot.handlers.recalling import asked_before
from bot.localisation.catalogue import mark, say
from bot.manners import open_forms
from bot.manners.open_forms import PREFIX, OpenForms
from bot.responses import defer, deliver, tell_fault
from bot.teaching.records import Draft, Kind
from bot.teaching.store import CorrectionError
from index.answer.trace import AnswerTrace
from index.answer.wording import says_enough
from index.errors import QuothError, SourceError

if TYPE_CHECKING:
    from bot.client import QuothClient

_TURNED = mark("That text is no longer in the documents as it was quoted: ask again to see what they say now.")
_TOO_LITTLE = mark(
    "That question says too little by itself: ask it again in one whole sentence, and correct that answer."
)
_DONE = {
    Kind.LEAD: mark("From now on this is the answer:"),
    Kind.BLOCK: mark("From now on this is not quoted for that question:"),
    Kind.NOTE: mark("From now on your note stands below this, whenever it is quoted:"),
}
_EVERY = 1.0
"""Seconds between looks at which index is in use, which cost nothing."""

_log = logging.getLogger(__name__)

Interaction = discord.Interaction["QuothClient"]


def teach_items(interaction: Interaction, question: bytes) -> list[Item]:
    """Return the button *Correct this* for those who may, on what they alone see; nothing for others."""
    try:
        check_allowed(interaction)
    except QuothError:
        return []
    return teach_button(question)


async def teach(interaction: Interaction, pressed: Teach | Decide | TakeBack) -> None:
    """Do what a button about corrections says."""
    check_allowed(interaction)
    match pressed:
        case Teach(question):
            await _offer(interaction, question)
        case Decide(Kind.NOTE):
            await interaction.response.send_modal(NoteForm(pressed, interaction.id, interaction.client.services.forms))
        case Decide():
            await _decide(interaction, pressed)
        case TakeBack(number):
            await _take_back(interaction, number)


class NoteForm(discord.ui.Modal):
    """Asks for the note that is to go with a quote."""

    def __init__(self, pressed: Decide, number: int, forms: OpenForms) -> None:
        """Write a note on the passage that was picked.

        The form is among `forms`, by a `number` of its own, for as long as it is waited for.
        """
        name = f"{PREFIX}{number}"
        super().__init__(title=say("A note on this quote"), custom_id=name, timeout=open_forms.OPEN_SECONDS)
        self._forms = forms
        forms.open(self.custom_id)
        self.note: discord.ui.Label[NoteForm] = discord.ui.Label(
            text=say("What should people know about it?"),
            description=say("It stands below the quote, for as long as the text stays as it is."),
            component=discord.ui.TextInput(
                custom_id="note", min_length=3, max_length=LONGEST_NOTE, style=discord.TextStyle.paragraph
            ),
        )
        self.add_item(self.note)
        self._pressed = pressed

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]
        """Let nobody begin while the bot is being stopped."""
        return await interaction.client.admits(interaction)

    async def on_submit(self, interaction: Interaction, /) -> None:  # type: ignore[override]
        """Keep the note and say so."""
        check_allowed(interaction)
        field = self.note.component
        note = " ".join(field.value.split()) if isinstance(field, discord.ui.TextInput) else ""
        await _decide(interaction, self._pressed, note)

    async def on_timeout(self) -> None:
        """Wait for the form no longer."""
        self._forms.give_up(self.custom_id)

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Tell whoever sent the form what went wrong."""
        await tell_fault(interaction, error)


async def drop_outdated(client: QuothClient) -> None:
    """End corrections whose text is gone, after each build, for ever."""
    services, done = client.services, ""
    while True:
        held = services.desk.held
        if held is not None and held.name != done:
            try:
                dropped = await services.desk.drop_outdated(services.corrections)
                if dropped:
                    _log.info("corrections ended with their text", extra={"corrections": dropped})
            except QuothError as error:
                _log.warning("corrections could not be compared with the index", extra={"reason": str(error)})
            done = held.name
        await asyncio.sleep(_EVERY)


async def _offer(interaction: Interaction, key: bytes) -> None:
    """Show what is quoted for a question, and what else could be."""
    there = await defer(interaction, ephemeral=True)
    asked, reasoning = await _traced(interaction, key)
    quoted = [
        Passage(quote.title, quote.section, quote.text, reference_to(quote))
        for quote in quotes_on(reasoning.answer) or reasoning.answer.closest
    ]
    view = teaching_card(asked, key, quoted, close_passages(reasoning))
    await deliver(interaction, view, there=there, ephemeral=True)


async def _decide(interaction: Interaction, pressed: Decide, note: str = "") -> None:
    """Keep a correction, and show what it is about."""
    there = await defer(interaction, ephemeral=True)
    asked, reasoning = await _traced(interaction, pressed.question)
    passage = await _resolved(interaction, pressed)
    services, kind = interaction.client.services, Kind(pressed.kind)
    draft = Draft(kind, _wording(reasoning) or asked, passage.document.source, pressed.passage, note)
    number = await asyncio.to_thread(services.corrections.add, draft, interaction.user.id)
    words = note or passage.document.text[passage.start : passage.end]
    await deliver(interaction, corrected_card(asked, say(_DONE[kind]), words, number), there=there, ephemeral=True)


async def _take_back(interaction: Interaction, number: int) -> None:
    there = await defer(interaction, ephemeral=True)
    if not await asyncio.to_thread(interaction.client.services.corrections.take_back, number):
        raise CorrectionError(mark("That correction does not hold any more: there is nothing to take back."))
    await deliver(interaction, notice_card(say("The correction is taken back.")), there=there, ephemeral=True)


async def _traced(interaction: Interaction, key: bytes) -> tuple[str, AnswerTrace]:
    """Return a question with what is answered to it now, as those see it who manage; raises `QuothError`.

    A question that leans on the one before it cannot be corrected: it would be known again by too few words.
    """
    services, audience = interaction.client.services, of_interaction(interaction, alone=True)
    asked = await asked_before(interaction, key, audience)
    services.recent_questions.add(asked)
    reasoning = await services.desk.trace(asked, audience)
    languages = {source.language for source in services.desk.generation.catalogue.sources}
    if asked.history and not says_enough(_wording(reasoning) or asked.text, sorted(languages)):
        raise CorrectionError(_TOO_LITTLE)
    return asked.text, reasoning


def _wording(reasoning: AnswerTrace) -> str:
    """Return the words of a question as they were looked for: without greetings and slips of the finger."""
    return reasoning.choice_trace.question.text if reasoning.choice_trace is not None else ""


async def _resolved(interaction: Interaction, pressed: Decide) -> Location:
    def look(visible: VisibleDocuments) -> Location | None:
        return resolve(pressed.passage, visible)

    audience = of_interaction(interaction, alone=True)
    passage = await interaction.client.services.desk.look_up(look, audience)
    if passage is None:
        raise SourceError(_TURNED)
    return passage
