"""`quoth eval`: measures answers to questions whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from bot.cli import options
from index.evaluation.measures import MEASURES, Bar, names

if TYPE_CHECKING:
    from index.evaluation.report import Report

_BARS = (
    "Exit with status 1 if a figure misses its bar, as in lead=0.8; may be given several times. "
    f"At least: {names(MEASURES.values(), more_is_better=True)}. "
    f"At most: {names(MEASURES.values(), more_is_better=False)}."
)


class _BarType(click.ParamType[Bar]):
    """NAME=NUMBER, where NAME is that of a figure."""

    name = "bar"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Bar:
        """Return the bar; anything else is a usage error that lists the known names."""
        if isinstance(value, Bar):
            return value
        name, _, bound = str(value).partition("=")
        if name.strip() not in MEASURES:
            self.fail(f"There is no figure {name!r}: there are {', '.join(MEASURES)}.", param, ctx)
        try:
            number = float(bound)
        except ValueError:
            number = -1.0
        if not 0 <= number < float("inf"):
            self.fail(f"{value!r} names no bar: it is a number from 0 up, as in {name.strip()}=0.8.", param, ctx)
        return Bar(MEASURES[name.strip()], number)


@click.command("eval")
@click.argument("questions", type=click.File("rb"))
@options.documents
@options.threshold
@options.quotes
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Ask only N questions, spread over the file.")
@options.as_json
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a report to FILE.")
@click.option(
    "--compare", type=click.File("rb"), metavar="FILE", help="Compare with an earlier run, saved with --json."
)
@click.option("--bar", "bars", type=_BarType(), multiple=True, metavar="NAME=NUMBER", help=_BARS)
def evaluate(  # noqa: PLR0913 -- one for each option of the command
    questions: IO[bytes],
    *,
    documents: Path | None,
    threshold: float | None,
    quotes: int | None,
    limit: int | None,
    as_json: bool,
    html: Path | None,
    compare: IO[bytes] | None,
    bars: tuple[Bar, ...],
) -> None:
    """Measure how well the documents answer the QUESTIONS in a file.

    \b
      quoth eval questions.jsonl --documents docs --html report.html
      quoth eval questions.jsonl --documents docs --json > before.json
      quoth eval questions.jsonl --documents docs --compare before.json
      quoth eval questions.jsonl --documents docs --bar lead=0.8 --bar false-answers=0.05

    QUESTIONS ("-" is standard input) holds one JSON object per line, with "qid", "question" and "answerable". If it is
    answerable, "answers" lists the answers (any of them counts), and "source" or "sources" names the files that hold
    one. In place of "answers", "must" lists groups of strings: whoever sees one string of every group has been helped.
    Optional are "history" (earlier turns, with "role", user or agent, and "text"), "gold_quotes" (passages that answer)
    and "kind" (a word; figures are split by it).

    The index is built in a temporary folder; the one in use is not touched. Questions are asked one at a time.

    Exit status 1 means that a figure missed its bar, or that an option or a file cannot be used.
    """  # noqa: D301 -- click reads the \b as "leave these lines as they are"
    from bot import settings as settings_
    from bot.cli.evaluation import evaluated, print_report
    from index.evaluation import compare as compare_
    from index.evaluation import questions as questions_

    settings = settings_.load(documents=documents, threshold=threshold, quotes=quotes)
    asked = questions_.read(questions, limit)
    earlier = compare_.read(compare.read(), compare.name, asked) if compare else None
    _check_place(html)
    run = evaluated(settings, questions.name, asked, bars, earlier)
    if html:
        _write_page(run, html)
    click.echo(run.json()) if as_json else print_report(run)
    if run.missed:
        click.echo(f"quoth: Missed: {'; '.join(bar.told for bar in run.missed)}.", err=True)
        click.get_current_context().exit(1)


def _check_place(page: Path | None) -> None:
    """Raise a usage error before any question is asked if the page cannot be written."""
    if page is not None and not page.absolute().parent.is_dir():
        raise click.UsageError(f"There is no folder {page.parent} to write {page.name} to.")


def _write_page(run: Report, path: Path) -> None:
    """Write the page beside its place, then rename it."""
    from bot.terminal.text import citation
    from index.errors import QuothError
    from index.evaluation.page import page

    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_text(page(run, citation), "utf-8")
        beside.replace(path)
    except OSError as error:
        raise QuothError(f"{path} cannot be written ({error.strerror}): name another file with --html.") from error
