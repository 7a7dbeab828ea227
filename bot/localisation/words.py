"""Amounts and places in the language that is spoken."""

from __future__ import annotations

from datetime import date

from bot.localisation.catalogue import ENGLISH, language, mark, say, say_count
from index.read.kinds import has_lines
from index.records import Quote

_BRITISH = "en_GB"
"""The English of the world writes the day before the month, as the other languages here do."""


A_MEMBER = mark("a member")
"""As whom somebody without a role of their own speaks."""


def role(by: str) -> str:
    """Return as whom somebody speaks: a role by its name, which no language changes, and `A_MEMBER` in its own."""
    return say(A_MEMBER) if by == A_MEMBER else by


def documents(number: int) -> str:
    """Return "3 documents"."""
    return say_count("{n} document", "{n} documents", number)


def messages(number: int) -> str:
    """Return "3 messages"."""
    return say_count("{n} message", "{n} messages", number)


def sections(number: int) -> str:
    """Return "3 sections"."""
    return say_count("{n} section", "{n} sections", number)


def days(number: int) -> str:
    """Return "3 days"."""
    return say_count("{n} day", "{n} days", number)


def questions(number: int) -> str:
    """Return "3 questions"."""
    return say_count("{n} question", "{n} questions", number)


def votes(number: int) -> str:
    """Return "3 votes"."""
    return say_count("{n} vote", "{n} votes", number)


def and_more(number: int) -> str:
    """Return the last line of a list that is cut."""
    return say_count("-# and {n} more", "-# and {n} more", number)


def pages_between(first: int, last: int) -> str:
    """Return "page 3", or "pages 3 to 5"."""
    if first == last:
        return say("page {first}", first=first)
    return say("pages {first} to {last}", first=first, last=last)


def lines_between(first: int, last: int) -> str:
    """Return "line 3", or "lines 3 to 5"."""
    if first == last:
        return say("line {first}", first=first)
    return say("lines {first} to {last}", first=first, last=last)


def day(value: date) -> str:
    """Return "3 May 2024"."""
    from babel.dates import format_date

    return format_date(value, "long", locale=_BRITISH if language() == ENGLISH else language())


def place(quote: Quote) -> str:
    """Return a quote's page if its document has pages, or its lines if its file has lines."""
    if quote.page is not None:
        return pages_between(quote.page, quote.page)
    return lines_between(*quote.lines) if has_lines(quote.source, quote.lines[1]) else ""
