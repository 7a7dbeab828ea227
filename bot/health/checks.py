"""Whether the bot can do its work: receive events from Discord, run the model, and read its index."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.access.rules import Audience
from bot.answering.away import AwayError
from bot.public_errors import NoDocumentsError

if TYPE_CHECKING:
    from bot.services import Services
    from bot.telemetry.pulse import Beat
    from index.store.base import Generation


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits: heartbeats of silence, seconds that the model may spend on one batch, seconds for a look-up."""

    heartbeats: float = 2.5
    stuck: float = 60.0
    look_up: float = 5.0


PATIENCE = Patience()


class Health:
    """Checks the bot's health."""

    def __init__(self, services: Services, patience: Patience) -> None:
        self._services = services
        self._patience = patience

    async def complaints(self) -> list[str]:
        """Return what is wrong, one sentence each; an empty list if the bot is healthy."""
        complaints = [*self._gateway(), self._model(), await self._index()]
        return [complaint for complaint in complaints if complaint is not None]

    def _gateway(self) -> list[str]:
        beats = self._services.pulse.beats()
        if not beats:
            return ["Discord has not let the bot in yet."]
        return [_silent(beat) for beat in beats if beat.silence > self._patience.heartbeats * beat.heartbeat]

    def _model(self) -> str | None:
        busy = self._services.desk.busy_seconds()
        return f"The model has been at one question for {busy:.0f} s." if busy > self._patience.stuck else None

    async def _index(self) -> str | None:
        desk = self._services.desk
        if (generation := desk.held) is None:
            failed = self._services.upkeep.has_failed and not self._services.rebuilds.is_running
            return "The first index could not be built: the log says why." if failed else None
        try:
            async with asyncio.timeout(self._patience.look_up):
                return await desk.look_up(lambda _: _look_into(generation), Audience())
        except NoDocumentsError:  # which have all been removed meanwhile
            return None
        except AwayError:
            return "The index cannot be reached: the log says why."
        except TimeoutError:
            return f"The index has not been looked into for {self._patience.look_up:.0f} s."


def _silent(beat: Beat) -> str:
    return f"The gateway (shard {beat.shard}) has been silent for {beat.silence:.0f} s."


def _look_into(generation: Generation) -> str | None:
    """Return what is wrong with the generation in use: open files outlive a deleted folder, a restart would fail."""
    if not generation.is_there():
        return f"The index in use, {generation.name}, is no longer {generation.where}."
    if not generation.catalogue.sources:
        return f"The index in use, {generation.name}, holds no documents."
    return None
