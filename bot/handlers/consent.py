"""Asks the author of a message whether it may be kept as an answer: nothing is kept before they agree."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.cards.buttons import Agree
from bot.cards.consent_card import consent_card, wish_hash
from bot.cards.status_card import notice_card
from bot.handlers.audience import of_interaction
from bot.handlers.channel_messages import text_of
from bot.handlers.open_channels import channel_by_id, is_open
from bot.handlers.taking_in import taken_in
from bot.localisation.catalogue import say, speaking
from bot.localisation.verbatim import verbatim
from bot.responses import defer, deliver, post
from bot.retry import FAILED, reason_of
from bot.services import Services
from bot.teaching.consents import WAITS_DAYS, Consents, Wish
from index.errors import LibraryError, QuothError
from index.library.kept_answer import KeptAnswer
from index.library.library import ANSWERS

if TYPE_CHECKING:
    from bot.client import QuothClient

_log = logging.getLogger(__name__)

Interaction = discord.Interaction["QuothClient"]


def put(services: Services, wish: Wish, words: str, author: int) -> str:
    """Keep the words of a message as an answer, and return its source; raises `LibraryError`, and `CorrectionError`.

    Whose words they are is noted first: no answer is kept that `/forget-me` does not find. An earlier one of that name
    that is still to be removed for good goes before: nothing of it is tried again then.
    """
    answer = KeptAnswer(
        message=wish.message,
        question=wish.question,
        words=words,
        url=_link(wish),
        said=discord.utils.snowflake_time(wish.message).date(),
        by=wish.by,
        until=wish.until,
    )
    name = f"{wish.folder}/{answer.name}".lstrip("/")
    source = f"{ANSWERS}/{name}"
    with services.consents.changing:
        if source in services.consents.leaving():
            services.additions.expunge(source)
            services.consents.forget_answer(source)
        services.consents.own(wish.message, author, source)
        try:
            services.additions.keep(name, answer.as_markdown())
        except LibraryError:
            if services.additions.path(source) is None:
                services.consents.forget_answer(source)
            raise
        services.consents.keep(wish, author, source)
    return source


def is_manager(services: Services, member: discord.Member) -> bool:
    """Tell whether somebody may keep answers themselves."""
    roles = {role.id for role in member.roles}
    return member.guild_permissions.manage_guild or bool(roles & set(services.settings.manager_roles))


async def ask_author(
    interaction: Interaction, message: discord.Message, author: discord.Member, wish: Wish
) -> discord.ui.LayoutView:
    """Ask the author of a message, in private or, where they take no messages, below theirs; say so to the manager."""
    client, services = interaction.client, interaction.client.services
    await asyncio.to_thread(services.consents.ask, wish, author.id)
    services.words_to_keep.remember(message.id, text_of(message))
    allowed = services.preferences.of(author.guild.id).languages
    spoken = services.listeners.of_message(author.id, author.guild.preferred_locale.value, allowed)
    lapses = datetime.now(UTC).date() + timedelta(days=WAITS_DAYS)
    with speaking(spoken):
        view = consent_card(
            message.id,
            server=author.guild.name,
            question=wish.question,
            words=text_of(message),
            by=wish.by,
            url=message.jump_url,
            lapses=lapses,
        )
    try:
        await post(await author.create_dm(), view, interaction.id)
        where = say("in private")
    except discord.Forbidden:
        where = await _below(client, message, view, interaction.id)
    text = say(
        "Its author is asked {where}, and has until {day}: nothing is kept until they agree.", where=where, day=lapses
    )
    return notice_card(text)


async def agree(interaction: Interaction, pressed: Agree) -> None:
    """Keep a message where its author agrees, or forget the wish where they do not."""
    there = await defer(interaction, ephemeral=True)
    services = interaction.client.services
    wish = await asyncio.to_thread(services.consents.waits_for, pressed.message, interaction.user.id)
    if wish is None:
        raise LibraryError("That is for the author of the message, and only for some days.")
    if not await asyncio.to_thread(asks_for, services.consents, pressed, wish):
        raise LibraryError("You have been asked about that message anew since: answer there.")
    if pressed.yes:
        text = await _keep(interaction, wish)
    else:
        await asyncio.to_thread(services.consents.drop, wish.message)
        text = say("Nothing is kept.")
    services.words_to_keep.take(wish.message)
    await deliver(interaction, notice_card(text), there=there, ephemeral=True)
    await _put_away(interaction, text)


def asks_for(consents: Consents, pressed: Agree, wish: Wish) -> bool:
    """Tell whether the card of a button asks for the wish that waits, and not for an earlier one for its message."""
    if pressed.wish is None:
        return not consents.is_told(wish.message)
    return pressed.wish == wish_hash(wish.question, wish.by)


async def _keep(interaction: Interaction, wish: Wish) -> str:
    services = interaction.client.services
    await check_open(interaction.client.get_guild(wish.server), wish.channel)
    words = await _words(interaction.client, wish)
    source = await asyncio.to_thread(put, services, wish, words, interaction.user.id)
    [outcome] = (await taken_in(services, {source: None}, of_interaction(interaction, alone=True))).outcomes
    if outcome.failed and outcome.source is None:  # it cannot be read, and does not stay
        await asyncio.to_thread(services.consents.forget_answer, source)
        raise LibraryError("It could not be kept: {reason}", reason=outcome.result)
    question = verbatim(wish.question)
    if outcome.failed:  # it was not taken in, and waits
        return say("Thank you! Your message answers “{question}” once the index has been rebuilt.", question=question)
    return say("Thank you! Your message answers “{question}” from now on.", question=question)


async def check_open(guild: discord.Guild | None, channel: int) -> None:
    """Raise `LibraryError` unless everybody in a server may see a channel or thread, by its id."""
    shown = None
    with contextlib.suppress(discord.Forbidden):
        shown = await channel_by_id(guild, channel) if guild is not None else None
    if not is_open(shown):
        raise LibraryError("Not everybody here may see that channel, and what is kept would be quoted to everybody.")


async def _words(client: QuothClient, wish: Wish) -> str:
    """Return the words of a message as they are now; raises `LibraryError` where it is gone.

    Without the message content intent Discord does not tell them: then those of when its author was asked.
    """
    try:
        channel = client.get_partial_messageable(wish.channel, guild_id=wish.server)  # whose names mentions become
        message = await channel.fetch_message(wish.message)
    except discord.NotFound as error:
        await asyncio.to_thread(client.services.consents.drop, wish.message)
        raise LibraryError("That message has been deleted: nothing is kept.") from error
    words = text_of(message) or client.services.words_to_keep.recall(wish.message)
    if not words.strip():
        raise LibraryError("I can no longer read that message: a moderator has to keep it again.")
    return words


async def _below(client: QuothClient, message: discord.Message, view: discord.ui.LayoutView, nonce: int) -> str:
    """Ask below the message; raises `LibraryError` where that cannot be done either."""
    try:
        await post(message.channel, view, nonce, message.to_reference(fail_if_not_exists=False))
    except FAILED as error:
        await asyncio.to_thread(client.services.consents.drop, message.id)
        raise LibraryError("Its author cannot be asked, neither in private nor here: nothing is kept.") from error
    return say("below the message")


async def _put_away(interaction: Interaction, text: str) -> None:
    """Take the buttons off the question once it is answered."""
    if interaction.message is not None:
        try:
            await interaction.message.edit(view=notice_card(text), allowed_mentions=discord.AllowedMentions.none())
        except FAILED as error:
            _log.info("the question to an author stays as it was", extra={"reason": reason_of(error)})


async def remove_words_of(services: Services, person: int) -> tuple[int, bool]:
    """Remove the answers that keep words of a person, for good, and their wishes.

    Return how many answers went, and whether others could not be removed, which is tried again.
    """
    sources = await asyncio.to_thread(services.consents.forget, person)
    gone = [await asyncio.to_thread(expunged, services, source) for source in sources]
    if any(gone) or not set(sources) <= set(await asyncio.to_thread(services.additions.sources, ANSWERS)):
        await _take_in(services)
    return sum(gone), not all(gone)


def expunged(services: Services, source: str) -> bool:
    """Remove an answer for good, forget whose words it kept, and tell whether that could be done.

    Where it could not, it may be quoted no more all the same: a copy that could be put back is there, or no note that
    it is to be erased. Raises `CorrectionError`.
    """
    with services.consents.changing:
        try:
            services.additions.expunge(source)
        except LibraryError as error:
            _log.warning("a kept answer could not be removed: it is tried again", extra={"reason": str(error)})
            return False
        services.consents.forget_answer(source)
    return True


def expunged_late(services: Services, source: str) -> bool:
    """Remove an answer that could not be before, unless it was kept again since; tell whether it is quoted no more.

    Raises `CorrectionError`.
    """
    with services.consents.changing:
        if source not in services.consents.leaving():
            return False
        was_there = services.additions.path(source) is not None
        return expunged(services, source) or (was_there and services.additions.path(source) is None)


async def _take_in(services: Services) -> None:
    try:
        await services.refreshes.take_in()
    except QuothError as error:
        _log.error("forgotten words stay in the index until the next build", extra={"reason": str(error)})


def _link(wish: Wish) -> str:
    return f"https://discord.com/channels/{wish.server}/{wish.channel}/{wish.message}"
