"""`quoth playground`: the whole bot in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import options


@click.command()
@options.folders
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="The page's port. [8765, else a free one]")
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
def playground(documents: Path | None, data: Path | None, port: int | None, *, no_browser: bool) -> None:
    """Try the whole bot in a browser, without a Discord account.

    Opens a page on this machine that looks and behaves like a Discord server, with the real bot in it. What is tried
    there leaves documents, votes and index as they are, but for the index being brought up to date. Ctrl-C ends it.
    """
    from bot import settings as settings_
    from bot.playground.terminal import play

    play(settings_.load(documents=documents, data=data), port, browser=not no_browser)
