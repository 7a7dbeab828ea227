"""What managers have taught, as `/source answers` lists it: answers that are kept, and corrections in pages."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import discord

from bot.access.rules import seen, shut
from bot.cards.buttons import ListCorrections
from bot.cards.library_card import answers_card
from bot.client import QuothClient
from bot.handlers.audience import of_interaction
from bot.handlers.corrections_list import corrections_listed
from bot.handlers.index import check_allowed
from bot.handlers.lapsing import SOON_DAYS
from bot.localisation import words
from bot.localisation.catalogue import say
from bot.responses import defer, deliver
from bot.services import Services
from bot.teaching.consents import Wish
from index.library import kept_answer
from index.library.library import ANSWERS

Interaction = discord.Interaction[QuothClient]


async def list_taught(interaction: Interaction) -> None:
    """List what was taught."""
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    await deliver(interaction, await _view(interaction, 0), there=there, ephemeral=True)


async def turn_taught(interaction: Interaction, pressed: ListCorrections) -> None:
    """Show another page of the corrections, in place of the one whose button was pressed."""
    check_allowed(interaction)
    there = await defer(interaction, thinking=False)
    await deliver(interaction, await _view(interaction, pressed.page), there=there, ephemeral=True)


async def _view(interaction: Interaction, page: int) -> discord.ui.LayoutView:
    corrections = await corrections_listed(interaction, page)
    return answers_card([] if corrections.page else await _answers(interaction), corrections)


async def _answers(interaction: Interaction) -> list[tuple[str, str]]:
    """Return the answers that are kept and those whose authors are being asked: what is known of each, and its source.

    They are those that whoever asks may see.
    """
    services = interaction.client.services
    closed = shut(services.settings.access, of_interaction(interaction, alone=True))
    sources = seen(await asyncio.to_thread(services.additions.sources, ANSWERS), closed)
    rows = await asyncio.to_thread(lambda: [(source, _described(services, source)) for source in sources])
    waiting = await asyncio.to_thread(services.consents.waiting)
    here = [wish for wish in waiting if wish.server == interaction.guild_id and seen([_place_of(wish)], closed)]
    return rows + [(say("waits for its author to agree"), wish.question) for wish in here]


def _place_of(wish: Wish) -> str:
    """Return where an answer will be, as far as who may see it goes."""
    return "/".join(filter(None, (ANSWERS, wish.folder, str(wish.message))))


def _holds(until: date | None, today: date) -> str:
    """Return until when an answer holds, in words that stand out where that is soon."""
    if until is None:
        return ""
    if until < today:
        return say("was good until {day}", day=until)
    left = (until - today).days
    if left > SOON_DAYS:
        return say("good until {day}", day=until)
    return say("⚠️ good until {day}: it lapses in {days}", day=until, days=words.days(left + 1))


def _described(services: Services, source: str) -> str:
    """Return the question that an answer answers, who said it when, and until when it holds."""
    path = services.additions.path(source)
    front = kept_answer.front_matter(path) if path is not None else {}
    until = kept_answer.day(front.get("until"))
    parts = [
        str(front.get("title") or source),
        say("said by {name}", name=words.role(str(front["by"]))) if front.get("by") else "",
        str(front.get("date") or ""),
        _holds(until, datetime.now(UTC).date()),
    ]
    return " · ".join(part for part in parts if part)
