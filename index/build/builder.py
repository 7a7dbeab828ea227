"""A build: survey, read, split, encode, store, seal, test, swap. The index in use is not touched before the swap."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.build.erasing import held_otherwise, note_lapsed
from index.build.generation_writer import GenerationWriter, Progress
from index.build.self_test import check
from index.build.survey import Survey, survey
from index.encode import probes
from index.encode.encoder import Encoder
from index.errors import (
    BuildError,
    DamagedError,
    DocumentsError,
    EncoderError,
    IndexUseError,
    NoIndexError,
    OtherVersionError,
    StoreError,
)
from index.library.library import Library, as_library
from index.read.options import ReadingOptions
from index.read.readers import Readers
from index.records import LeftOut
from index.store import manifest
from index.store.base import Generation
from index.store.disk import layout
from index.store.disk.base import BuildBase
from index.store.disk.catalogue import Catalogue
from index.store.fallback import open_sound
from index.store.manifest import Clustering, Counts, Manifest, Missed, Recipe
from index.store.shelf import Shelf
from index.text.split import Splitter

READING = 12
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
    everything else is of the generation that stays in use.
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


@dataclass(frozen=True, slots=True)
class _Base:
    """What a build starts from: the `name` of the generation in use, and its `generation` if it can be built on.

    If it is damaged, `damage` says how, and the other fields are those of the one before.
    """

    name: str | None
    generation: Generation | None
    damage: str | None

    def close(self) -> None:
        if self.generation is not None:
            self.generation.close()


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build of a folder would start from and change; close it after use.

    `thorough` says whether every byte of what it starts from was read. `erasures` are the notes of what is to be erased
    that were there before the survey.
    """

    base: _Base
    survey: Survey
    thorough: bool
    erasures: Mapping[str, str]

    @property
    def is_stale(self) -> bool:
        """Whether a build would give anything other than what is in use."""
        return not self._is_sound or self.survey.is_news

    @property
    def held(self) -> Mapping[str, str]:
        """The notes of what is to be erased and is held by what is in use, as far as that is known."""
        return held_otherwise(self.erasures, self.survey) if self._is_sound else self.erasures

    @property
    def _is_sound(self) -> bool:
        return self.base.generation is not None and not self.base.damage

    def close(self) -> None:
        """Close the generation to build on."""
        self.base.close()


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
        guard has kept aside is put in use, or what is built whatever it says. Raises `DocumentsError` if
        there is nothing to read, `BusyError` if another build is running, and `BuildError` if the build could not be
        finished; the generation in use then stays.
        """
        started, library = time.perf_counter(), as_library(documents)
        with contextlib.ExitStack() as opened:
            opened.enter_context(_translate_errors())
            opened.enter_context(self._shelf.lock())
            if fresh:
                opened.enter_context(contextlib.closing(base := self._base()))
                erasures = self._erasures(library, base)
                plan = BuildPlan(
                    replace(base, generation=None), survey(library, None), thorough=True, erasures=erasures
                )
            elif plan is None or not self._can_serve(plan):
                plan = opened.enter_context(contextlib.closing(self._plan(library, thorough=True)))
            with contextlib.suppress(IndexUseError):
                self._shelf.clear()
            held = plan.held
            self._shelf.erase({note: source for note, source in plan.erasures.items() if note not in held})
            report = self._accepted(library, plan, started) if accept else None
            report = report or self._build(library, plan, progress, started, accept=accept)
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
        return self._plan(as_library(documents), thorough=not self._shelf.is_shared)

    def _plan(self, library: Library, *, thorough: bool) -> BuildPlan:
        base = self._base(thorough=thorough)
        before = base.generation.manifest if base.generation else None
        try:
            erasures = self._erasures(library, base)
            return BuildPlan(base, survey(library, before), thorough, erasures)
        except DocumentsError:
            base.close()
            raise

    def _erasures(self, library: Library, base: _Base) -> Mapping[str, str]:
        """Return the notes of what is to be erased, the answers among it that lapsed since the generation before."""
        if base.generation is not None:
            note_lapsed(self._shelf, library, base.generation.manifest)
        return self._shelf.erasures.pending()

    def is_stale(self, documents: Path | Library) -> bool:
        """Return whether a build of `documents` would give anything other than what is in use."""
        with contextlib.closing(self.plan(documents)) as plan:
            return plan.is_stale

    def _can_serve(self, plan: BuildPlan) -> bool:
        """Return whether a plan was thorough and its generation is still in use."""
        with contextlib.suppress(IndexUseError):
            return plan.thorough and self._shelf.current() == plan.base.name
        return False

    def _base(self, *, thorough: bool = True) -> _Base:
        """Open the generation in use, reading every byte if `thorough`, and keep it open if it can be built on.

        If it is damaged, use the generation before: copied damage would be sealed as sound.
        """
        try:
            opened = open_sound(self._shelf, thorough=thorough)
        except (NoIndexError, OtherVersionError):
            return _Base(None, None, None)
        except StoreError:
            raise
        except IndexUseError as error:
            return _Base(None, None, str(error))
        generation, damage = opened.generation, opened.damage.reason if opened.damage else None
        if generation.manifest.recipe.agrees_with(self.recipe):
            return _Base(generation.name, generation, damage)
        generation.close()
        return _Base(generation.name, None, damage)

    def _build(
        self, library: Library, plan: BuildPlan, progress: Progress, started: float, *, accept: bool
    ) -> BuildReport:
        base, surveyed = plan.base, plan.survey
        before = base.generation
        if before is not None and not plan.is_stale:
            return _report(before, surveyed, started)
        known = self._probed(before)
        anew = before is not None and before.manifest.recipe != self.recipe
        with self._shelf.workplace() as workplace:
            with self._kept(None if anew else before, workplace) as kept:
                generation_writer = self._generation_writer(kept, progress, library, erases=bool(plan.erasures))
                left_out = generation_writer.fill(
                    workplace, survey(library, None) if anew else surveyed, self._exact_up_to
                )
            shown = _shown(before, surveyed) if before is not None and not anew else {}
            seal = self._seal(
                workplace,
                library.documents,
                base.name,
                left_out,
                clustering=generation_writer.clustering,
                known=known,
                shown=shown | generation_writer.shown,
                settings=surveyed.settings,
                origins=surveyed.origins,
                reading=library.reading,
            )
            name = self._shelf.put(workplace, seal)
        with contextlib.ExitStack() as opened:
            try:
                generation = opened.enter_context(contextlib.closing(self._checked(name)))
                found_fit = self._put_in_use(generation, base, library.documents, accept=accept, erases=bool(plan.held))
            except BaseException:  # Ctrl-C, too
                self._shelf.remove(name)
                raise
            self._shelf.prune(self._settings.keep_generations)
            report = _report(generation, surveyed, started)
            report = replace(report, left_out=(*report.left_out, *found_fit.faults), lost=found_fit.lost)
            if not found_fit.keeps and base.name is not None:
                return replace(report, generation=base.name, aside=name)
            return replace(report, encoded=generation_writer.encoded, swapped=True, damage=base.damage, anew=anew)

    def _put_in_use(self, generation: Generation, base: _Base, folder: Path, *, accept: bool, erases: bool) -> Verdict:
        """Put a generation in use, or aside where the guard says so: beside those that were rolled back.

        One that is accepted, or `erases`, is put in use all the same: what is to be erased would be quoted until then.
        """
        judged = self._guard(generation, folder) if self._guard is not None else _FIT
        judged = replace(judged, keeps=judged.keeps or accept)
        if judged.keeps or base.name is None or erases:
            self._shelf.use(generation.name)
            return replace(judged, keeps=True)
        self._shelf.use(base.name, [generation.name, *self._shelf.gone_back_from()])
        return judged

    def _probed(self, before: Generation | None) -> str:
        """Return the encoder's probes, before any document is read: a remote encoder may be out of reach."""
        if before is not None:
            self._encoder.expect(probes.read(before.manifest.probes))
        return probes.written(self._encoder.probes)

    @property
    def _exact_up_to(self) -> int:
        """Up to how many passages vectors are stored exactly: any number, if another server will search them."""
        return sys.maxsize if self._shelf.is_shared else self._settings.exact_up_to

    def _kept(self, before: Generation | None, workplace: Path) -> contextlib.AbstractContextManager[BuildBase | None]:
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

    def _seal(  # noqa: PLR0913 -- what a manifest says
        self,
        workplace: Path,
        folder: Path,
        previous: str | None,
        left_out: tuple[Missed, ...],
        *,
        clustering: Clustering | None,
        known: str,
        shown: dict[str, dict[str, str | None]],
        settings: Mapping[str, str],
        origins: Mapping[str, tuple[str | None, str | None]],
        reading: ReadingOptions,
    ) -> str:
        catalogue = Catalogue(workplace / layout.DOCUMENTS)
        passages, sentences = catalogue.counts()
        documents = catalogue.file_checksums()
        catalogue.close()
        return Manifest(
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            previous=previous,
            folder=str(folder.resolve()),
            recipe=self.recipe,
            counts=Counts(documents=len(documents), passages=passages, sentences=sentences),
            documents=documents,
            clustering=clustering,
            left_out=left_out,
            files=manifest.checksums(workplace),
            probes=known,
            shown=shown,
            settings=dict(settings),
            origins=dict(origins),
            ocr=reading.ocr.value,
            chat_names=reading.chat_names,
        ).seal(workplace)

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


def _shown(before: Generation, surveyed: Survey) -> dict[str, dict[str, str | None]]:
    """Return what the files that have not changed show of others, those that could not be read among them."""
    kept = surveyed.unchanged.keys() | {missed.source for missed in surveyed.missed}
    return {source: shown for source, shown in before.manifest.shown.items() if source in kept}


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


@contextlib.contextmanager
def _translate_errors() -> Iterator[None]:
    """Turn write errors of the file system, SQLite, FAISS and tantivy into a `BuildError`.

    Errors of a remote encoder or a remote index become one too.
    """
    try:
        yield
    except EncoderError as error:
        raise BuildError(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise BuildError(_cannot_write(error)) from error
    except StoreError as error:
        raise BuildError(f"{str(error).removesuffix('.')}; the index that was there is unchanged.") from error


def _cannot_write(error: Exception) -> str:
    message = getattr(error, "strerror", None) or str(error)
    if "space" in message.lower() or "full" in message.lower():
        message = "the disk is full"
    return f"The index could not be written ({message}); the one that was there is unchanged."
