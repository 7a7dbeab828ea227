"""Documents that are taken over together: those that followed each other before, and do now."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from index.store.disk.catalogue import Catalogue

_LONGEST = 1_000
"""Documents that are taken over at once: a build tells how far it is between them."""


def runs(order: Sequence[str], unchanged: Container[str], kept: Catalogue | None) -> Iterator[tuple[int, range | str]]:
    """Take the sources in `order` apart: yield how many come before, and a source that is new or has changed.

    Where sources have not changed, a range of their ids in `kept` is yielded instead of them.
    """
    run = range(0)
    for done, source in enumerate(order):
        number = kept.id_of(source) if kept is not None and source in unchanged else None
        if number is not None and run and number == run.stop and len(run) < _LONGEST:
            run = range(run.start, run.stop + 1)
            continue
        if run:
            yield done - len(run), run
        run = range(0) if number is None else range(number, number + 1)
        if number is None:
            yield done, source
    if run:
        yield len(order) - len(run), run
