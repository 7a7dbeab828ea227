"""A build: survey, read, split, encode, store, seal, test, swap. The index in use is not touched before the swap."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.build.failures import translate_errors
from index.build.generation_writer import GenerationWriter, Progress
from index.build.plan import Base, BuildPlan, Planner
from index.build.sealing import seal, shown_before
from index.build.self_test import check
from index.build.survey import Survey, nothing_to_read, survey
from index.encode import probes
from index.encode.encoder import Encoder
from index.errors import (
    BuildError,
    DamagedError,
    IndexUseError,
    NothingToReadError,
)
from index.library.library import Library, as_library
from index.read.readers import Readers
from index.records import LeftOut
from index.store.base import Generation
from index.store.disk import layout
from index.store.disk.base import BuildBase
from index.store.manifest import Recipe
from index.store.shelf import Shelf
from index.text.split import Splitter

READING = 17
"""Raise this when readers or the splitter make something else of the same file, so that nothing old is reused."""


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How to build: maximum tokens a passage, limits for reading one file, and how many generations to keep.

    Up to `exact_up_to` passages, search is exact.
    """

    passage_tokens: int = 200
    read_seconds: float = 30.0
    read_memory_mib: int = 2048
    keep_generations: int = 3
    exact_up_to: int = 100_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which questions a new generation has `lost`; whether it may be put in use (`keeps`); what could not be asked."""

    lost: tuple[str, ...]
    keeps: bool
    faults: tuple[LeftOut, ...] = ()


_FIT = Verdict((), keeps=True)

Guard = Callable[[Generation, Path], Verdict]
"""Judges a new generation of the documents in a folder before it is put in use."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many of the groups of questions that were asked in vain were `asked` again, and are answered now.

    For `left` of them there was no time: they come first after the next build.
    """

    closed: int
    asked: int
    left: int = 0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The result of a build: the generation now in use, what is in it, and what has changed.

    `swapped` is False if nothing had changed and the generation before stays in use. `encoded` counts passages.
    `damage` says what was wrong with the generation in use before, if anything. `anew` says that nothing was reused
    from it, because its sentences were encoded in another way. `gaps` says what became of questions asked in vain.
    `lost` are the canaries that the new generation answers no more; where they are too many it is kept `aside`, and
    everything else is of the generation that stays in use. `emptied` says that all documents were removed, and that
    there is no generation any more: its name is empty.
    """

    generation: str
    swapped: bool
    documents: int
    passages: int
    encoded: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    seconds: float
    damage: str | None = None
    anew: bool = False
    gaps: Gaps | None = None
    aside: str | None = None
    lost: tuple[str, ...] = ()
    emptied: bool = False


