"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_FOLDER = click.Path(path_type=Path)

documents = click.option(
    "--documents", type=_FOLDER, metavar="DIR", help="The folder with the documents. [QUOTH_DOCUMENTS, else seeds]"
)
data = click.option("--data", type=_FOLDER, metavar="DIR", help="The folder with the index. [QUOTH_DATA, else data]")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
threshold = click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Answer if the confidence is at least P. [QUOTH_THRESHOLD]",
)
quotes = click.option(
    "--quotes", type=click.IntRange(1, 10), metavar="N", help="Show at most N quotes. [QUOTH_QUOTES, else 3]"
)

write = click.option(
    "--write",
    is_flag=True,
    help="Have a language model write above the quotes; only what they prove is shown. [needs QUOTH_WRITER_URL]",
)


def folders(command: Command) -> Command:
    """Give a command `--documents` and `--data`."""
    return documents(data(command))
