"""`quoth connector`: list, add, remove, refresh, test."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli import options

if TYPE_CHECKING:
    from index.library.connectors.connectors import Connectors
    from index.library.connectors.protocol import Listed
    from index.library.connectors.state import State


@click.group(short_help="Fetch documents from web sites and git repositories.")
def connector() -> None:
    """Fetch documents that are kept elsewhere: on web sites, in git repositories.

    Connectors stand in connectors.toml beside the documents folder, or where QUOTH_CONNECTORS names it. The running bot
    refreshes each by its schedule; otherwise run `quoth connector refresh`, then `quoth index build`.
    """


@connector.command("list")
@options.folders
@options.as_json
def list_(documents: Path | None, data: Path | None, *, as_json: bool) -> None:
    """List the connectors, and what the last run of each came to."""
    from rich.console import Console
    from rich.table import Table

    from bot.connector_status import rows
    from bot.terminal.text import shown

    connectors = rows(_connectors(documents, data))
    if as_json:
        for row in connectors:
            click.echo(json.dumps(row.as_json(), ensure_ascii=False))
        return
    if not connectors:
        click.echo("No connector is set up: `quoth connector add NAME KIND LOCATION` adds one.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("name", "kind", "every", "documents", "last run", "location"):
        table.add_column(column, overflow="fold", justify="right" if column == "documents" else "left")
    for row in connectors:
        table.add_row(
            row.name, row.kind, row.every, f"{row.state.documents:,}", shown(row.summary), shown(row.location)
        )
    Console().print(table)


@connector.command(short_help="Add a connector.")
@click.argument("name")
@click.argument("kind")
@click.argument("location")
@click.option("--every", metavar="TIME", help='How often to refresh it: "30m", "6h", "1d" or "never". [6h]')
@click.option("--set", "given", metavar="KEY=VALUE", multiple=True, help="Set an option of this kind, as in TOML.")
@options.folders
def add(  # noqa: PLR0913, PLR0917 -- one for each option of the command
    name: str,
    kind: str,
    location: str,
    every: str | None,
    given: tuple[str, ...],
    documents: Path | None,
    data: Path | None,
) -> None:
    """Add a connector: NAME is the folder that its documents are in, KIND is web or git.

    \b
      quoth connector add docs web https://docs.example.org/sitemap.xml
      quoth connector add wiki git https://github.com/example/wiki --set folder=docs
      quoth connector add api git git@example.org:api.git --set 'versions=["v1", "v2"]'
    """  # noqa: D301 -- click reads the \b as "leave these lines as they are"
    from bot import settings as settings_
    from index.errors import ConnectorError

    settings = settings_.load(documents=documents, data=data)
    if settings.documents.is_dir() and name in {path.name.lower() for path in settings.documents.iterdir()}:
        raise ConnectorError(f"The documents folder has a {name} of its own: choose another name.")
    table = {"kind": kind, "location": location, **({"every": every} if every else {}), **dict(map(_option, given))}
    _connectors(documents, data).add(name, table)
    click.echo(f"{name} is set up. `quoth connector refresh {name}` fetches it now; the running bot does so by itself.")


@connector.command()
@click.argument("name")
@options.folders
def remove(name: str, documents: Path | None, data: Path | None) -> None:
    """Remove a connector, and all that it has fetched."""
    _connectors(documents, data).remove(name)
    click.echo(f"{name} is removed. The next `quoth index build` takes it out of the index; the running bot does so.")


@connector.command()
@click.argument("name", required=False)
@options.folders
@options.as_json
def refresh(name: str | None, documents: Path | None, data: Path | None, *, as_json: bool) -> None:
    """Fetch what has changed, for connector NAME or for all.

    A run that fails changes nothing, and exits with status 1. What is set up no more is removed where all are fetched.
    """
    from index.errors import ConnectorError

    connectors = _connectors(documents, data)
    names = [name] if name else list(connectors.configured())
    unpruned = _unpruned(connectors) if name is None else None
    failures = [_failure(connectors, each, as_json=as_json) for each in names]
    failed = [failure for failure in (*failures, unpruned) if failure is not None]
    if failed:
        raise ConnectorError(" ".join(failed))
    if not names:
        click.echo("No connector is set up: `quoth connector add NAME KIND LOCATION` adds one.", err=True)


@connector.command("test", short_help="List what a connector would fetch first; nothing is saved.")
@click.argument("name")
@options.folders
@options.as_json
def test_(name: str, documents: Path | None, data: Path | None, *, as_json: bool) -> None:
    """List the first documents that connector NAME would fetch; nothing is saved."""
    from bot.terminal.text import shown

    for entry in _connectors(documents, data).test(name):
        row = _listed(entry)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else shown(" · ".join(filter(None, row.values()))))


def _connectors(documents: Path | None, data: Path | None) -> Connectors:
    from bot import compose
    from bot import settings as settings_

    return compose.connectors(settings_.load(documents=documents, data=data))


def _unpruned(connectors: Connectors) -> str | None:
    """Remove what connectors have fetched that are set up no more, and return why some of it stays, if it does."""
    from index.errors import ConnectorError

    try:
        list(connectors.prune())
    except ConnectorError as error:
        return str(error)
    return None


def _failure(connectors: Connectors, name: str, *, as_json: bool) -> str | None:
    """Refresh a connector, and return why that failed, if it did: the others are refreshed all the same."""
    from index.errors import ConnectorError

    try:
        error = _refreshed(connectors, name, as_json=as_json).error
    except ConnectorError as failure:  # it could not begin, and says by itself which one it is
        return str(failure)
    return None if error is None else f"{name}: {error}"


def _refreshed(connectors: Connectors, name: str, *, as_json: bool) -> State:
    from bot.connector_status import outcome_of
    from bot.terminal.progress import Bar
    from bot.terminal.text import shown

    with Bar() as bar:
        state = connectors.refresh(name, lambda done, _: bar.step(f"refreshing {name}", done, 0))
    if as_json:
        click.echo(json.dumps({"name": name, **state.model_dump(mode="json")}, ensure_ascii=False))
    elif state.error is None:
        click.echo(shown(f"{name}: {outcome_of(state)}"))
        for failure in state.failures:
            click.echo(shown(f"  {failure.name}: {failure.reason}"))
        for notice in state.notices:
            click.echo(shown(f"  {notice}"))
    return state


def _listed(listed: Listed) -> dict[str, str | None]:
    from index.library.connectors.protocol import Item, Skipped

    if isinstance(listed, Item):
        return {"name": listed.name, "url": listed.url, "date": listed.date}
    return {"name": listed.name, "reason": listed.reason} if isinstance(listed, Skipped) else {"notice": listed.text}


def _option(text: str) -> tuple[str, Any]:
    """Return an option as a table holds it: a value that is no TOML is text."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise click.UsageError(f"--set {text!r}: write it as KEY=VALUE.")
    try:
        return key.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return key.strip(), value.strip()
