"""What a build starts from, and what it would change."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.build.erasing import held_otherwise, note_lapsed
from index.build.survey import Survey, survey
from index.errors import DocumentsError, IndexUseError, NoIndexError, OtherVersionError, StoreError
from index.library.library import Library
from index.store.base import Generation
from index.store.erasures import is_among
from index.store.fallback import open_sound
from index.store.manifest import Recipe
from index.store.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Base:
    """What a build starts from: the `name` of the generation in use, and its `generation` if it can be built on.

    If it is damaged, `damage` says how, and the other fields are those of the one before.
    """

    name: str | None
    generation: Generation | None
    damage: str | None

    def close(self) -> None:
        """Close what can be built on."""
        if self.generation is not None:
            self.generation.close()


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build of a folder would start from and change; close it after use.

    `thorough` says whether every byte of what it starts from was read. `erasures` are the notes of what is to be erased
    that were there before the survey.
    """

    base: Base
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

    def holds_any_of(self, sources: Sequence[str]) -> bool:
        """Tell whether what is in use holds one of these documents, or what lies below them; if not known, yes."""
        if self.base.generation is None:
            return bool(sources) and self.base.name is not None
        return any(is_among(source, sources) for source in self.base.generation.manifest.documents)

    def close(self) -> None:
        """Close the generation to build on."""
        self.base.close()


class Planner:
    """Plans builds on one shelf by one recipe."""

    def __init__(self, shelf: Shelf, recipe: Recipe) -> None:
        self._shelf = shelf
        self._recipe = recipe

    def plan(self, library: Library, *, thorough: bool) -> BuildPlan:
        """Compare documents with the generation in use, and read every byte of that if `thorough`.

        Raises `DocumentsError` if the documents cannot be listed.
        """
        base = self._base(thorough=thorough)
        before = base.generation.manifest if base.generation else None
        try:
            erasures = self._erasures(library, base)
            return BuildPlan(base, survey(library, before), thorough, erasures)
        except DocumentsError:
            base.close()
            raise

    def fresh(self, library: Library) -> BuildPlan:
        """Plan a build that takes nothing over."""
        base = self._base()
        try:
            erasures = self._erasures(library, base)
            return BuildPlan(replace(base, generation=None), survey(library, None), thorough=True, erasures=erasures)
        finally:
            base.close()

    def can_serve(self, plan: BuildPlan) -> bool:
        """Return whether a plan was thorough and its generation is still in use."""
        with contextlib.suppress(IndexUseError):
            return plan.thorough and self._shelf.current() == plan.base.name
        return False

    def _erasures(self, library: Library, base: Base) -> Mapping[str, str]:
        """Return the notes of what is to be erased, the answers among it that lapsed since the generation before."""
        if base.generation is not None:
            note_lapsed(self._shelf, library, base.generation.manifest)
        return self._shelf.erasures.pending()

    def _base(self, *, thorough: bool = True) -> Base:
        """Open the generation in use, reading every byte if `thorough`, and keep it open if it can be built on.

        If it is damaged, use the generation before: copied damage would be sealed as sound.
        """
        try:
            opened = open_sound(self._shelf, thorough=thorough)
        except (NoIndexError, OtherVersionError):
            return Base(None, None, None)
        except StoreError:
            raise
        except IndexUseError as error:
            return Base(None, None, str(error))
        generation, damage = opened.generation, opened.damage.reason if opened.damage else None
        if generation.manifest.recipe.agrees_with(self._recipe):
            return Base(generation.name, generation, damage)
        generation.close()
        return Base(generation.name, None, damage)
