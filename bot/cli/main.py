"""`quoth`: the commands, and what becomes of an error."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys

import click

from bot.cli.ask import ask
from bot.cli.chat import chat
from bot.cli.connector import connector
from bot.cli.doctor import doctor
from bot.cli.evaluate import evaluate
from bot.cli.index import index
from bot.cli.insight import insight
from bot.cli.mcp import mcp
from bot.cli.playground import playground
from bot.cli.run import run
from bot.cli.source import source
from bot.cli.tune import tune
from index.errors import QuothError

_STOPPED = 130
"""The exit status that shells give a program ended by Ctrl-C."""

_NO_MEMORY = (
    "quoth: There is not enough memory: give this process a gigabyte (limits may be set by `ulimit -v`, systemd or a "
    "container), or end other programs."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="quoth", prog_name="quoth")
def quoth() -> None:
    """Answer questions with verbatim quotes from a folder of documents, each with its citation.

    Start with `quoth run`: it builds the index and starts the Discord bot. If QUOTH_DISCORD_TOKEN is not set, it opens
    the playground instead: the same bot in your browser.

    Settings are QUOTH_ variables in the environment or in .env; .env.example lists them all.

    \b
    Exit status: 0 answered or done, 1 an error, explained in one sentence,
    2 wrong usage, 3 no answer in the documents.
    """  # noqa: D301 -- click reads the \b as "leave these lines as they are"


for command in (run, playground, chat, ask, index, source, connector, insight, evaluate, tune, mcp, doctor):
    quoth.add_command(command)


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def _prepare_streams() -> None:
    """Open streams that are closed, and let the others take every character: quotes hold what no old encoding has."""
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115, PTH123 -- it stays open
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            known = "utf-8" if codecs.lookup(stream.encoding).name == "ascii" else stream.encoding
            stream.reconfigure(encoding=known, errors="replace")


def main() -> None:
    """Run the command line and exit."""
    _prepare_streams()
    try:
        status = quoth.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:  # whoever read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (KeyboardInterrupt, click.Abort, QuothError, MemoryError, ImportError, OSError) as error:
        sentence = _sentence_for(error)
        if sentence is None:
            raise
        click.echo(sentence, err=True)
        sys.exit(_STOPPED if isinstance(error, KeyboardInterrupt | click.Abort) else 1)
    sys.exit(status if isinstance(status, int) else 0)


def _sentence_for(error: BaseException) -> str | None:
    """Return what is said of what ended a command; None of a fault of the program."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return "quoth: stopped."
    if isinstance(error, QuothError):
        return f"quoth: {error}"
    if isinstance(error, OSError):
        no_room = error.errno in _NO_ROOM
        return f"quoth: Nothing more can be written ({error.strerror}): make room." if no_room else None
    lacks_memory = isinstance(error, MemoryError | ImportError) and _lacks_memory(error)
    return _NO_MEMORY if lacks_memory else None


def _lacks_memory(error: MemoryError | ImportError) -> bool:
    """Tell whether it is for want of memory that something failed: of a library, that is all that its import says."""
    return isinstance(error, MemoryError) or "failed to map segment" in str(error)
