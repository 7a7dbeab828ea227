"""Figures, times and places as a person would say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.read.kinds import has_lines
from index.records import Abstention, Answer, Quote

if TYPE_CHECKING:
    from index.build.builder import Gaps

_CONFIDENCE = ((0.8, "very likely"), (0.6, "likely"), (0.4, "perhaps"), (0.2, "possibly"), (0.0, "unlikely"))


def confidence(value: float) -> str:
    """Return a word for the probability (0 to 1) that the first quote holds the answer."""
    return next(word for least, word in _CONFIDENCE if value >= least)


def abstained(answer: Answer) -> tuple[str, str]:
    """Return why a question was not answered: the words to emphasise, and the rest of the sentence."""
    match answer.abstention:
        case Abstention.LANGUAGE:
            return "Not in your language.", f"The documents are not in {answer.language}; ask in theirs."
        case Abstention.VAGUE:
            return "Too little to go by.", "Name the thing, and what you want to know about it."
        case Abstention.UNRELATED:
            return "Not in the documents.", "Nothing in them seems to be about this."
        case _:
            return "Not in the documents,", "as far as I can tell."


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """Return a length of time as a person would say it."""
    whole = round(seconds)
    if whole < 60:  # noqa: PLR2004 -- seconds in a minute
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004


def place(quote: Quote) -> str:
    """Return a quote's page if its document has pages, or its lines if its file has lines."""
    first, last = quote.lines
    if quote.page is not None:
        return f"page {quote.page}"
    if not has_lines(quote.source, last):
        return ""
    return f"line {first}" if first == last else f"lines {first} to {last}"


def gaps_closed(gaps: Gaps) -> str:
    """Return how many gaps are closed, and how many were not asked again, as one sentence or two."""
    if gaps.asked == 1 and not gaps.left:
        return f"The one gap is {'closed' if gaps.closed else 'still open'}: what was asked in vain was asked again."
    verb = "is" if gaps.closed == 1 else "are"
    left = f" {gaps.left:,} were not reached: they come first after the next build." if gaps.left else ""
    return f"{gaps.closed:,} of {gaps.asked:,} gaps {verb} closed: what was asked in vain was asked again.{left}"


def canaries(number: int) -> str:
    """Return a number of canaries."""
    return "one canary" if number == 1 else f"{number:,} canaries"
