"""What an audience sees of a generation: everything that is shown is looked up here."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property

from bot.access.rules import Audience, Rules, channel_server, channels_elsewhere, seen, shut_in_settings
from index.store.base import Generation
from index.store.lookup import Names
from index.store.manifest import Counts
from index.store.values import Source, StoredDocument

_KEPT = 64
"""Ways in which rules keep something from audiences."""

_GENERATIONS = 2


class VisibleDocuments:
    """The documents of a generation that none of some rules closes, as if there were no others.

    `scope` holds their sources, the same object each time, so that searches find what they made of it; None is all.
    """

    def __init__(self, generation: Generation, closed: Rules) -> None:
        """Look at `generation` without what `closed` governs."""
        everything = generation.catalogue.sources
        left = frozenset(seen((source.source for source in everything), closed))
        self.generation = generation
        self._closed = closed
        self.scope = left if len(left) < len(everything) else None
        self.sources: tuple[Source, ...] = tuple(source for source in everything if source.source in left)

    @property
    def is_everything(self) -> bool:
        """Whether that is everything."""
        return self.scope is None

    @cached_property
    def names(self) -> Names:
        """The names of the documents and their sections."""
        return self.generation.names if self.is_everything else Names(self.sources)

    @cached_property
    def document_names(self) -> Names:
        """The names of the documents alone."""
        return self.generation.document_names if self.is_everything else Names(self.sources, sections=False)

    def shows(self, name: str) -> bool:
        """Return whether a document may be seen that has the source `name`, or had it."""
        return bool(seen([name], self._closed))

    def document(self, name: str) -> StoredDocument:
        """Return the document whose source is `name`; raises `KeyError` where there is none to be seen."""
        if self.scope is not None and name not in self.scope:
            raise KeyError(name)
        return self.generation.catalogue.document(name)

    def counts(self) -> Counts:
        """Return how much there is to be seen."""
        if self.is_everything:
            return self.generation.manifest.counts
        passages, sentences = self.generation.catalogue.counts({source.id for source in self.sources})
        return Counts(documents=len(self.sources), passages=passages, sentences=sentences)


class ViewsOfGeneration:
    """What audiences see of one generation, by the rules that keep something from them: there are few. Thread-safe."""

    def __init__(self, generation: Generation, rules: Rules) -> None:
        """Make ready what would keep the first to type into an option waiting: for who sees all, and who sees least."""
        self._generation = generation
        self._rules = rules
        self._lock = threading.Lock()
        self._made: dict[Rules, VisibleDocuments] = {}
        self._servers = {channel_server(source.source) for source in generation.catalogue.sources} - {None}
        for closed in {(), self._shut(Audience())}:
            visible = self._of(closed)
            _ = visible.names, visible.document_names

    def of(self, audience: Audience, removed: Rules) -> VisibleDocuments:
        """Return what an audience sees, without what is `removed`."""
        return self._of((*self._shut(audience), *removed))

    def _shut(self, audience: Audience) -> Rules:
        """Return what is closed to an audience, the same for all servers without channels among the documents."""
        server = audience.server if str(audience.server) in self._servers else None
        closed = shut_in_settings(self._rules, audience)
        return (*closed, channels_elsewhere(server)) if self._servers - {str(server)} else closed

    def _of(self, closed: Rules) -> VisibleDocuments:
        with self._lock:
            if closed not in self._made:
                if len(self._made) > _KEPT:
                    self._made.clear()
                self._made[closed] = VisibleDocuments(self._generation, closed)
            return self._made[closed]


class Views:
    """What audiences see of the generation in use, and of those that answers are still being given from. Thread-safe.

    A generation that turned out to be damaged is let go with the one that was answered from instead.
    """

    def __init__(self, rules: Rules, removed: Callable[[], Rules] = lambda: ()) -> None:
        """Keep from audiences what `rules` close to them, and from all of them what `removed` closes at that time."""
        self._rules = rules
        self._removed = removed
        self._lock = threading.Lock()
        self._views: OrderedDict[Generation, ViewsOfGeneration] = OrderedDict()

    def prepare(self, generation: Generation) -> None:
        """Make ready what the first who look at a generation would wait for."""
        views = ViewsOfGeneration(generation, self._rules)
        with self._lock:
            self._views[generation] = views
            if len(self._views) > _GENERATIONS:
                self._views.popitem(last=False)

    def of(self, generation: Generation, audience: Audience) -> VisibleDocuments:
        """Return what an audience sees of a generation."""
        return self.of_all(generation, [audience])[0]

    def of_all(self, generation: Generation, audiences: Sequence[Audience]) -> list[VisibleDocuments]:
        """Return what each of some audiences sees of a generation; what was removed is looked up once for all."""
        with self._lock:
            views = self._views.get(generation)
        views, removed = views or ViewsOfGeneration(generation, self._rules), self._removed()
        return [views.of(audience, removed) for audience in audiences]

    def forget(self, generation: Generation) -> None:
        """Let go of a generation that has been closed."""
        with self._lock:
            self._views.pop(generation, None)
