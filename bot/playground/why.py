"""In words, why the first quote of an answer is the first."""

from __future__ import annotations

import numpy as np

from bot.phrasing import count
from index.answer.quotes import Run
from index.answer.reranking import read_again
from index.answer.trace import ChoiceTrace
from index.records import Quote


def why(choice_trace: ChoiceTrace, quote: Quote) -> str:
    """Return what the first quote is, how probable, whether it was cut, and what the second look changed."""
    reasons = [_what(choice_trace), *_cut(choice_trace, quote), _second_look(choice_trace)]
    return " ".join(reasons)


def _what(choice_trace: ChoiceTrace) -> str:
    candidates, run = choice_trace.candidates, choice_trace.runs[0]
    sentences = count(len(candidates.sentences), "sentence")
    passages = count(len(np.unique(candidates.passages)), "passage")
    return (
        f"Of {sentences} in {passages}, {_which(choice_trace, run)} holds the answer most probably, if any does: "
        f"{run.probability:.0%}."
    )


def _which(choice_trace: ChoiceTrace, run: Run) -> str:
    if run.first == run.last:
        return "this one"
    shares = choice_trace.probability[run.first : run.last + 1]
    shares_shown = " + ".join(f"{share:.0%}" for share in shares.tolist())
    return f"one of these {run.last - run.first + 1} neighbours ({shares_shown})"


def _cut(choice_trace: ChoiceTrace, quote: Quote) -> list[str]:
    sentences, run = choice_trace.candidates.sentences, choice_trace.runs[0]
    whole, kept = sentences[run.last].end - sentences[run.first].start, quote.focus[1] - quote.focus[0]
    return (
        []
        if kept >= whole
        else [f"Of its {whole:,} characters, the {kept} that say most of the question are in focus."]
    )


def _second_look(choice_trace: ChoiceTrace) -> str:
    """Tell whether the same sentences came first by the first look alone."""
    if choice_trace.read is None:
        return "Nothing was read a second time."
    read, run = count(len(read_again(choice_trace.candidates)), "passage"), choice_trace.runs[0]
    if run.first <= int(np.argmax(choice_trace.candidates.leading)) <= run.last:
        return f"It came first before the best {read} were read once more, and after."
    return f"Another came first before the best {read} were read once more."
