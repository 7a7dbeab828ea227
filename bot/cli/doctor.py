"""`quoth doctor`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import options

if TYPE_CHECKING:
    from bot.cli.checks import Finding
    from bot.settings import Settings

_MARKS = {"good": "✓", "warning": "!", "bad": "✗"}


@click.command(short_help="Check that everything is as it must be.")
@options.folders
@options.as_json
def doctor(documents: Path | None, data: Path | None, *, as_json: bool) -> None:
    """Check documents, model, index, token, intents, commands and permissions.

    Where something is missing, doctor says what to do or what to click, and the exit status is 1.
    """
    import asyncio

    from bot import settings as settings_
    from bot.cli.checks import State, examine_index
    from bot.terminal.text import shown

    settings = settings_.load(documents=documents, data=data)
    findings = [*examine_index(settings), *asyncio.run(_discord(settings))]
    for finding in findings:
        if as_json:
            record = {"what": finding.what, "state": finding.state, "told": finding.message}
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            click.echo(shown(f"{_MARKS[finding.state]} {finding.what}: {finding.message}"))
    if any(finding.state is State.BAD for finding in findings):
        click.get_current_context().exit(1)


async def _discord(settings: Settings) -> list[Finding]:
    from bot.cli.checks import examine_discord

    return [finding async for finding in examine_discord(settings)]
