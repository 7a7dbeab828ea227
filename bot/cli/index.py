"""`quoth index`: build, status, verify, rollback."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import options

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.build.builder import BuildReport
    from index.build.generation_writer import Progress


@click.group(short_help="Build the index, check it, or go back to an earlier one.")
def index() -> None:
    """Build the index of the documents, show its status, check it, or go back to an earlier one."""


@index.command()
@options.folders
@click.option("--fresh", is_flag=True, help="Read and encode everything, changed or not.")
@click.option("--accept", is_flag=True, help="Put it in use although it loses canaries, which kept it aside before.")
@options.as_json
@click.option(
    "--progress-json", is_flag=True, help="Print progress as JSON objects, one per line; the last is the report."
)
def build(  # noqa: PLR0913 -- one for each option of the command
    documents: Path | None, data: Path | None, *, fresh: bool, accept: bool, as_json: bool, progress_json: bool
) -> None:
    """Build the index, or bring it up to date.

    Only changed documents are read and encoded. The new index is written beside the one in use and replaces it in one
    step at the end; a build that fails or is stopped changes nothing.

    Where there are canaries (.canaries.jsonl among the documents), they are asked before that. A build that loses more
    of them than QUOTH_CANARIES_LOST is kept aside, with exit status 1.
    """
    from bot import settings as settings_

    if as_json and progress_json:
        raise click.UsageError("--json goes without --progress-json.")
    settings = settings_.load(documents=documents, data=data)
    if progress_json:
        report = build_index(settings, fresh=fresh, accept=accept, progress=_print_progress)
        click.echo(json.dumps({"report": asdict(report)}))
        return
    from bot.rebuilding.report import as_text

    report = build_index(settings, fresh=fresh, accept=accept)
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if as_json else as_text(report))
    if report.aside or (report.emptied and report.left_out):
        click.get_current_context().exit(1)


def _print_progress(step: str, done: int, total: int) -> None:
    click.echo(json.dumps({"step": step, "done": done, "total": total}))


def build_index(
    settings: Settings, *, fresh: bool = False, accept: bool = False, progress: Progress | None = None
) -> BuildReport:
    """Build and return the report; how far it is goes to `progress`, or is shown on standard error.

    What connectors have fetched that are set up no more goes first, as the running bot has it go.
    """
    from dataclasses import replace

    from bot import compose
    from bot.terminal.progress import Bar
    from index.errors import ConnectorError

    try:
        list(compose.connectors(settings).prune())
    except ConnectorError as error:  # such as one that is being refreshed: it goes with the next build
        click.echo(str(error), err=True)
    compose.library(settings).listing()  # a wrong folder is told at once, not after the model has been loaded
    with Bar() as bar:
        step = progress or bar.step
        step("loading the model", 0, 1)
        model = compose.encoder(settings)
        report = compose.builder(settings, model).build(compose.library(settings), step, fresh=fresh, accept=accept)
        if not report.swapped or not (settings.data / "journal.sqlite").exists():
            return report
        from bot.rebuilding.gaps import ask_again

        return replace(report, gaps=ask_again(settings, model, step))


@index.command(short_help="Show what is in the index, and whether it is up to date.")
@options.folders
@options.as_json
def status(documents: Path | None, data: Path | None, *, as_json: bool) -> None:
    """Show which index is in use, what is in it, and whether the documents have changed since."""
    from bot import compose
    from bot import settings as settings_
    from bot.answering.answered_from import answered_from
    from bot.channels.states import rows_or_fault
    from bot.channels.store import ChannelStore
    from bot.status import status_of

    settings = settings_.load(documents=documents, data=data)
    with closing(ChannelStore(settings.data, only_reads=True)) as store:
        channels = rows_or_fault(store)
    answering = answered_from(settings.data)
    state = status_of(
        compose.shelf(settings), compose.library(settings), compose.connectors(settings), channels, answering
    )
    click.echo(json.dumps(asdict(state), ensure_ascii=False) if as_json else state.as_text())


@index.command()
@options.folders
@click.argument("generation", required=False)
def verify(documents: Path | None, data: Path | None, generation: str | None) -> None:
    """Check every byte of the index, or of an older GENERATION.

    Every file is compared with its checksum in the manifest, every passage with its document.
    """
    from bot import compose
    from bot import settings as settings_
    from bot.terminal.progress import Bar
    from index.errors import DamagedError

    shelf = compose.shelf(settings_.load(documents=documents, data=data))
    name = generation or shelf.current()
    with Bar() as bar:
        faults = shelf.faults(name, lambda done, total: bar.step("verifying", done, total))
    if faults:
        raise DamagedError("\n".join(faults))
    click.echo(f"{name} is whole: every file and every passage is as it was written.")


@index.command(short_help="Go back to the index that was in use before.")
@options.folders
def rollback(documents: Path | None, data: Path | None) -> None:
    """Go back to the generation that was in use before this one.

    It stays in use until the documents change, or until you run `quoth index build`.
    """
    from bot import compose
    from bot import settings as settings_

    back = compose.shelf(settings_.load(documents=documents, data=data)).rollback()
    click.echo(
        f"{back.name} is in use again: {back.manifest.counts.documents} documents, built {back.manifest.created}. "
        "It stays in use until the documents change, or until `quoth index build`."
    )
    back.close()
