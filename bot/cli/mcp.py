"""`quoth mcp`: serve other assistants."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import options
from index.errors import QuothError

_PORT = 8766
_NO_EXTRA = (
    "What speaks MCP is not installed: run `.venv/bin/pip install -e '.[mcp]' -c constraints.txt`, then try again."
)


class NoExtraError(QuothError):
    """The extra `mcp` is not installed."""


@click.command(short_help="Let other assistants quote from the index (MCP).")
@options.folders
@click.option(
    "--audience",
    metavar="IDS",
    default="",
    help="Who reads the answers, as role:123,channel:456,server:789. [everybody: closed folders stay closed]",
)
@click.option("--http", is_flag=True, help="Serve over HTTP on this machine, with a token, in place of standard input.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=_PORT,
    show_default=True,
    help="The port, with --http.",
)
def mcp(documents: Path | None, data: Path | None, audience: str, port: int, *, http: bool) -> None:
    """Let other assistants quote from the index, over the Model Context Protocol (MCP).

    They get the tools ask, find and show, and each document as a resource. What QUOTH_ACCESS closes is closed to them
    too, unless the audience may see it.

    \b
      quoth mcp
      quoth mcp --audience role:123,server:789
      quoth mcp --http --port 8766

    Over HTTP, clients send the token that is kept in the data folder, in the file mcp-token.
    """  # noqa: D301 -- click reads the \b as "leave these lines as they are"
    from bot import compose
    from bot import settings as settings_
    from bot.access.rules import audience_in
    from index.store.fallback import open_sound

    settings = settings_.load(documents=documents, data=data)
    try:
        readers = audience_in(audience)
    except ValueError as error:
        raise click.UsageError(f"--audience: {error}.") from error
    try:
        from bot.mcp.serving import serve
    except ModuleNotFoundError as error:
        raise NoExtraError(_NO_EXTRA) from error
    open_sound(compose.shelf(settings)).generation.close()  # report a missing index before the model is loaded
    serve(settings, compose.encoder(settings), readers, port if http else None)
