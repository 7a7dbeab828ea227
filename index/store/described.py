"""What a generation says of itself, wherever it is kept."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from index.errors import OtherModelError
from index.store.lookup import Names

if TYPE_CHECKING:
    from index.store.base import Catalogue
    from index.store.manifest import Manifest


C = TypeVar("C", bound="Catalogue")


class Described(Generic[C]):
    """What follows from a generation's `manifest` and `catalogue`."""

    manifest: Manifest
    catalogue: C

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents (ISO 639-1), that of most of them first."""
        return tuple(one for one, _ in Counter(source.language for source in self.catalogue.sources).most_common())

    @cached_property
    def names(self) -> Names:
        """The names of the documents and their sections."""
        return Names(self.catalogue.sources)

    @cached_property
    def document_names(self) -> Names:
        """The names of the documents alone."""
        return Names(self.catalogue.sources, sections=False)

    def check_model(self, name: str, fingerprint: str) -> None:
        """Raise `OtherModelError` unless the generation was built with the model of this `fingerprint`."""
        recipe = self.manifest.recipe
        if recipe.fingerprint != fingerprint:
            told = "other files of that model" if recipe.model == name else recipe.model
            raise OtherModelError(
                f"The index was built with {told}, not with the {name} in use: run `quoth index build`, "
                f"or set QUOTH_MODEL back."
            )
