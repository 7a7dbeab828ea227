"""Tells whether there is an index to answer from, and whether it is up to date; brings it up to date at a start."""

from __future__ import annotations

import contextlib

from bot import compose
from bot.rebuilding.report import as_text
from bot.settings import Settings
from index.build.erasing import erase_at_once
from index.build.generation_writer import Progress
from index.build.survey import nothing_to_read, survey
from index.encode.encoder import Encoder
from index.encode.in_process import InProcessEncoder
from index.errors import BuildError, BusyError, DocumentsError, EncoderAwayError, IndexUseError
from index.library.library import ROOTS
from index.store.manifest import Manifest
from index.store.shelf import Shelf

_ROLLED_BACK = """\
The documents are as they were for {undone}, which was rolled back or kept aside: {current} stays
in use until they change, or until `quoth index build`."""


def greet(model: Encoder) -> str | None:
    """Check the vectors of a remote encoder; return a warning if it does not answer, because it may do so later.

    Raises `EncoderError` if they are those of another model.
    """
    try:
        if not isinstance(model, InProcessEncoder):
            model.probes  # noqa: B018 -- to be asked is all
    except EncoderAwayError as error:
        return f"quoth: {error} Questions are answered as soon as it does."
    return None


def refresh(settings: Settings, model: Encoder, progress: Progress) -> str | None:
    """Build the index if something has changed, and return a text about it, if there is anything to say.

    If the build fails and there is an older index, the text says so and the index stays in use. Raises `BuildError` or
    `DocumentsError` if there is none.
    """
    builder = compose.builder(settings, model)
    try:
        is_due = must_shed(settings)
        with contextlib.closing(builder.plan(compose.library(settings))) as plan:
            if not (is_due or plan.is_stale):
                return None
            undone = None if is_due else _rolled_back_from(settings, model, thorough=True)
            if undone is not None:
                return _ROLLED_BACK.format(undone=undone, current=compose.shelf(settings).current())
            return as_text(builder.build(compose.library(settings), progress, plan=plan))
    except (BuildError, DocumentsError) as error:
        if not is_answerable(settings, model):
            raise
        return f"quoth: {error} The index that is there goes on answering."


def is_answerable(settings: Settings, model: Encoder) -> bool:
    """Tell whether there is an index that questions can be answered from, up to date or not."""
    try:
        compose.sound_answerer(settings, model, compose.shelf(settings), {})[0].generation.close()
    except IndexUseError:
        return False
    return True


def check_buildable(settings: Settings) -> None:
    """Raise what is to be told before a first build is begun beside the bot.

    That is `DocumentsError` where there is nothing to read, and `BuildError` or `StoreError` where nothing can be
    written. A build that is under way already is waited for. The documents folder may be empty where documents are
    added on Discord or fetched: that takes the bot.
    """
    library = compose.library(settings)
    if (settings.data / "library").exists() or library.roots.keys() - set(ROOTS):
        library.listing()
    else:
        check_readable(settings)
    with contextlib.suppress(BusyError), compose.shelf(settings).lock():
        pass


def check_readable(settings: Settings) -> None:
    """Raise `NothingToReadError` where there is no document, and `DocumentsError` where none can be listed."""
    surveyed = survey(compose.library(settings), None)
    if not surveyed.fresh:
        raise nothing_to_read(surveyed)


def is_outdated(settings: Settings, model: Encoder) -> bool:
    """Tell whether to build: something has changed, or is damaged, and a build would not undo a rollback.

    Every byte of the index is read, where it is kept on this machine. Raises what `must_shed` does.
    """
    if must_shed(settings):
        return True
    with contextlib.closing(compose.builder(settings, model).plan(compose.library(settings))) as plan:
        return plan.is_stale and _rolled_back_from(settings, model, thorough=True) is None


def has_news(settings: Settings, model: Encoder, used: Manifest) -> bool:
    """Tell whether the documents differ from what the generation `used` was built from, as quickly as that can be told.

    They do not count as different where they are as they were for a generation that was rolled back. Raises what
    `must_shed` does.
    """
    if must_shed(settings):
        return True
    if not survey(compose.library(settings), used).is_news:
        return False
    return _rolled_back_from(settings, model, thorough=False) is None


def must_shed(settings: Settings) -> bool:
    """Tell whether the index holds what is to be erased, or an answer that is past its last day.

    Raises what `erase_at_once` does.
    """
    return erase_at_once(compose.shelf(settings), compose.library(settings))


def _rolled_back_from(settings: Settings, model: Encoder, *, thorough: bool) -> str | None:
    """Return the rolled-back generation that a build of the documents would only recreate, if there is one.

    None if the generation in use cannot be used; if `thorough`, every byte of it is read to find out.
    """
    shelf, recipe = compose.shelf(settings), compose.builder(settings, model).recipe
    for name in shelf.gone_back_from():
        with contextlib.suppress(IndexUseError):
            manifest = shelf.manifest(name)
            if manifest.recipe.agrees_with(recipe) and not survey(compose.library(settings), manifest).is_news:
                return name if not thorough or _is_usable(shelf, model) else None
    return None


def _is_usable(shelf: Shelf, model: Encoder) -> bool:
    """Return whether the generation in use is intact and of this model."""
    try:
        with contextlib.closing(shelf.open(thorough=True)) as current:
            compose.accepted_by(model)(current)
    except IndexUseError:
        return False
    return True
