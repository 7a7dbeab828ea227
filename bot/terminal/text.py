"""Answers and excerpts as they look in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from bot import phrasing
from index.read.kinds import has_lines
from index.records import Abstention, Answer, BlockKind, Quote, Written
from index.store.lookup import Excerpt

_BAR = "▎ "
_WIDEST = 100
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that change the writing direction of the rest of the line."""


def shown(text: str) -> str:
    """Return `text` without control characters other than line ends and tabs."""
    return "".join(c for c in text.translate(_BIDI) if c.isprintable() or c in "\n\t" or c.isspace())


def print_answer(answer: Answer, console: Console) -> None:
    """Print the quotes with their citations and the confidence, or that there is no answer."""
    console.print()
    if answer.written is not None:
        _print_written(answer.written, console)
    if answer.answered:
        _print_quotes(answer.quotes, console, lead="bold")
    else:
        console.print(Text().append(" ".join(phrasing.abstained(answer)), "bold"))
        if answer.closest and answer.abstention is not Abstention.UNRELATED:
            console.print(Text("The closest passages, which may not answer it:", style="dim"))
            console.print()
            _print_quotes(answer.closest, console, lead="")
    confidence = f"confidence: {phrasing.confidence(answer.confidence)} ({answer.confidence:.0%})"
    console.print(Text(f"{confidence} · {answer.milliseconds:.0f} ms", style="dim"))
    console.print()


def _print_written(written: Written, console: Console) -> None:
    for sentence in written.sentences:
        cited = " ".join(f"[{number}]" for number in sentence.cites)
        for line in _wrapped(shown(f"{sentence.text} {cited}"), console, 0):
            console.print(Text(line, "bold"), soft_wrap=True)
    credit = f"written by {shown(written.model)} from the quotes below, each sentence checked"
    console.print(Text(credit, style="dim"))
    console.print()


def _print_quotes(quotes: Sequence[Quote], console: Console, lead: str) -> None:
    for number, quote in enumerate(quotes, 1):
        if quote.header:
            for line in _wrapped(shown(quote.header), console, len(_BAR)):
                console.print(Text().append(_BAR, "green").append(line, "dim"), soft_wrap=True)
        for line in _wrapped(shown(quote.text), console, len(_BAR)):
            console.print(Text().append(_BAR, "green").append(line, lead if number == 1 else ""), soft_wrap=True)
        margin = f"  [{number}] "
        for line in _wrapped(shown(citation(quote)), console, len(margin)):
            console.print(Text(margin + line, style="cyan"), soft_wrap=True)
            margin = " " * len(margin)
        if quote.note:
            for line in _wrapped(f"a note by a moderator: {shown(quote.note)}", console, len(margin)):
                console.print(Text(margin + line, style="yellow"), soft_wrap=True)
        console.print()


def citation(quote: Quote) -> str:
    """Return the citation of a quote: title, section, file, and line or page."""
    name = " › ".join((quote.title, *quote.section))
    where = ", ".join(part for part in (quote.source, phrasing.place(quote)) if part)
    return " · ".join(part for part in (name, where, quote.url) if part)


def _wrapped(text: str, console: Console, margin: int) -> Iterator[str]:
    width = max(min(console.width, _WIDEST) - margin, 1)
    for line in Text(text).wrap(console, width):
        yield line.plain.rstrip()


def print_excerpt(excerpt: Excerpt, console: Console) -> None:
    """Print part of a document: its name, then its blocks with their lines, those asked for highlighted."""
    document = excerpt.document
    version = document.version and f"version {document.version}"
    details = filter(
        None, (document.title, document.source, document.url, version, document.date and document.date[:10])
    )
    console.print(Text(" · ".join(map(shown, details)), style="cyan"), soft_wrap=True)
    lined = has_lines(document.source, max((block.line for block in excerpt.blocks), default=1))
    page = None
    for number, block in enumerate(excerpt.blocks):
        if block.page is not None and block.page != page:
            page = block.page
            console.print(Text(f"page {page}", style="cyan"))
        asked = excerpt.first <= number < excerpt.last and len(excerpt.blocks) > excerpt.last - excerpt.first
        style = "bold" if asked or block.kind is BlockKind.HEADING else ""
        margin = f"{block.line:>6}  " if lined else "  "
        for i, line in enumerate(shown(document.text[block.start : block.end]).split("\n")):
            before = margin if i == 0 else " " * len(margin)
            console.print(Text(before, style="dim").append(line, style=style), soft_wrap=True)