class Builder:
    """Builds generations on one shelf with one model."""

    def __init__(self, shelf: Shelf, encoder: Encoder, settings: BuildSettings, guard: Guard | None = None) -> None:
        """Nothing is read or written before `build`; `guard` judges what is built before it is put in use."""
        self._guard = guard
        self._shelf = shelf
        self._encoder = encoder
        self._settings = settings
        self.recipe = Recipe(
            format=layout.FORMAT,
            reading=READING,
            model=encoder.name,
            fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            passage_tokens=min(settings.passage_tokens, encoder.window - 8),
            second_pass=encoder.second_pass,
        )
        self._planner = Planner(shelf, self.recipe)

    def build(
        self,
        documents: Path | Library,
        progress: Progress,
        *,
        fresh: bool = False,
        plan: BuildPlan | None = None,
        accept: bool = False,
    ) -> BuildReport:
        """Build a generation of `documents` (a folder, or a library) and put it in use, unless nothing has changed.

        Unless `fresh`, what has not changed is copied from the generation in use. A `plan` of them made just before
        saves reading index and documents again, unless another generation is in use by now. With `accept`, what the
        guard has kept aside is put in use, or what is built whatever it says. Where there is nothing to read, as all
        that was in use is to be erased or has been, there is no generation in use any more. Raises `DocumentsError` if
        there is nothing to read otherwise: a disk may be missing. Raises `BusyError` if another build is running, and
        `BuildError` if the build could not be finished. The generation in use then stays.
        """
        started, library = time.perf_counter(), as_library(documents)
        with contextlib.ExitStack() as opened:
            opened.enter_context(translate_errors())
            opened.enter_context(self._shelf.lock())
            if fresh:
                plan = self._planner.fresh(library)
            elif plan is None or not self._planner.can_serve(plan):
                plan = opened.enter_context(contextlib.closing(self._planner.plan(library, thorough=True)))
            with contextlib.suppress(IndexUseError):
                self._shelf.clear()
            held = plan.held
            self._shelf.erase({note: source for note, source in plan.erasures.items() if note not in held})
            try:
                report = self._accepted(library, plan, started) if accept else None
                report = report or self._build(library, plan, progress, started, accept=accept)
            except NothingToReadError as error:
                unread = [source for source, _ in error.left_out]
                if plan.holds_any_of(unread) or not self._shelf.empty(plan.erasures):
                    raise
                return _emptied(plan.survey.removed, [LeftOut(*left) for left in error.left_out], started)
            self._shelf.erase(held)
            return report

    def _accepted(self, library: Library, plan: BuildPlan, started: float) -> BuildReport | None:
        """Put the generation in use that was kept aside, if it is of the documents as they are; None if there is none.

        One that was rolled back is as good: a build would make the same.
        """
        for name in self._shelf.gone_back_from():
            with contextlib.suppress(IndexUseError):
                candidate = self._shelf.manifest(name)
                if candidate.recipe == self.recipe and not survey(library, candidate).is_news:
                    with contextlib.closing(self._checked(name)) as generation:
                        self._shelf.use(name)
                        return replace(_report(generation, plan.survey, started), swapped=True)
        return None

    def plan(self, documents: Path | Library) -> BuildPlan:
        """Compare `documents` with the generation in use, and read every byte of that if it is local.

        Raises `DocumentsError` if the folder cannot be read.
        """
        return self._planner.plan(as_library(documents), thorough=not self._shelf.is_shared)

    def is_stale(self, documents: Path | Library) -> bool:
        """Return whether a build of `documents` would give anything other than what is in use."""
        with contextlib.closing(self.plan(documents)) as plan:
            return plan.is_stale

    def _build(
        self, library: Library, plan: BuildPlan, progress: Progress, started: float, *, accept: bool
    ) -> BuildReport:
        base, surveyed = plan.base, plan.survey
        before = base.generation
        if before is not None and not plan.is_stale:
            return _report(before, surveyed, started)
        if not (surveyed.unchanged or surveyed.fresh):
            raise nothing_to_read(surveyed)
        known = self._probed(before)
        anew = before is not None and before.manifest.recipe != self.recipe
        with self._shelf.workplace() as workplace:
            with self._on_disk(None if anew else before, workplace) as build_base:
                generation_writer = self._generation_writer(build_base, progress, library, erases=bool(plan.erasures))
                left_out = generation_writer.fill(
                    workplace, survey(library, None) if anew else surveyed, self._exact_up_to
                )
            shown = shown_before(before, surveyed) if before is not None and not anew else {}
            checksum = seal(
                workplace,
                self.recipe,
                library,
                surveyed,
                previous=base.name,
                left_out=left_out,
                clustering=generation_writer.clustering,
                probes=known,
                shown=shown | generation_writer.shown,
            )
            name = self._shelf.put(workplace, checksum)
        with contextlib.ExitStack() as opened:
            try:
                generation = opened.enter_context(contextlib.closing(self._checked(name)))
                verdict = self._put_in_use(generation, base, library.documents, accept=accept, erases=bool(plan.held))
            except BaseException:  # Ctrl-C, too
                self._shelf.remove(name)
                raise
            self._shelf.prune(self._settings.keep_generations)
            report = _report(generation, surveyed, started)
            report = replace(report, left_out=(*report.left_out, *verdict.faults), lost=verdict.lost)
            if not verdict.keeps and base.name is not None:
                return replace(report, generation=base.name, aside=name)
            return replace(report, encoded=generation_writer.encoded, swapped=True, damage=base.damage, anew=anew)

    def _put_in_use(self, generation: Generation, base: Base, folder: Path, *, accept: bool, erases: bool) -> Verdict:
        """Put a generation in use, or aside where the guard says so: beside those that were rolled back.

        One that is accepted, or `erases`, is put in use all the same: what is to be erased would be quoted until then.
        """
        verdict = self._guard(generation, folder) if self._guard is not None else _FIT
        verdict = replace(verdict, keeps=verdict.keeps or accept)
        if verdict.keeps or base.name is None or erases:
            self._shelf.use(generation.name)
            return replace(verdict, keeps=True)
        self._shelf.use(base.name, [generation.name, *self._shelf.gone_back_from()])
        return verdict

    def _probed(self, before: Generation | None) -> str:
        """Return the encoder's probes, before any document is read: a remote encoder may be out of reach."""
        if before is not None:
            self._encoder.expect(probes.read(before.manifest.probes))
        return probes.written(self._encoder.probes)

    @property
    def _exact_up_to(self) -> int:
        """Up to how many passages vectors are stored exactly: any number, if another server will search them."""
        return sys.maxsize if self._shelf.is_shared else self._settings.exact_up_to

    def _on_disk(
        self, before: Generation | None, workplace: Path
    ) -> contextlib.AbstractContextManager[BuildBase | None]:
        return contextlib.nullcontext() if before is None else self._shelf.on_disk(before, workplace)

    def _generation_writer(
        self, before: BuildBase | None, progress: Progress, library: Library, *, erases: bool
    ) -> GenerationWriter:
        splitter = Splitter(self._encoder.token_spans, self.recipe.passage_tokens)
        readers = Readers(
            seconds=self._settings.read_seconds,
            memory_mib=self._settings.read_memory_mib,
            options=library.reading,
        )
        return GenerationWriter(self._encoder, splitter, readers, before, progress, library.documents, erases=erases)

    def _checked(self, name: str) -> Generation:
        """Open the new generation and test it."""
        try:
            with contextlib.ExitStack() as opened:
                generation = opened.enter_context(contextlib.closing(self._shelf.open(name)))
                check(generation)
                opened.pop_all()  # it stays open
        except DamagedError as error:
            raise BuildError(f"What was built does not answer and was thrown away: {error}") from error
        return generation


def _report(generation: Generation, surveyed: Survey, started: float) -> BuildReport:
    """Return the report of a build that has changed nothing."""
    missed = generation.manifest.left_out
    unread = {entry.source for entry in missed} - generation.manifest.documents.keys()
    return BuildReport(
        generation=generation.name,
        swapped=False,
        documents=generation.manifest.counts.documents,
        passages=generation.manifest.counts.passages,
        encoded=0,
        added=tuple(source for source in surveyed.added if source not in unread),
        changed=tuple(source for source in surveyed.changed if source not in unread),
        removed=(*surveyed.removed, *(source for source in surveyed.changed if source in unread)),
        left_out=tuple(LeftOut(entry.source, entry.reason) for entry in missed),
        seconds=time.perf_counter() - started,
    )


def _emptied(removed: tuple[str, ...], left_out: Sequence[LeftOut], started: float) -> BuildReport:
    """Return the report of a build that has found nothing, and left no generation in use."""
    return BuildReport(
        generation="",
        swapped=False,
        documents=0,
        passages=0,
        encoded=0,
        added=(),
        changed=(),
        removed=removed,
        left_out=tuple(left_out),
        seconds=time.perf_counter() - started,
        emptied=True,
    )
