"""Corrections as `/source answers` lists them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import discord

from bot.access.rules import seen, shut
from bot.cards.teaching_card import CORRECTIONS_ON_A_PAGE, CorrectionLine, CorrectionsPage
from bot.client import QuothClient
from bot.handlers.audience import of_interaction
from bot.handlers.settings import name_of
from bot.localisation.catalogue import mark, say
from bot.teaching.records import Correction, End, Kind

_MOST_ENDED = 10
_TOLD = {
    Kind.LEAD: mark("“{question}”: a passage of {source} answers it"),
    Kind.BLOCK: mark("“{question}”: a passage of {source} is not quoted"),
    Kind.NOTE: mark("A note on a passage of {source}: {note}"),
}
_ENDED = {
    End.TAKEN_BACK: mark("taken back on {day}"),
    End.CHANGED: mark("ended on {day}, as the text has changed"),
}


async def corrections_listed(interaction: discord.Interaction[QuothClient], page: int) -> CorrectionsPage:
    """Return a page of the corrections, as far as whoever asks may see them; one that is too far gives the last."""
    services = interaction.client.services
    closed = shut(services.settings.access, of_interaction(interaction, alone=True))
    corrections = [
        correction
        for correction in await asyncio.to_thread(services.corrections.all)
        if seen([correction.source], closed)
    ]
    holding = [correction for correction in corrections if correction.ended is None]
    pages = max(-(-len(holding) // CORRECTIONS_ON_A_PAGE), 1)
    page = min(page, pages - 1)
    listed = holding[page * CORRECTIONS_ON_A_PAGE : (page + 1) * CORRECTIONS_ON_A_PAGE]
    ended = (
        [correction for correction in corrections if correction.ended is not None][:_MOST_ENDED] if page == 0 else []
    )
    names = {
        person: await _name_of(interaction, person)
        for person in {correction.person for correction in (*listed, *ended)}
    }
    shown, over = ([_line(correction, names[correction.person]) for correction in part] for part in (listed, ended))
    return CorrectionsPage(page, pages, len(holding), shown, over)


def _line(correction: Correction, name: str) -> CorrectionLine:
    text = say(_TOLD[correction.kind], question=correction.question, source=correction.source, note=correction.note)
    ended = (
        say(_ENDED[correction.end or End.TAKEN_BACK], day=_day(correction.ended))
        if correction.ended is not None
        else ""
    )
    made = say("made on {day} by {name}", day=_day(correction.made), name=name)
    return CorrectionLine(None if ended else correction.number, text, " · ".join(filter(None, (made, ended))))


async def _name_of(interaction: discord.Interaction[QuothClient], person: int | None) -> str:
    guild = interaction.guild
    return await name_of(interaction, guild, person) if guild is not None else say("somebody")


def _day(when: float | None) -> str:
    return datetime.fromtimestamp(when or 0.0, UTC).date().isoformat()
