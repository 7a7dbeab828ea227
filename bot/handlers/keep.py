"""*Keep as answer*: a message becomes the answer to a question, word for word."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord

from bot.cards.escape import escape_line
from bot.cards.library_card import outcome_card
from bot.handlers.audience import of_interaction
from bot.handlers.channel_messages import text_of
from bot.handlers.consent import ask_author, check_open, is_manager, put
from bot.handlers.index import check_allowed
from bot.handlers.taking_in import taken_in
from bot.localisation.catalogue import say
from bot.localisation.words import A_MEMBER
from bot.manners import open_forms
from bot.manners.open_forms import PREFIX, OpenForms
from bot.responses import defer, deliver, tell_fault
from bot.teaching.consents import Wish
from index.errors import LibraryError
from index.library.kept_answer import folder_in, until_in

if TYPE_CHECKING:
    from bot.client import QuothClient

_LONGEST_QUESTION = 200
_LONGEST_FOLDER = 16
"""Characters, so that an answer's source fits into a choice that Discord offers."""

_SHOWN = 1000
"""Characters of the message that the form shows."""


async def ask_for_question(interaction: discord.Interaction[QuothClient], message: discord.Message) -> None:
    """Open the form in which a manager says which question a message answers."""
    check_allowed(interaction)
    if not text_of(message):
        if message.message_snapshots:
            raise LibraryError("That message was forwarded: keep the one that it shows, where that was written.")
        raise LibraryError("That message holds no text to keep: *Add to sources* takes files.")
    await check_open(interaction.guild, message.channel.id)
    await interaction.response.send_modal(KeepForm(message, interaction.id, interaction.client.services.forms))


class KeepForm(discord.ui.Modal):
    """Shows the words of a message, and asks which question they answer, until when, and in which folder they go."""

    def __init__(self, message: discord.Message, number: int, forms: OpenForms) -> None:
        """Keep `message`; the form is among `forms`, by a `number` of its own, for as long as it is waited for."""
        super().__init__(title=say("Keep as answer"), custom_id=f"{PREFIX}{number}", timeout=open_forms.OPEN_SECONDS)
        self._forms = forms
        forms.open(self.custom_id)
        self.question: discord.ui.Label[KeepForm] = discord.ui.Label(
            text=say("Which question does it answer?"),
            component=discord.ui.TextInput(custom_id="question", min_length=3, max_length=_LONGEST_QUESTION),
        )
        self.until: discord.ui.Label[KeepForm] = discord.ui.Label(
            text=say("Good until"),
            description=say("Its last day, such as 2031-05-03; empty: until it is removed."),
            component=discord.ui.TextInput(custom_id="until", required=False, max_length=10),
        )
        self.folder: discord.ui.Label[KeepForm] = discord.ui.Label(
            text=say("Folder"),
            description=say("Below answers/, such as one that only some may see; empty: none."),
            component=discord.ui.TextInput(custom_id="folder", required=False, max_length=_LONGEST_FOLDER),
        )
        self.add_item(discord.ui.TextDisplay(f"> {escape_line(text_of(message), _SHOWN)}"))
        self.add_item(self.question)
        self.add_item(self.until)
        self.add_item(self.folder)
        self._message = message

    async def interaction_check(self, interaction: discord.Interaction[QuothClient], /) -> bool:  # type: ignore[override]
        """Let nobody begin while the bot is being stopped."""
        return await interaction.client.admits(interaction)

    async def on_submit(self, interaction: discord.Interaction[QuothClient], /) -> None:  # type: ignore[override]
        """Keep the message and say what came of it."""
        check_allowed(interaction)
        there = await defer(interaction, ephemeral=True)
        await deliver(interaction, await self._outcome(interaction), there=there, ephemeral=True)

    async def _outcome(self, interaction: discord.Interaction[QuothClient]) -> discord.ui.LayoutView:
        """Keep the message, or ask its author first where that is no manager, and return what is said of it."""
        services, message = interaction.client.services, await _as_it_is(self._message)
        await check_open(interaction.guild, message.channel.id)  # it may have been closed meanwhile
        author = await _member(interaction, message.author)
        question = " ".join(_text(self.question).split())
        if not any(character.isalnum() for character in question):
            raise LibraryError("That is no question: write which one the message answers.")
        wish = Wish(
            message=message.id,
            channel=message.channel.id,
            server=interaction.guild_id or 0,
            question=question,
            by=_role_of(author),
            until=until_in(_text(self.until), datetime.now(UTC).date()),
            folder=folder_in(_text(self.folder)),
        )
        machine = message.author.bot or message.webhook_id is not None
        if not machine and message.author.id != interaction.user.id:
            if author is None:
                raise LibraryError("Whoever wrote that has left the server and cannot be asked: nothing is kept.")
            if not is_manager(services, author):
                return await ask_author(interaction, message, author, wish)
        source = await asyncio.to_thread(put, services, wish, text_of(message), message.author.id)
        taken = await taken_in(services, {source: None}, of_interaction(interaction, alone=True))
        return outcome_card(say("Kept as answer"), taken.outcomes, added=True, gaps=taken.gaps)

    async def on_timeout(self) -> None:
        """Wait for the form no longer."""
        self._forms.give_up(self.custom_id)

    async def on_error(self, interaction: discord.Interaction[QuothClient], error: Exception, /) -> None:  # type: ignore[override]
        """Tell whoever sent the form what went wrong."""
        await tell_fault(interaction, error)


async def _as_it_is(message: discord.Message) -> discord.Message:
    """Return a message with its words of now, as far as they can be read; raises `LibraryError` where it is gone."""
    try:
        now = await message.channel.fetch_message(message.id)
    except discord.NotFound as error:
        raise LibraryError("That message has been deleted: nothing is kept.") from error
    except discord.Forbidden:
        return message
    return now if text_of(now) else message


def _text(label: discord.ui.Label[KeepForm]) -> str:
    field = label.component
    return field.value if isinstance(field, discord.ui.TextInput) else ""


async def _member(
    interaction: discord.Interaction[QuothClient], author: discord.User | discord.Member
) -> discord.Member | None:
    """Return the author of a message as a member of the server, None where they have left."""
    if isinstance(author, discord.Member) or interaction.guild is None:
        return author if isinstance(author, discord.Member) else None
    try:
        return await interaction.guild.fetch_member(author.id)
    except discord.NotFound:
        return None


def _role_of(member: discord.Member | None) -> str:
    """Return in which role somebody speaks: never their name."""
    return A_MEMBER if member is None or member.top_role.is_default() else member.top_role.name
