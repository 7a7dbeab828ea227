"""The objects that the bot's commands and events share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot import compose
from bot.access.homes import HomeServers
from bot.answering.desk import Desk
from bot.answering.insights import Insights
from bot.answering.limits import Limits
from bot.answering.recent_questions import RecentQuestions
from bot.answering.screenshots import Screenshots
from bot.channels.channels import Channels
from bot.localisation.people import Listeners
from bot.manners.exchanges import Exchanges, Once
from bot.manners.forum_posts import ForumPosts
from bot.manners.help_calls import HelpCalls
from bot.manners.open_forms import OpenForms
from bot.manners.words_to_keep import WordsToKeep
from bot.observer import NO_OBSERVER, Observer
from bot.preferences.effective import ServerSettings
from bot.preferences.store import Preferences
from bot.privacy.journal import Journal
from bot.privacy.post_record import PostRecord
from bot.privacy.votes import Votes
from bot.public_errors import NoDocumentsError, StillReadingError
from bot.rebuilding.rebuilds import Rebuilds
from bot.rebuilding.refreshes import Refreshes
from bot.rebuilding.upkeep import Upkeep
from bot.settings import Settings
from bot.teaching.consents import Consents
from bot.teaching.corrections import Corrections
from bot.telemetry.metrics import Metrics
from bot.telemetry.pulse import Pulse
from index.encode.encoder import Encoder
from index.errors import QuothError
from index.library.additions import Additions
from index.store.shelf import Shelf

if TYPE_CHECKING:
    from bot.writing.writer import Writer


def open_services(settings: Settings, model: Encoder, observer: Observer = NO_OBSERVER) -> Services:
    """Open the index in use and create everything that the bot needs around it.

    `observer` receives answers and the progress of rebuilds. Where there is no index that can be used, the desk says so
    to whoever asks until one is built. Raises `StoreError` if the index is out of reach, and `HomeServersError`.
    """
    homes = HomeServers(settings.data, settings.servers)
    metrics = Metrics()
    corrections = Corrections(settings.data, model)

    def missing() -> QuothError:
        if upkeep.finds_nothing(emptied=desk.standby.is_emptied):
            return NoDocumentsError()
        return StillReadingError(failed=upkeep.has_failed)

    desk = Desk(settings, model, metrics, observer, corrections, missing=missing)
    votes = Votes(settings.data / "votes.sqlite")
    shelf = desk.standby.shelf
    additions = Additions(settings.data)
    additions.purge()
    journal = Journal(settings.data, settings.journal_days, votes, settings.correct_days)
    rebuilds = Rebuilds(settings, desk.refresh, metrics, observer)
    upkeep = Upkeep(
        settings, model, rebuilds, lambda: desk.generation.manifest if desk.is_open else None, shared=shelf.is_shared
    )
    return Services(
        settings=settings,
        shelf=shelf,
        desk=desk,
        rebuilds=rebuilds,
        upkeep=upkeep,
        refreshes=Refreshes(settings, rebuilds, additions),
        additions=additions,
        corrections=corrections,
        consents=Consents(settings.data),
        channels=Channels(settings.data),
        votes=votes,
        journal=journal,
        insights=Insights(settings, desk, journal),
        limits=Limits(settings.cooldown_seconds, settings.questions_at_once),
        screenshots=Screenshots(settings),
        metrics=metrics,
        homes=homes,
        preferences=ServerSettings(settings, Preferences(settings.data)),
        posts=PostRecord(settings.data, keeps=journal.keeps),
        writer=compose.writer(settings, metrics.wrote),
    )


@dataclass(frozen=True, slots=True)
class Services:
    """Created once, in `serve`, and handed to every part of the bot."""

    settings: Settings
    shelf: Shelf
    desk: Desk
    rebuilds: Rebuilds
    upkeep: Upkeep
    refreshes: Refreshes
    additions: Additions
    corrections: Corrections
    consents: Consents
    channels: Channels
    votes: Votes
    journal: Journal
    insights: Insights
    limits: Limits
    screenshots: Screenshots
    metrics: Metrics
    homes: HomeServers
    preferences: ServerSettings
    posts: PostRecord
    writer: Writer | None
    recent_questions: RecentQuestions = field(default_factory=RecentQuestions)
    pulse: Pulse = field(default_factory=Pulse)
    exchanges: Exchanges = field(default_factory=Exchanges)
    forum_posts: ForumPosts = field(default_factory=ForumPosts)
    told_elsewhere: Once = field(default_factory=Once)
    listeners: Listeners = field(default_factory=Listeners)
    help_calls: HelpCalls = field(default_factory=HelpCalls)
    forms: OpenForms = field(default_factory=OpenForms)
    words_to_keep: WordsToKeep = field(default_factory=WordsToKeep)
