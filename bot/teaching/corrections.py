"""The corrections that hold, as answers are given: each for its question and others like it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bot.cards.reference import resolve_in
from bot.localisation.catalogue import mark
from bot.teaching.records import Correction, Draft, End, Kind
from bot.teaching.store import CorrectionError, CorrectionStore
from index.answer.lessons import NOTHING, Stretch, Taught
from index.answer.wording import SAME_WORDS, Wording
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.store.base import Generation

MOST = 1000
"""Corrections that may hold at once."""

_AGAIN_SECONDS = 5.0
"""Seconds until corrections are read again that could not be read: a file that is locked makes questions wait."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Holding:
    """The corrections that hold, latest first, with the vectors of their questions as rows of a matrix."""

    of_questions: tuple[Correction, ...] = ()
    vectors: Vectors = field(default_factory=lambda: np.empty((0, 0), np.float32))
    notes: dict[str, list[Correction]] = field(default_factory=dict)


class Corrections:
    """Keeps corrections, and tells what holds for a question. Thread-safe.

    What was corrected counts for the next question: nothing is built. A stretch is looked up by its words' hash in the
    index that is answered from, so a correction is silent wherever these words are not in it.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        clock: Callable[[], float] = time.monotonic,
        *,
        only_reads: bool = False,
    ) -> None:
        """Keep them in `folder`; `encoder` makes the vectors of their questions.

        With `only_reads` they are those of a bot that runs beside: they are read anew when they have changed, and
        nothing is written.
        """
        self._store = CorrectionStore(folder, only_reads=only_reads)
        self._only_reads = only_reads
        self._state: tuple[int, int] | None = None
        self._encoder = encoder
        self._holding: _Holding | None = None
        self._clock = clock
        self._read_from = float("-inf")
        self._changing = threading.Lock()

    def add(self, draft: Draft, person: int) -> int:
        """Keep a correction, which counts at once; return its number. Raises `CorrectionError`."""
        with self._changing:
            if sum(correction.ended is None for correction in self._store.all()) >= MOST:
                raise CorrectionError(mark("There are too many corrections: take some back first."))
            number = self._store.add(draft, person)
            self._read_anew()
        return number

    def take_back(self, number: int) -> bool:
        """Let a correction hold no longer; return False where it does not anyway. Raises `CorrectionError`."""
        return self._end([number], End.TAKEN_BACK) > 0

    def all(self) -> list[Correction]:
        """Return all corrections, those that no longer hold too, latest first; raises `CorrectionError`."""
        return self._store.all()

    def sweep(self, generation: Generation) -> int:
        """End corrections whose text is not in an index any more, for good; return how many. Raises `CorrectionError`.

        What stays would count again where the same words came back, after people have forgotten about it.
        """
        holding = [correction for correction in self._store.all() if correction.ended is None]
        gone = [correction.number for correction in holding if found_in(correction, generation) is None]
        return self._end(gone, End.CHANGED) if gone else 0

    def forget(self, person: int) -> int:
        """Take a person's id out of the corrections that they made; return how many. Raises `CorrectionError`."""
        return self._store.forget(person)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def taught(self, question: Wording, generation: Generation) -> Taught:
        """Return what holds for a question: of two corrections about the same words, the latest."""
        holding = self._held()
        if not holding.of_questions:
            return NOTHING
        cosines = holding.vectors @ question.vector
        near = np.flatnonzero(cosines >= SAME_WORDS).tolist()
        return _decided(
            [
                (correction.kind, stretch)
                for correction, cosine in ((holding.of_questions[row], float(cosines[row])) for row in near)
                if question.is_same(correction.question, cosine) and (stretch := found_in(correction, generation))
            ]
        )

    def note_on(self, stretch: Stretch, generation: Generation) -> str:
        """Return the latest note that goes with a stretch, "" where there is none."""
        notes = self._held().notes.get(stretch.source, [])
        about = (
            correction
            for correction in notes
            if (current := found_in(correction, generation)) and current.is_like(stretch)
        )
        return next((correction.note for correction in about), "")

    def _end(self, numbers: list[int], end: End) -> int:
        with self._changing:
            ended = self._store.end(numbers, end)
            self._read_anew()
        return ended

    def _read_anew(self) -> None:
        self._holding = None
        self._read_from = float("-inf")

    def _held(self) -> _Holding:
        """Return the corrections that hold; none while they cannot be read, which is logged."""
        if self._only_reads and (state := _state(self._store.path)) != self._state:
            self._state = state
            self._read_anew()
        holding = self._holding
        if holding is None:
            with self._changing:
                holding = self._holding = self._holding or self._read_if_due()
        return holding or _Holding()

    def _read_if_due(self) -> _Holding | None:
        """Return the corrections that hold, None where they cannot be read or could not a moment ago."""
        if self._clock() < self._read_from:
            return None
        try:
            return self._read()
        except CorrectionError:
            self._read_from = self._clock() + _AGAIN_SECONDS
            return None

    def _read(self) -> _Holding:
        corrections = [correction for correction in self._store.all() if correction.ended is None]
        notes: dict[str, list[Correction]] = {}
        for correction in corrections:
            if correction.kind is Kind.NOTE:
                notes.setdefault(correction.source, []).append(correction)
        of_questions = tuple(correction for correction in corrections if correction.kind is not Kind.NOTE)
        if not of_questions:
            return _Holding(notes=notes)
        return _Holding(of_questions, self._vectors(of_questions), notes)

    def _vectors(self, corrections: tuple[Correction, ...]) -> Vectors:
        """Return the vectors of questions, and make those that are missing: those of another model are."""
        model = self._encoder.fingerprint
        known = self._store.vectors(model)
        missing = [correction for correction in corrections if correction.number not in known]
        made = self._encoder.questions([correction.question for correction in missing]) if missing else ()
        for correction, vector in zip(missing, made, strict=True):
            known[correction.number] = vector
            if not self._only_reads:
                self._store.set_vector(correction.number, model, vector)
        return np.array([known[correction.number] for correction in corrections], np.float32)


def _state(path: Path) -> tuple[int, int] | None:
    """Return when a file was last changed, and its size; None where it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def found_in(correction: Correction, generation: Generation) -> Stretch | None:
    """Return where the text of a correction stands, None where it is not there as it was."""
    try:
        document = generation.catalogue.document(correction.source)
    except KeyError:
        return None
    passage = resolve_in(document, correction.reference)
    return Stretch(correction.source, passage.start, passage.end) if passage is not None else None


def _decided(latest_first: list[tuple[Kind, Stretch]]) -> Taught:
    """Return one lead, the latest, and what is blocked: what was said last about the same words holds."""
    decided: list[tuple[Kind, Stretch]] = []
    for kind, stretch in latest_first:
        if not any(stretch.is_like(other) for _, other in decided):
            decided.append((kind, stretch))
    leads = [stretch for kind, stretch in decided if kind is Kind.LEAD]
    return Taught(tuple(leads[:1]), tuple(stretch for kind, stretch in decided if kind is Kind.BLOCK))
