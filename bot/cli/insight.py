"""`quoth insight`: what is asked, asked in vain and disliked; the list of gaps; an evaluation set of the votes."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import options

if TYPE_CHECKING:
    from bot.insight.overview import Vectorizer
    from bot.insight.places import Places
    from bot.insight.records import Insight
    from bot.settings import Settings
    from index.arrays import Vectors

_DAY = 86_400.0

_days = click.option(
    "--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Look at the last N days.", metavar="N"
)


@click.group(invoke_without_command=True, short_help="Show what was asked most, asked in vain and disliked.")
@options.data
@_days
@options.as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a page to FILE.")
@click.pass_context
def insight(  # noqa: PLR0913 -- one for each option of the command
    context: click.Context, data: Path | None, days: int, *, as_json: bool, as_csv: bool, html: Path | None
) -> None:
    """Show what was asked most, asked in vain and disliked, in groups of questions that ask for the same.

    \b
      quoth insight --days 7
      quoth insight --html insight.html
      quoth insight gaps --markdown

    It reads the journal and the votes in the data folder, and keeps the vectors of questions that had none. Groups that
    fewer than QUOTH_INSIGHT_PEOPLE people asked are not shown.
    """  # noqa: D301 -- click reads the \b as "leave these lines as they are"
    if as_json and as_csv:
        raise click.UsageError("--json goes without --csv.")
    if context.invoked_subcommand is not None:
        if as_json or as_csv or html is not None:
            raise click.UsageError(f"--json, --csv and --html go without {context.invoked_subcommand}.")
        context.obj = (data, days)
        return
    from bot.insight import rows, text
    from bot.terminal.text import shown

    overview = _looked_at(_settings(data), days)
    if html is not None:
        _write_page(overview, html)
    if as_json:
        click.echo(json.dumps(rows.as_json(overview), ensure_ascii=False))
    elif as_csv:
        click.echo(rows.as_csv(overview), nl=False)
    elif html is None:
        click.echo(shown(text.as_text(overview)))


@insight.command(short_help="List what was asked in vain, and where to write it.")
@options.data
@_days
@click.option("--markdown", is_flag=True, help="Print a list in Markdown, with a box to tick for each gap.")
@click.pass_context
def gaps(context: click.Context, data: Path | None, days: int, *, markdown: bool) -> None:
    """List what was asked in vain, and where it would have to be written."""
    from dataclasses import replace

    from bot.insight import text
    from bot.insight.records import Kind
    from bot.terminal.text import shown

    overview = _looked_at(_settings(data or _outer(context)), days, groups=100)
    if markdown:
        click.echo(shown(text.gaps_as_markdown(overview)))
        return
    alone = {kind: groups if kind is Kind.VAIN else () for kind, groups in overview.groups.items()}
    click.echo(shown(text.as_text(replace(overview, groups=alone))))


@insight.command(short_help="Print an evaluation set, made of votes and corrections.")
@options.data
@_days
@click.option("--canaries", is_flag=True, help="Print lines for .canaries.jsonl: answerable questions, with sources.")
@click.pass_context
def export(context: click.Context, data: Path | None, days: int, *, canaries: bool) -> None:
    """Print an evaluation set for `quoth eval`, made of votes and corrections.

    A passage that a manager has picked for a question answers it. A question whose answer more people liked than
    disliked is answerable by the quote that was shown. A question whose refusal was liked is not answerable. Answers
    that were disliked say only what is not right, and are left out. Canaries are the liked answers alone, for they
    are asked without corrections.
    """
    from bot.cli.voted import exported
    from bot.insight.reading import opened

    settings = _settings(data or _outer(context))
    now, people = time.time(), settings.insight_people
    with opened(settings.data, now - days * _DAY, now) as reading, _places(settings) as places:
        generation = places.generation if places is not None else None
        for row in (*([] if canaries else _taught(settings, places)), *exported(reading, generation, people)):
            if not canaries:
                click.echo(json.dumps(row, ensure_ascii=False))
            elif row["answerable"]:
                canary = {"question": row["question"], "sources": row["sources"]}
                click.echo(json.dumps(canary, ensure_ascii=False))


def _taught(settings: Settings, places: Places | None) -> list[dict[str, object]]:
    """Return a row for each question that a manager has picked a passage for."""
    from contextlib import closing

    from bot.teaching.export import exported
    from bot.teaching.store import CorrectionStore

    if places is None:
        return []
    with closing(CorrectionStore(settings.data, only_reads=True)) as store:
        return list(exported(store.all(), places.generation))


def _outer(context: click.Context) -> Path | None:
    """Return the data folder that was named before the subcommand."""
    folder: Path | None = context.obj[0] if context.obj else None
    return folder


def _settings(data: Path | None) -> Settings:
    """Return the settings; a data folder that is not there is told, as it would look like one where nobody asked."""
    from bot import settings as settings_
    from index.errors import QuothError

    settings = settings_.load(data=data)
    if not settings.data.exists():
        raise QuothError(
            f"There is no folder {settings.data}: set QUOTH_DATA or --data to the folder of the bot's data."
        )
    return settings


def _looked_at(settings: Settings, days: int, groups: int = 10) -> Insight:
    from bot.insight.counting import counted
    from bot.insight.overview import overview, placed
    from bot.insight.reading import opened
    from bot.privacy.journal import keep_vectors

    now = time.time()
    with opened(settings.data, now - days * _DAY, now) as reading, _places(settings) as places:
        vectorizer = _vectorizer(settings, places)
        summary = overview(reading, vectorizer, people=settings.insight_people, groups=groups)
        shown = placed(counted(summary, reading), places)
    if summary.made:
        keep_vectors(settings.data / "journal.sqlite", vectorizer.model, summary.made)
    return shown


@contextlib.contextmanager
def _places(settings: Settings) -> Iterator[Places | None]:
    """Yield where things stand in the index in use; None where there is none that can be opened."""
    from bot import compose
    from bot.insight.places import Places
    from index.errors import IndexUseError
    from index.store.fallback import open_sound

    try:
        generation = open_sound(compose.shelf(settings)).generation
    except IndexUseError:
        yield None
        return
    with contextlib.closing(generation):
        yield Places(generation)


def _vectorizer(settings: Settings, places: Places | None) -> Vectorizer:
    """Return what encodes questions that were not encoded when they were asked; the model is loaded for the first."""
    from bot import compose
    from bot.insight.overview import Vectorizer

    def encode(texts: Sequence[str]) -> Vectors:
        from bot.terminal.progress import Bar

        with Bar() as bar:
            bar.step("encoding questions", 0, len(texts))
            return compose.encoder(settings).questions(texts)

    recipe = places.generation.manifest.recipe if places is not None else None
    model = recipe.fingerprint if recipe is not None else compose.encoder(settings).fingerprint
    languages = places.generation.languages if places is not None else ()
    return Vectorizer(model, encode, languages=languages or ("en",))


def _write_page(overview: Insight, path: Path) -> None:
    """Write the page beside its place, then rename it."""
    from bot.insight.page import page
    from index.errors import QuothError

    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_text(page(overview), "utf-8")
        beside.replace(path)
    except OSError as error:
        raise QuothError(f"{path} cannot be written ({error.strerror}): name another file with --html.") from error
