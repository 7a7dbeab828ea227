"""`quoth run`: everything."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import options

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.encoder import Encoder
    from index.store import Shelf

_IN_TERMINAL = """\
QUOTH_DISCORD_TOKEN is not set, so this is a chat in the terminal. To answer on Discord, put a line
QUOTH_DISCORD_TOKEN=... with your bot's token into the file .env and start again."""

_ROLLED_BACK = """\
The documents are as they were for {undone}, which was rolled back: {current} stays in use until they change, or until
`quoth index build`."""


@click.command()
@options.folders
def run(documents: Path | None, data: Path | None) -> None:
    """Bring the index up to date, then start the Discord bot, or a chat in the terminal.

    The bot is started where QUOTH_DISCORD_TOKEN is set. An index that was rolled back stays in use until the documents
    change, or until `quoth index build`.
    """
    from bot import compose
    from bot import settings as settings_
    from bot.chat import converse
    from bot.cli.warning import warn
    from bot.progress import Bar
    from bot.standby import Standby

    settings = settings_.load(documents=documents, data=data)
    with Bar() as bar:
        bar.step("loading the model", 0, 1)
        model = compose.encoder(settings)
    _refresh(settings, model)
    if settings.discord_token is None:
        click.echo(_IN_TERMINAL, err=True)
        converse(Standby(settings, model, warn))
        return
    from bot.client import serve

    serve(settings, model)


def _refresh(settings: Settings, model: Encoder) -> None:
    """Build where something has changed; where that fails and there is an index, say so and go on with it."""
    from bot import compose
    from bot.cli.index import told
    from bot.progress import Bar
    from index.errors import BuildError, DocumentsError, IndexUseError

    builder = compose.builder(settings, model)
    try:
        if not builder.is_stale(settings.documents):
            return
        undone = _rolled_back_from(settings, model)
        if undone is not None:
            click.echo(_ROLLED_BACK.format(undone=undone, current=compose.shelf(settings).current()), err=True)
            return
        with Bar() as bar:
            report = builder.build(settings.documents, bar.step)
        click.echo(told(report), err=True)
    except (BuildError, DocumentsError) as error:
        try:
            compose.sound_answerer(settings, model, {})[0].generation.close()
        except IndexUseError:
            raise error from None
        click.echo(f"quoth: {error} The index that is there goes on answering.", err=True)


def _rolled_back_from(settings: Settings, model: Encoder) -> str | None:
    """Return the generation that a build would only bring back, where it was rolled back.

    None where the generation that is in use instead cannot be used: that is read, every byte, only where one was.
    """
    from bot import compose
    from index.errors import IndexUseError
    from index.survey import survey

    shelf, recipe = compose.shelf(settings), compose.builder(settings, model).recipe
    for name in shelf.gone_back_from():
        with contextlib.suppress(IndexUseError):
            found = shelf.manifest(name)
            if found.recipe == recipe and not survey(settings.documents, found).is_news:
                return name if _is_usable(shelf, model) else None
    return None


def _is_usable(shelf: Shelf, model: Encoder) -> bool:
    """Tell whether the generation in use is whole and of this model."""
    from index.errors import IndexUseError

    try:
        with contextlib.closing(shelf.open(thorough=True)) as current:
            current.check_model(model.name, model.fingerprint)
    except IndexUseError:
        return False
    return True
