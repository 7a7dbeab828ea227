"""What the commands and events of the bot share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.desk import Desk
from bot.answering.limits import Limits
from bot.answering.recent_questions import RecentQuestions
from bot.observer import NO_OBSERVER, Observer
from bot.privacy.journal import Journal
from bot.privacy.votes import Votes
from bot.rebuilding.rebuilds import Rebuilds
from bot.rebuilding.upkeep import Upkeep
from bot.settings import Settings
from bot.telemetry.metrics import Metrics
from bot.telemetry.pulse import Pulse
from index.encode.encoder import Encoder
from index.library.additions import Additions
from index.store.shelf import Shelf


def open_services(settings: Settings, model: Encoder, observer: Observer = NO_OBSERVER) -> Services:
    """Open the index in use and what belongs to it; `observer` sees what happens.

    Raises `IndexUseError` where there is none that can be used.
    """
    metrics = Metrics()
    desk = Desk(settings, model, metrics, observer)
    votes = Votes(settings.data / "votes.sqlite")
    shelf = desk.standby.shelf
    additions = Additions(settings.data)
    additions.purge()
    rebuilds = Rebuilds(settings, desk.refresh, metrics, observer)
    return Services(
        settings,
        shelf,
        desk,
        rebuilds,
        Upkeep(settings, model, rebuilds, lambda: desk.generation.manifest, shared=shelf.is_shared),
        additions,
        votes,
        Journal(settings.data, settings.journal_days, votes),
        Limits(settings.cooldown_seconds, settings.questions_at_once),
        RecentQuestions(),
        metrics,
        Pulse(),
    )


@dataclass(frozen=True, slots=True)
class Services:
    """Built once, in `serve`, and handed to every part of the bot."""

    settings: Settings
    shelf: Shelf
    desk: Desk
    rebuilds: Rebuilds
    upkeep: Upkeep
    additions: Additions
    votes: Votes
    journal: Journal
    limits: Limits
    recent_questions: RecentQuestions
    metrics: Metrics
    pulse: Pulse
