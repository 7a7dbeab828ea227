"""A run of `quoth eval` with the settings in force, and its output in the terminal."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot import compose
from bot.phrasing import count
from bot.settings import Settings
from bot.terminal.progress import Bar as ProgressBar
from bot.terminal.text import shown
from index.answer.answerer import Answerer
from index.build.generation_writer import Progress
from index.evaluation import compare
from index.evaluation.labelled import Labelled
from index.evaluation.measures import MEASURES, Bar
from index.evaluation.page import chance, clipped, interval, moment, number, signed
from index.evaluation.questions import check_sources
from index.evaluation.report import Report, left_out_of, report
from index.evaluation.run import ask
from index.library.library import Library

_IN_FORCE = {"model", "encoder_url", "reranker", "strictness", "device", "passage_tokens"}
"""Settings that can change a figure, besides the threshold, which the answerer knows."""

_FEW = 5
"""How many of the questions whose outcome has changed are listed."""

_LINE = 100
"""Characters shown of each."""


def evaluated(
    settings: Settings, file: str, asked: Sequence[Labelled], bars: Sequence[Bar], earlier: compare.Earlier | None
) -> Report:
    """Build an index of the documents in a temporary folder, ask it the questions, and return the report.

    Raises `QuestionsError` if a question names a document that is not there.
    """
    documents = Library(settings.documents, data=settings.data)
    listed = documents.listing()
    check_sources(
        asked,
        {document.source for document in listed.files},
        {missed.source: missed.reason for missed in listed.left_out},
    )
    with _stoppable(), tempfile.TemporaryDirectory(prefix="quoth-eval-") as folder, ProgressBar() as progress:
        answerer = _answerer(settings.model_copy(update={"data": Path(folder)}), documents, progress.step)
        generation = answerer.generation
        try:
            check_sources(
                asked, {document.source for document in generation.catalogue.sources}, left_out_of(generation)
            )
            rows = ask(answerer, asked, progress.step)
            progress.step("measuring", 0, 1)
            in_force = {"threshold": answerer.threshold, **settings.model_dump(mode="json", include=_IN_FORCE)}
            compared = compare.compare(earlier, rows, in_force) if earlier else None
            return report(file, rows, generation, settings=in_force, bars=bars, compared=compared)
        finally:
            generation.close()


@contextmanager
def _stoppable() -> Iterator[None]:
    """Treat SIGTERM like Ctrl-C, so that the temporary folder is removed if a CI stops the run."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _answerer(settings: Settings, documents: Library, progress: Progress) -> Answerer:
    progress("loading the model", 0, 1)
    model = compose.encoder(settings)
    compose.builder(settings, model).build(documents, progress)
    return compose.answerer(settings, model)


def print_report(run: Report) -> None:
    """Print the figures, the calibration of the confidence, and the comparison if there is one."""
    console = Console()
    console.print(_counted(run), soft_wrap=True, markup=False)
    console.print()
    bars = {bar.name: f"{'met' if bar.met else 'missed'} ({MEASURES[bar.name].sign} {bar.bound:g})" for bar in run.bars}
    rows = (
        (name, MEASURES[name].description, number(figure.value), interval(figure), f"{figure.n:,}", bars.get(name, ""))
        for name, figure in run.figures.items()
    )
    _print(console, ("name", "what", "figure", "95 %", "of", "bar" if bars else ""), rows)
    milliseconds = run.milliseconds
    console.print(
        f"Half of the answers took {milliseconds['p25']:.0f} to {milliseconds['p75']:.0f} ms, one in twenty more than "
        f"{milliseconds['p95']:.0f} ms.",
        soft_wrap=True,
    )
    console.print()
    bins = (
        (f"{bucket.low:.1f} to {bucket.high:.1f}", number(bucket.confidence), number(bucket.right.value),
         interval(bucket.right), f"{bucket.right.n:,}")
        for bucket in run.reliability
    )  # fmt: skip
    _print(console, ("confidence", "mean", "lead right", "95 %", "of"), bins)
    if run.kinds:
        kinds = (
            (kind.kind, *(f"{number(figure.value)} ({interval(figure)})" for figure in (kind.lead, kind.shown)),
             number(kind.page.value), f"{kind.page.n:,}")
            for kind in run.kinds
        )  # fmt: skip
        _print(console, ("kind", "lead", "shown", "page", "of"), kinds)
    if run.compared:
        _print_compared(run.compared, console)


def _counted(run: Report) -> str:
    asked, indexed = run.asked, run.indexed
    return shown(
        f"{asked.file}: {asked.questions:,} questions, {asked.answerable:,} answerable, of {indexed.documents:,} "
        f"documents; answered from a confidence of {number(run.settings['threshold'])} on."
    )


def _print_compared(compared: compare.Comparison, console: Console) -> None:
    left_out = f"; {compared.left_out:,} in one alone or changed are left out" if compared.left_out else ""
    console.print(
        shown(
            f"Beside {compared.name} of {moment(compared.created)}: {compared.questions:,} questions in both{left_out}."
        ),
        soft_wrap=True,
        markup=False,
    )
    for name, (old, new) in compared.settings.items():
        console.print(shown(f"{name} was {old}, and is {new}."), soft_wrap=True, markup=False)
    console.print()
    rows = (
        (change.name, number(change.before), number(change.after), signed(change.difference.value),
         interval(change.difference), chance(change.p), change.verdict)
        for change in compared.changes
    )  # fmt: skip
    _print(console, ("name", "before", "now", "change", "95 %", "p", "verdict"), rows)
    for pairs, heading in ((compared.better, "Better now"), (compared.worse, "Worse now")):
        if pairs:
            console.print(f"{heading}: {count(len(pairs), 'question')}")
            for pair in pairs[:_FEW]:
                console.print(shown(f"  {pair.after.qid}: {_line(pair.after.question)}"), soft_wrap=True, markup=False)
            if len(pairs) > _FEW:
                console.print("  …")


def _line(question: str) -> str:
    return clipped(" ".join(question.split()), _LINE)


def _print(console: Console, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    texts = {"name", "what", "kind", "confidence", "bar", "verdict"}
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        if column:
            is_text = column in texts
            table.add_column(
                column,
                justify="left" if is_text else "right",
                no_wrap=column not in {"what", "verdict"},
                overflow="fold",
            )
    for row in rows:
        table.add_row(*map(str, row[: len(table.columns)]))
    console.print(table)
    console.print()
