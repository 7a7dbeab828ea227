"""How the bot is: starting, building, ready or stopped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.standin.payload import Json


class Phase(StrEnum):
    """Where the bot is between its start and its end."""

    STARTING = "starting"
    BUILDING = "building"
    READY = "ready"
    STOPPED = "stopped"


@dataclass(frozen=True)
class BotState:
    """The bot's phase, how far it is in its step, and a sentence to go with it."""

    phase: Phase
    step: str = ""
    done: int = 0
    total: int = 1
    message: str = ""

    def as_json(self) -> Json:
        """Return what the page is told."""
        return {
            "state": str(self.phase),
            "step": self.step,
            "done": self.done,
            "total": self.total,
            "told": self.message,
        }
