"""What the commands and events of the bot share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk import Desk
from bot.journal import Journal
from bot.limits import Limits
from bot.rebuild import Rebuilds
from bot.remembered import Remembered
from bot.settings import Settings
from bot.votes import Votes
from bot.watch.metrics import Metrics
from bot.watch.pulse import Pulse
from bot.witness import NOBODY_LOOKS, Witness
from index.encoder import Encoder


def open_services(settings: Settings, model: Encoder, witness: Witness = NOBODY_LOOKS) -> Services:
    """Open the index in use and what belongs to it; `witness` looks on.

    Raises `IndexUseError` where there is none that can be used.
    """
    metrics = Metrics()
    desk = Desk(settings, model, metrics, witness)
    votes = Votes(settings.data / "votes.sqlite")
    return Services(
        settings,
        desk,
        Rebuilds(settings, desk.refresh, metrics, witness),
        votes,
        Journal(settings.data, settings.journal_days, votes),
        Limits(settings.cooldown_seconds, settings.questions_at_once),
        Remembered(),
        metrics,
        Pulse(),
    )


@dataclass(frozen=True, slots=True)
class Services:
    """Built once, in `serve`, and handed to every part of the bot."""

    settings: Settings
    desk: Desk
    rebuilds: Rebuilds
    votes: Votes
    journal: Journal
    limits: Limits
    remembered: Remembered
    metrics: Metrics
    pulse: Pulse
