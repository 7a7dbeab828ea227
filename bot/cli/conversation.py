"""A conversation in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.console import Console

from bot.answering.standby import Standby
from bot.cli.writing import TerminalWriter
from bot.manners.small_talk import read
from bot.phrasing import count
from bot.terminal.text import print_answer
from index.answer.asked import Asked
from index.records import Answer, Turn

_PROMPT = "? "
_QUIT = frozenset({"/quit", "/exit", "/q"})
_NEW = "/new"
_KEPT_TURNS = 10


def converse(standby: Standby, writer: TerminalWriter | None = None) -> None:
    """Answer questions from standard input until it ends, or until `/quit`; by a `writer` with written sentences.

    A person who only says thanks, or tells of something, is not answered; of what is piped in each line is.
    """
    console = Console()
    interactive = sys.stdin.isatty()
    if interactive:
        _welcome(standby, console)
    history: tuple[Turn, ...] = ()
    for text in _questions(interactive=interactive):
        if text in _QUIT:
            return
        if text == _NEW:
            history = ()
            continue
        if interactive and not read(text, addressed=True, answers_bot=bool(history)).asks:
            console.print("Nothing was asked there. Ask away.")
            continue
        asked = Asked(text, history)
        answer = writer.answer(standby, asked) if writer else standby.answer_all([asked])[0]
        print_answer(answer, console)
        history = (*history, *_turns(answer))[-_KEPT_TURNS:]


def _welcome(standby: Standby, console: Console) -> None:
    counts = standby.generation.manifest.counts
    console.print(
        f"{count(counts.documents, 'document')}, {count(counts.passages, 'passage')}. Ask away; "
        f"[bold]{_NEW}[/bold] forgets what was asked before, [bold]/quit[/bold] or Ctrl-D ends."
    )


def _questions(*, interactive: bool) -> Iterator[str]:
    while True:
        try:
            line = input(_PROMPT if interactive else "")
        except EOFError:
            return
        if line.strip():
            yield line.strip()


def _turns(answer: Answer) -> Iterator[Turn]:
    yield Turn("user", answer.question)
    if answer.quotes:
        yield Turn("agent", answer.quotes[0].text)
