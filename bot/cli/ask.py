"""`quoth ask`: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.cli import options

if TYPE_CHECKING:
    from bot.answering.standby import Standby
    from bot.settings import Settings
    from index.answer.asked import Asked
    from index.records import Answer

    Answering = Callable[[list[Asked]], list[Answer]]

_NO_ANSWER = 3
_AT_ONCE = 32
"""How many questions of a batch share a pass through the model."""


@click.command(short_help="Answer a question with quotes, or say that there is no answer.")
@click.argument("question", nargs=-1)
@options.folders
@options.as_json
@click.option("--batch", type=click.File("rb"), metavar="FILE", help="Answer the questions in FILE, as JSON.")
@click.option(
    "--source", metavar="NAME", help="Quote from this document only; NAME is its file name or title, or part of it."
)
@options.threshold
@options.quotes
@options.write
def ask(
    question: tuple[str, ...],
    batch: BinaryIO | None,
    source: str | None,
    *,
    as_json: bool,
    write: bool,
    **given: Path | float | None,
) -> None:
    """Answer a QUESTION with quotes from the documents, or say that they hold no answer.

    \b
      quoth ask When does the second stage begin?
      quoth ask --source "house rules" May I bring a dog?
      quoth ask --json --batch questions.jsonl

    Without a QUESTION, the question is read from standard input.

    With --batch, FILE ("-" is standard input) holds one JSON object per line, with "qid" and "question". An optional
    "history" lists earlier turns, as objects with "role" (user or agent) and "text". The answers are printed as JSON,
    one per line, in the same order.

    Exit status 3 means that the documents hold no answer.
    """  # noqa: D301 -- click reads the \b as "leave these lines as they are"
    from bot import compose
    from bot import settings as settings_
    from bot.answering.standby import Standby
    from bot.cli.lessons import lessons
    from bot.cli.warning import warn
    from index.store.fallback import open_sound

    settings = settings_.load(**given)
    if batch and question:
        raise click.UsageError("The questions are read from --batch: leave QUESTION out, or --batch.")
    lines = _read_batch(batch) if batch else []
    text = "" if batch else _question(question)
    open_sound(compose.shelf(settings)).generation.close()  # report a missing index before the model is loaded
    answered = _answering(settings, write=write)
    model = compose.encoder(settings)
    standby = Standby(settings, model, warn, lessons=lessons(settings, model))
    scope = _scope(standby, source)
    if batch:
        _answer_batch(partial(answered, standby), lines, scope)
    else:
        _answer_one(partial(answered, standby), text, scope, as_json=as_json)


def _question(words: tuple[str, ...]) -> str:
    text = " ".join(words) if words else sys.stdin.read()
    if not text.strip():
        raise click.UsageError('There is no question: try `quoth ask "What is in the documents?"`.')
    return text.strip()


def _scope(standby: Standby, name: str | None) -> frozenset[str] | None:
    from index.store import lookup

    if name is None:
        return None
    return frozenset({standby.look_up(lambda generation: lookup.named(generation.catalogue.sources, name)).source})


def _answering(settings: Settings, *, write: bool) -> Callable[[Standby, list[Asked]], list[Answer]]:
    """Return what answers questions, with written sentences if asked for."""
    if not write:
        return _answered
    from bot.cli.writing import TerminalWriter

    writer = TerminalWriter(settings)
    return lambda standby, asked: [writer.answer(standby, question) for question in asked]


def _answer_one(answered: Answering, text: str, scope: frozenset[str] | None, *, as_json: bool) -> None:
    from rich.console import Console

    from bot import json_records
    from bot.terminal.text import print_answer
    from index.answer.asked import Asked

    answer = answered([Asked(text, scope=scope)])[0]
    if as_json:
        click.echo(json.dumps(json_records.of_answer(answer), ensure_ascii=False))
    else:
        print_answer(answer, Console())
    if not answer.answered:
        click.get_current_context().exit(_NO_ANSWER)


def _read_batch(file: BinaryIO) -> list[tuple[object, Asked]]:
    """Read all lines before the model is loaded, so that a mistake in any of them is reported at once."""
    from bot.cli.batch import read

    return [read(line, number) for number, line in enumerate(file, 1) if line.strip()]


def _answer_batch(answered: Answering, lines: list[tuple[object, Asked]], scope: frozenset[str] | None) -> None:
    from dataclasses import replace

    from bot import json_records
    from bot.terminal.progress import Bar

    with Bar() as bar:
        for at in range(0, len(lines), _AT_ONCE):
            bar.step("answering", at, len(lines))
            some = lines[at : at + _AT_ONCE]
            answers = answered([replace(asked, scope=scope) for _, asked in some])
            for (qid, _), answer in zip(some, answers, strict=True):
                click.echo(json.dumps({"qid": qid, **json_records.of_answer(answer)}, ensure_ascii=False))


def _answered(standby: Standby, asked: list[Asked]) -> list[Answer]:
    """Answer questions, which may hold Discord's markup: it is not searched for, and repeated as it was."""
    from dataclasses import replace

    from bot.manners.markup import searchable

    answers = standby.answer_all(
        [replace(question, text=searchable(question.text) or question.text) for question in asked]
    )
    return [replace(answer, question=question.text) for answer, question in zip(answers, asked, strict=True)]
