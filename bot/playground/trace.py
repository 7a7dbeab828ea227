"""The trace of an answer: what was asked, what was looked at, what was chosen and why, and how long it took."""

from __future__ import annotations

from dataclasses import asdict

from bot import phrasing
from bot.playground.why import why
from bot.standin.payload import Json
from index.answer.asked import Asked
from index.answer.explanation import explain
from index.answer.trace import AnswerTrace
from index.records import Quote


def trace(asked: Asked, reasoning: AnswerTrace) -> Json:
    """Return what the page is told of an answer; offsets are into the stored text, times in milliseconds."""
    answer, choice_trace = reasoning.answer, reasoning.choice_trace
    quotes = answer.quotes or answer.closest
    seen = None if choice_trace is None else asdict(explain(choice_trace))
    return {
        "question": asked.text,
        "turns": [{"role": turn.role, "text": turn.text} for turn in asked.history],
        "second_look": choice_trace is not None and choice_trace.read is not None,
        "confidence": answer.confidence,
        "threshold": reasoning.threshold,
        "answered": answer.answered,
        "why_not": None if answer.answered else " ".join(phrasing.abstained(answer)),
        "evidence": None if reasoning.evidence is None else asdict(reasoning.evidence),
        "passages": [] if seen is None else seen["passages"],
        "sentences": [] if seen is None else seen["sentences"],
        "quotes": [_quote(quote) for quote in quotes],
        "choice": "Nothing was found." if choice_trace is None or not quotes else why(choice_trace, quotes[0]),
        "steps": asdict(answer.steps),
        "total": answer.milliseconds,
        "generation": answer.generation,
    }


def _quote(quote: Quote) -> Json:
    known = asdict(quote)
    return {name: known[name] for name in ("source", "lines", "page", "start", "end", "text", "score")}
