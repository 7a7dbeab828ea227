"""Answers from the generation in use or, once that turns out to be damaged, from the one before."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from bot import compose
from bot.public_errors import NoDocumentsError
from bot.settings import Settings
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.lessons import Lessons
from index.encode.encoder import Encoder
from index.errors import DamagedError, IndexUseError, NoIndexError, QuothError, StoreError
from index.records import Answer
from index.store.base import Generation
from index.store.fallback import Damage

_NO_OTHER = (
    "The index is damaged, and there is no older one to answer from: those who look after me have to rebuild it."
)

_log = logging.getLogger(__name__)

T = TypeVar("T")
Warn = Callable[[Damage], None]
Missing = Callable[[], QuothError]
"""Returns what is raised while there is no generation to answer from."""


class Standby:
    """Keeps answering if a generation is damaged, whether that is found on opening or later.

    Any number of threads may look something up; only one may answer at a time.
    """

    def __init__(  # noqa: PLR0913 -- as the desk
        self,
        settings: Settings,
        model: Encoder,
        warn: Warn | None = None,
        prepare: Callable[[Generation], object] | None = None,
        lessons: Lessons | None = None,
        *,
        missing: Missing | None = None,
    ) -> None:
        """Open the generation to answer from; `warn` is told of damage, in place of the log.

        `prepare` is run on a generation before it is turned to; `lessons` are what people have taught. Where there is
        none that can be used, `missing` says what is raised until `refresh` finds one; without it, that is an
        `IndexUseError` at once, as is a `StoreError` always. Once all documents were removed there is none either.
        """
        self.shelf = compose.shelf(settings)
        self._open_sound = partial(compose.sound_answerer, settings, model, self.shelf, lessons=lessons)
        self._warn = warn or _log_damage
        self._prepare = prepare
        self._turning = threading.Lock()
        self._damaged: dict[str, DamagedError] = {}
        self._answerer: Answerer | None = None
        self._missing = missing
        self.damage: Damage | None = None
        self.is_emptied = False
        """Whether there was a generation to answer from, until all documents were removed."""

        self._begin()

    @property
    def damaged(self) -> dict[str, DamagedError]:
        """The generations found to be damaged after they were opened, by name."""
        return dict(self._damaged)

    @property
    def generation(self) -> Generation:
        """The generation that answers come from."""
        return self._held().generation

    @property
    def is_open(self) -> bool:
        """Whether there is a generation to answer from."""
        return self._answerer is not None

    @property
    def held(self) -> Generation | None:
        """The generation that answers come from, or None: another thread may let go of it at any time."""
        answerer = self._answerer
        return None if answerer is None else answerer.generation

    def refresh(self) -> None:
        """Switch to the generation now in use, forgetting known damage: it may have been repaired.

        Where all documents were removed there is none, and what was held is let go of; whoever uses it may finish.
        """
        with self._turning:
            is_sound = self.is_open and not self._damaged and self.damage is None
            try:
                if is_sound and self.shelf.current() == self.generation.name:
                    return
                self._damaged.clear()
                self._open()
            except NoIndexError:
                if not self.shelf.is_emptied():
                    raise
                self._answerer, self.damage, self.is_emptied = None, None, True

    def why_missing(self) -> QuothError:
        """Return what is raised while there is no generation to answer from."""
        return NoDocumentsError() if self._missing is None else self._missing()

    def answer_all(self, asked: Sequence[Asked]) -> list[Answer]:
        """Answer questions; raises `DamagedError` if no generation is left that can be used."""
        return self.use(lambda answerer: answerer.answer_all(asked))

    def look_up(self, look: Callable[[Generation], T]) -> T:
        """Run `look` on the generation; raises `DamagedError` if none is left that can be read."""
        return self.use(lambda answerer: look(answerer.generation))

    def use(self, use: Callable[[Answerer], T]) -> T:
        """Run `use` on the answerer; if its generation turns out to be damaged, again on the next one's."""
        answerer = self._held()
        while True:
            try:
                return use(answerer)
            except DamagedError as error:
                answerer = self._instead_of(answerer.generation, error)

    def _instead_of(self, generation: Generation, error: DamagedError) -> Answerer:
        """Return the answerer to use instead of a damaged generation's; another thread may have switched already."""
        with self._turning:
            if self.generation is generation:
                self._damaged[generation.name] = error
                try:
                    self._open()
                except DamagedError:
                    _log.error("the index is damaged and there is no other", extra={"reason": str(error)})
                    raise DamagedError(_NO_OTHER) from error
            return self._held()

    def _held(self) -> Answerer:
        if self._answerer is None:
            raise self.why_missing()
        return self._answerer

    def _begin(self) -> None:
        """Open the first generation to answer from, where there is one or one has to be."""
        try:
            self._open()
        except StoreError:  # there may be one, out of reach
            raise
        except IndexUseError as error:
            if self._missing is None:
                raise
            self.is_emptied = not self.shelf.is_shared and self.shelf.is_emptied()  # a server knows none that was
            _log.warning("there is no index to answer from yet: one is being built", extra={"reason": str(error)})

    def _open(self) -> None:
        answerer, damage = self._open_sound(self._damaged)
        if self._prepare is not None:
            self._prepare(answerer.generation)
        self._answerer, self.damage, self.is_emptied = answerer, damage, False
        if self.damage is not None:
            self._warn(self.damage)


def _log_damage(damage: Damage) -> None:
    details = {"reason": damage.reason, "instead": damage.instead}
    _log.error("the index in use is damaged: rebuild it; the one before is answered from", extra=details)
