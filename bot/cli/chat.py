"""`quoth chat`: questions and answers in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import options


@click.command(short_help="Ask in the terminal, follow-up questions too.")
@options.folders
@options.quotes
@options.write
def chat(documents: Path | None, data: Path | None, quotes: int | None, *, write: bool) -> None:
    """Ask questions in the terminal, one after another; follow-up questions are understood.

    If standard input is not a terminal, each line of it is a question.
    """
    from bot import compose
    from bot import settings as settings_
    from bot.answering.standby import Standby
    from bot.cli.conversation import converse
    from bot.cli.lessons import lessons
    from bot.cli.warning import warn
    from bot.cli.writing import TerminalWriter
    from index.store.fallback import open_sound

    settings = settings_.load(documents=documents, data=data, quotes=quotes)
    open_sound(compose.shelf(settings)).generation.close()  # report a missing index before the model is loaded
    writer = TerminalWriter(settings) if write else None
    model = compose.encoder(settings)
    converse(Standby(settings, model, warn, lessons=lessons(settings, model)), writer)
