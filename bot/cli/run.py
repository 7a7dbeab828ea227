"""`quoth run`: start the bot, and bring the index up to date beside it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli import options

_ON_DISCORD = """\
To answer on Discord, put a line QUOTH_DISCORD_TOKEN=... with your bot's token into the file .env and start again."""

_IN_BROWSER = f"QUOTH_DISCORD_TOKEN is not set, so this is the playground: the bot in your browser.\n{_ON_DISCORD}"
_IN_TERMINAL = f"QUOTH_DISCORD_TOKEN is not set, so this is a chat in the terminal.\n{_ON_DISCORD}"


@click.command(short_help="Start the bot, or the playground where there is no token.")
@options.folders
def run(documents: Path | None, data: Path | None) -> None:
    """Start the Discord bot, or the playground in a browser, and keep the index up to date.

    The bot answers from the index that is there while it is brought up to date; if there is none, it says that it is
    still reading until one is built. In the terminal, questions wait for that.

    The bot starts if QUOTH_DISCORD_TOKEN is set. If it is not, the playground opens. If standard input or standard
    error is not a terminal, questions are read from standard input instead, one per line, as in `quoth chat`.

    An index that was rolled back stays in use until the documents change, or until `quoth index build`.
    """
    from bot import compose
    from bot import settings as settings_
    from bot.answering.standby import Standby
    from bot.cli.conversation import converse
    from bot.cli.warning import warn
    from bot.rebuilding.refresh import check_buildable, greet, is_answerable, refresh
    from bot.terminal.progress import Bar

    settings = settings_.load(documents=documents, data=data)
    if settings.discord_token is None and sys.stdin.isatty() and sys.stderr.isatty():
        from bot.playground.terminal import play

        click.echo(_IN_BROWSER, err=True)
        play(settings, None, browser=True)
        return
    with Bar() as bar:
        bar.step("loading the model", 0, 1)
        model = compose.encoder(settings)
    away = greet(model)
    if settings.discord_token is None:
        with Bar() as bar:
            news = refresh(settings, model, bar.step)
        for notice in filter(None, (away, news, _IN_TERMINAL)):
            click.echo(notice, err=True)
        converse(Standby(settings, model, warn))
        return
    if not is_answerable(settings, model):
        check_buildable(settings)
    if away is not None:
        click.echo(away, err=True)
    from bot.serve import serve

    serve(settings, model)
