"""`quoth run`: everything."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import options

_IN_TERMINAL = """\
QUOTH_DISCORD_TOKEN is not set, so this is a chat in the terminal. To answer on Discord, put a line
QUOTH_DISCORD_TOKEN=... with your bot's token into the file .env and start again."""


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
    from bot.refresh import refresh
    from bot.standby import Standby

    settings = settings_.load(documents=documents, data=data)
    with Bar() as bar:
        bar.step("loading the model", 0, 1)
        model = compose.encoder(settings)
    with Bar() as bar:
        news = refresh(settings, model, bar.step)
    if news is not None:
        click.echo(news, err=True)
    if settings.discord_token is None:
        click.echo(_IN_TERMINAL, err=True)
        converse(Standby(settings, model, warn))
        return
    from bot.client import serve

    serve(settings, model)
