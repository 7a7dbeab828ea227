"""`quoth playground`: the whole bot in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import options


@click.command()
@options.folders
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="The port of the page. [8765, or a free one]")
@click.option("--no-browser", is_flag=True, help="Print the address, but open no browser.")
@click.option("--writer", is_flag=True, help="Have answers written, by a script in place of a language model.")
def playground(documents: Path | None, data: Path | None, port: int | None, *, no_browser: bool, writer: bool) -> None:
    """Try the whole bot in a browser, without a Discord account.

    Opens a page on this machine that looks and works like a Discord server, with the real bot in it. The playground
    changes neither your documents nor your votes; it only brings the index up to date. Ctrl-C ends it.

    With --writer, a script writes sentences above the quotes, as a language model would (QUOTH_WRITER_URL), and makes
    one of them up: the panel "What the bot did" shows that it is dropped.
    """
    from bot import settings as settings_
    from bot.playground.terminal import play

    play(settings_.load(documents=documents, data=data), port, browser=not no_browser, scripted=writer)
