"""What the commands and events of the bot share."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.card.answer_card import question_hash
from bot.desk import Desk
from bot.limits import Limits
from bot.rebuild import Rebuilds
from bot.settings import Settings
from bot.votes import Votes
from index.answer import Asked
from index.encoder import Encoder

_REMEMBERED = 10_000


@dataclass(slots=True)
class Remembered:
    """The questions asked lately, by their hash: for the button that shows more of their quotes."""

    _asked: OrderedDict[bytes, Asked] = field(default_factory=OrderedDict)

    def add(self, asked: Asked) -> None:
        """Remember a question."""
        self._asked[question_hash(asked.text)] = asked
        if len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)

    def get(self, question: bytes) -> Asked | None:
        """Return the question of this hash, if it is remembered."""
        return self._asked.get(question)


def open_services(settings: Settings, model: Encoder) -> Services:
    """Open the index in use and what belongs to it; raises `IndexUseError` where there is none that can be used."""
    desk = Desk(settings, model)
    return Services(
        settings,
        desk,
        Rebuilds(settings, desk.refresh),
        Votes(settings.data / "votes.sqlite"),
        Limits(settings.cooldown_seconds, settings.questions_at_once),
        Remembered(),
    )


@dataclass(frozen=True, slots=True)
class Services:
    """Built once, in `serve`, and handed to every part of the bot."""

    settings: Settings
    desk: Desk
    rebuilds: Rebuilds
    votes: Votes
    limits: Limits
    remembered: Remembered
