"""What is in force in a server: what the environment fixes, then what its managers set, then the defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot import tuned
from bot.localisation.catalogue import LANGUAGES
from bot.preferences.store import Name, Preferences, Values
from bot.settings import Settings
from index.answer.confidence import Strictness, fitted_threshold, shown_unasked
from index.records import Answer

FIXED_BY: Mapping[Name, tuple[str, ...]] = MappingProxyType(
    {
        Name.CHANNELS: ("channels",),
        Name.THREADS: ("threads",),
        Name.STRICTNESS: ("strictness", "threshold"),
        Name.UNASKED_STRICTNESS: ("unasked_strictness",),
        Name.QUOTES: ("quotes",),
        Name.DIGEST_CHANNEL: ("digest_channel",),
        Name.FORUM_SILENCE: ("forum_silence",),
    }
)
"""The settings of the environment that fix one of a server: any of them does, where it is given a value."""

YES = "yes"
STAFF, ANYONE = "staff", "anyone"
"""Whose answer silences the bot in a forum post."""

MOST_QUOTES = 10


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds in one server; ids are those of Discord, and what they name may have been deleted."""

    channels: tuple[int, ...]
    threads: bool
    strictness: Strictness
    unasked_strictness: Strictness
    quotes: int
    helper_role: int | None
    forum_silence: str
    """`STAFF` or `ANYONE`."""
    solved_tags: frozenset[int]
    languages: tuple[str, ...]
    digest_channel: int | None
    fixed: frozenset[Name]
    """What the environment fixes."""
    threshold: float | None
    """The confidence from which a question is answered; None: that of the environment."""
    asked_threshold: float
    """The same, with that of the environment in its place."""

    def shows_unasked(self, answer: Answer) -> bool:
        """Tell whether an answer is sure enough to be shown to people who did not ask the bot."""
        return shown_unasked(answer, self.unasked_strictness, self.asked_threshold)


class ServerSettings:
    """The settings in force, by server."""

    def __init__(self, settings: Settings, stored: Preferences) -> None:
        """Take those of the environment, `settings`: one that is given there, even its default, is fixed."""
        self._settings = settings
        self._asked_threshold = tuned.in_force(settings)
        self.stored = stored
        given = settings.model_fields_set
        self.fixed = frozenset(name for name, fields in FIXED_BY.items() if given & set(fields))

    def of(self, server: int | None) -> InForce:
        """Return what holds in a server, or, where None, in private messages."""
        values = self.stored.of(server) if server is not None else {}
        settings, fixed = self._settings, self.fixed

        def picked(name: Name) -> Values | None:
            return None if name in fixed else values.get(name)

        strictness = _one_of(picked(Name.STRICTNESS), Strictness, None)
        asked = None if strictness is None else fitted_threshold(strictness)
        unasked = _one_of(picked(Name.UNASKED_STRICTNESS), Strictness, settings.unasked_strictness)
        channels, threads = picked(Name.CHANNELS), picked(Name.THREADS)
        return InForce(
            channels=settings.channels if channels is None else ids(channels),
            threads=settings.threads if threads is None else YES in threads,
            strictness=strictness or settings.strictness,
            unasked_strictness=unasked or settings.unasked_strictness,
            quotes=_number(picked(Name.QUOTES), settings.quotes),
            helper_role=next(iter(ids(picked(Name.HELPER_ROLE) or ())), None),
            forum_silence=next(iter(picked(Name.FORUM_SILENCE) or ()), settings.forum_silence),
            solved_tags=frozenset(ids(picked(Name.SOLVED_TAGS) or ())),
            languages=tuple(language for language in picked(Name.LANGUAGES) or () if language in LANGUAGES)
            or LANGUAGES,
            digest_channel=next(iter(ids(picked(Name.DIGEST_CHANNEL) or ())), settings.digest_channel),
            fixed=fixed,
            threshold=asked,
            asked_threshold=self._asked_threshold if asked is None else asked,
        )

    def solved_tags(self, server: int) -> frozenset[int]:
        """Return the tags of solved posts; raises `PreferenceError` where they are not known: then none is unsolved."""
        return frozenset(ids(self.stored.read(server).get(Name.SOLVED_TAGS, ())))


def ids(values: Values) -> tuple[int, ...]:
    """Return the ids among values."""
    return tuple(int(value) for value in values if value.isascii() and value.isdecimal())


def _one_of(values: Values | None, kind: Callable[[str], Strictness], default: Strictness | None) -> Strictness | None:
    known = set(Strictness)
    return next((kind(value) for value in values or () if value in known), default)


def _number(values: Values | None, default: int) -> int:
    return next((number for number in ids(values or ()) if 1 <= number <= MOST_QUOTES), default)
