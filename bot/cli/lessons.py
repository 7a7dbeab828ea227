"""What managers have taught the bot, as it counts in the terminal, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.teaching.corrections import Corrections
    from index.encode.encoder import Encoder


def lessons(settings: Settings, model: Encoder) -> Corrections:
    """Return the corrections in the data folder, which are only read; warn where they cannot be."""
    from bot.teaching.corrections import Corrections
    from bot.teaching.store import CorrectionError

    corrections = Corrections(settings.data, model, only_reads=True)
    try:
        corrections.all()
    except CorrectionError as error:
        reason = error.__cause__ or error
        click.echo(f"quoth: WARNING: corrections cannot be read ({reason}): answers are without them.", err=True)
    return corrections
