"""`quoth tune`: fits the threshold to a community's own votes, corrections and questions."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from bot.cli import options

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.evaluation.tuning import Judged, Tuning


@click.command(short_help="Fit when to answer to votes and to your questions.")
@click.argument("questions", type=click.File("rb"), nargs=-1)
@options.folders
@click.option("--write", is_flag=True, help="Use the fitted threshold from now on.")
@click.option("--undo", is_flag=True, help="Take back the last one that was fitted to the model and reranker in use.")
def tune(
    questions: tuple[IO[bytes], ...], documents: Path | None, data: Path | None, *, write: bool, undo: bool
) -> None:
    """Fit the threshold, from which a question is answered, to your own votes, corrections and QUESTIONS.

    \b
      quoth tune                          # say what the votes would change
      quoth tune questions.jsonl --write  # fit to votes and to questions for quoth eval, and use it

    What was voted on is asked again with the model and the reranker in use, and counts where the same quote still
    leads: as right where more people liked it than disliked it, as wrong where more disliked it. It takes as many
    voters as QUOTH_INSIGHT_PEOPLE says, so nobody tunes the bot alone. A passage that a manager has picked or
    blocked counts in the same way, without votes. The gain is measured by cross-validation, on questions that the
    threshold was not fitted to. Without --write nothing changes. The threshold alone is fitted, no weight.
    QUOTH_THRESHOLD goes before what is written.
    """  # noqa: D301 -- click reads the \b as "leave these lines as they are"
    from bot import settings as settings_
    from bot import tuned
    from index.errors import QuothError
    from index.evaluation.tuning import tune as fit

    if undo and (write or questions):
        raise click.UsageError("--undo goes without --write and without QUESTIONS.")
    settings = settings_.load(documents=documents, data=data)
    try:
        if undo:
            click.echo(_taken_back(settings) if tuned.undo(settings) else _nothing_to_undo(settings))
            return
        current, judged = _judged(settings, questions)
        tuning = fit(judged, current)
        click.echo(_report(tuning, len(judged)))
        if write:
            tuned.write(settings, tuning.threshold)
            click.echo(f"Written: {_from_now_on(settings)}; `quoth tune --undo` takes it back.")
    except OSError as error:
        raise QuothError(
            f"{settings.data / tuned.FILE_NAME} cannot be written ({error.strerror}): give Quoth the right to write it."
        ) from error


def _taken_back(settings: Settings) -> str:
    """Say what holds again, and whether anybody has fitted that to the model and the reranker in force."""
    from bot import tuned

    taken = f"Taken back: {_from_now_on(settings)}."
    if tuned.is_fitted(settings):
        return taken
    return f"{taken} Nothing else was fitted to {_named(settings.model, settings.reranker)}: no answer is called sure."


def _nothing_to_undo(settings: Settings) -> str:
    """Say that there is nothing to take back, and whose threshold is left alone."""
    from bot import tuned

    others = tuned.last_of_others(settings)
    if others is None:
        return "There is nothing to undo."
    return (
        f"There is nothing to undo: what was written last is for {_named(*others)}, and stays for it. "
        f"In use is {_named(settings.model, settings.reranker)}."
    )


def _named(model: str, reranker: str) -> str:
    return f"the model {model} with the reranker {reranker}"


def _from_now_on(settings: Settings) -> str:
    """Say which threshold is in force by now: not what is written, where the settings name another."""
    from bot import tuned

    value = f"{tuned.in_force(settings):g}"
    if settings.threshold is not None:
        return f"QUOTH_THRESHOLD goes before what is written, and {value} stays in use"
    return f"{value} is used once the bot is restarted"


def _judged(settings: Settings, questions: tuple[IO[bytes], ...]) -> tuple[float, list[Judged]]:
    """Return the threshold in force, and the questions to fit to."""
    from bot import compose
    from bot.cli.judging import feedback_of, judged
    from bot.insight.reading import DAY, opened
    from bot.insight.votes import ballots
    from bot.teaching.store import CorrectionStore
    from bot.terminal.progress import Bar
    from index.evaluation import questions as questions_
    from index.evaluation.run import ask
    from index.evaluation.tuning import Judged

    answerer = compose.answerer(settings, compose.encoder(settings))
    now = time.time()
    with (
        closing(answerer.generation),
        opened(settings.data, now - settings.journal_days * DAY, now) as reading,
        closing(CorrectionStore(settings.data, only_reads=True)) as corrections,
        Bar() as bar,
    ):
        known = judged(answerer, feedback_of(ballots(reading), corrections.all()), settings.insight_people, bar.step)
        for file in questions:
            rows = ask(answerer, questions_.read(file), bar.step)
            known += [Judged(row.confidence, row.held) for row in rows if row.held is not None]
    return answerer.threshold, known


def _report(tuning: Tuning, count: int) -> str:
    answered, right = tuning.answered, tuning.right
    verdict = "more than chance" if tuning.is_better else "no more than chance: keep what you have"
    return "\n".join(
        [
            f"{count:,} questions. The threshold is {tuning.current:g}; fitted to them it is {tuning.threshold:g}.",
            f"answered: {answered[0]} now, {answered[1]} then",
            f"of these right: {right[0]} now, {right[1]} then",
            f"gain a question (right less wrong, cross-validated): {tuning.gain}, which is {verdict}.",
        ]
    )
