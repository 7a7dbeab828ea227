"""`quoth source`: list, find, show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import options

if TYPE_CHECKING:
    from index.store.base import Generation

_NO_MATCH = 3


@click.group()
def source() -> None:
    """List the documents, find one by name, or show what is in it."""


@source.command("list")
@options.folders
@options.as_json
def list_(documents: Path | None, data: Path | None, *, as_json: bool) -> None:
    """List all documents."""
    from rich.console import Console
    from rich.table import Table

    from bot.terminal.text import shown

    sources = _open(documents, data).catalogue.sources
    if as_json:
        for document in sources:
            click.echo(
                json.dumps(
                    {"source": document.source, "title": document.title, "url": document.url}, ensure_ascii=False
                )
            )
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("title", "source", "sections"):
        table.add_column(column, overflow="fold", justify="right" if column == "sections" else "left")
    for document in sources:
        table.add_row(shown(document.title), shown(document.source), str(sum(1 for path in document.sections if path)))
    Console().print(table)


@source.command(short_help="Find documents and sections by name.")
@click.argument("name")
@options.folders
@options.as_json
@click.option(
    "--limit", type=click.IntRange(1, 1000), metavar="N", default=10, show_default=True, help="Show at most N."
)
def find(name: str, documents: Path | None, data: Path | None, limit: int, *, as_json: bool) -> None:
    """Find documents and sections by NAME, which may be misspelt or incomplete.

    Exit status 3 means that nothing was found.
    """
    from dataclasses import asdict

    from bot.terminal.text import shown
    from index.store import lookup

    matches = lookup.find(_open(documents, data).catalogue.sources, name, limit)
    for match in matches:
        if as_json:
            click.echo(json.dumps(asdict(match), ensure_ascii=False))
        else:
            click.echo(shown(f"{' › '.join((match.title, *match.section))} · {match.source}"))
    if not matches:
        click.echo(f"Nothing goes by a name like {name!r}.", err=True)
        click.get_current_context().exit(_NO_MATCH)


@source.command(short_help="Show a document, or a section, page or line of it.")
@click.argument("name")
@options.folders
@options.as_json
@click.option("--section", metavar="NAME", help="Show this section.")
@click.option("--page", type=click.IntRange(1), metavar="N", help="Show this page.")
@click.option("--line", type=click.IntRange(1), metavar="N", help="Show this line (of --page).")
@click.option(
    "--around",
    type=click.IntRange(0),
    metavar="N",
    default=2,
    show_default=True,
    help="Show N paragraphs on each side of --line.",
)
def show(  # noqa: PLR0913, PLR0917 -- one for each option of the command
    name: str,
    documents: Path | None,
    data: Path | None,
    section: str | None,
    page: int | None,
    line: int | None,
    around: int,
    *,
    as_json: bool,
) -> None:
    """Show a document; NAME is its file name or title, or a part that only it has.

    \b
      quoth source show rules
      quoth source show rules --section Pets
      quoth source show manual.pdf --page 3
      quoth source show rules.md --line 40 --around 1
    """  # noqa: D301 -- click reads the \b as "leave these lines as they are"
    from rich.console import Console

    from bot import json_records
    from bot.terminal.text import print_excerpt
    from index.store import lookup

    generation = _open(documents, data)
    document = generation.catalogue.document(lookup.named(generation.catalogue.sources, name).source)
    if section is not None and (line or page):
        raise click.UsageError("--section goes without --line and --page.")
    excerpt = lookup.excerpt(document, lookup.Part(section, page, line, around))
    if as_json:
        click.echo(json.dumps(json_records.of_excerpt(excerpt), ensure_ascii=False))
    else:
        print_excerpt(excerpt, Console())


def _open(documents: Path | None, data: Path | None) -> Generation:
    from bot import compose
    from bot import settings as settings_
    from bot.cli.warning import warned
    from index.store.fallback import open_sound

    return warned(open_sound(compose.shelf(settings_.load(documents=documents, data=data))))
