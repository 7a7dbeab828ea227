"""A number in a question is that number, and none that is like it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from index.answer.asked import Asked
from index.answer.coverage import coverage
from index.answer.question import take_apart
from index.encode.encoder import Encoder
from index.text.words import SentenceWords, Stems, words
from tests.index.conftest import Library

_WHO = ("The relay", "The proxy", "The map renderer", "The backup job", "The token store", "The mail queue")
_WHAT = (
    "lost its connection", "ran out of disk space", "refused the handshake", "was given a wrong key",
    "could not bind its port", "reached its limit", "has no license",
)  # fmt: skip
_CODES = {1000 + 5 * at: f"{_WHO[at % len(_WHO)]} {_WHAT[at * 3 % len(_WHAT)]}." for at in range(80)}
_ASKED = tuple(_CODES)[3::8]


def _table() -> Iterable[str]:
    yield from ("| code | meaning |", "| --- | --- |")
    yield from (f"| {code} | {meaning} |" for code, meaning in _CODES.items())


def _prose() -> Iterable[str]:
    for code, meaning in _CODES.items():
        yield f"Error {code} means that {meaning[0].lower()}{meaning[1:]}\n"


@pytest.mark.parametrize("lines", [_table, _prose])
@pytest.mark.parametrize("form", ["what does error {} mean?", "i get error {}, what now?", "error {}"])
def test_the_row_or_sentence_of_a_code_leads(library: Library, lines: object, form: str) -> None:
    assert callable(lines)
    library.write("codes.md", "# Error codes\n\n" + "\n".join(lines()) + "\n")
    library.build()
    answerer = library.answerer(quotes=1)
    for code in _ASKED:
        answer = answerer.answer(Asked(form.format(code)))
        (lead,) = answer.quotes or answer.closest[:1]
        start, end = lead.focus or (0, len(lead.text))
        assert str(code) in lead.text
        assert _CODES[code][4:] in lead.text, (code, lead.text[start:end])


_BESIDE = """\
# Requirements

## Software

The server needs Java 21 and a 64-bit system. Windows 10 is enough.

## Hardware

Plan 16 GB of memory and an RTX 3080 for 50 players.

## Times

Bans for spam last 24 hours. Mutes last 30 minutes.

## Boards

Use an ESP-32 board with 5 V. The tape T90 fits.

## Meals

Soup is served at noon. Dogs are not allowed.
"""


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("is 16gb enough memory?", "is 18gb enough memory?"),
        ("is an rtx3080 good enough?", "is an rtx3070 good enough?"),
        ("can I use an esp32?", "can I use an esp64?"),
        ("what lasts 30min?", "what lasts 45min?"),
        ("which bans last 24h?", "which bans last 48h?"),
        ("does it run on win10?", "does it run on win98?"),
        ("do I need java21?", "do I need java17?"),
        ("is a 64bit system needed?", "is a 32bit system needed?"),
        ("which tape fits, t 90?", "which tape fits, t 91?"),
    ],
)
def test_a_number_is_found_beside_its_unit_or_name_and_another_is_not(
    library: Library, written: str, other: str
) -> None:
    library.write("needs.md", _BESIDE)
    library.build()
    answerer = library.answerer()
    assert answerer.answer(Asked(written)).confidence > answerer.answer(Asked(other)).confidence


@pytest.mark.parametrize("other", ["777", "1772", "7720"])
def test_a_number_is_no_other_that_is_like_it(library: Library, other: str) -> None:
    library.write("tickets.md", f"# Tickets\n\nThe ticket with the number {other} was closed by Ada.\n")
    library.build()
    answerer = library.answerer()
    assert (
        answerer.answer(Asked("Who closed the ticket with the number 772?")).confidence
        < answerer.answer(Asked(f"Who closed the ticket with the number {other}?")).confidence
    )


def _said(encoder: Encoder, term: str, text: str) -> float:
    question = take_apart(term, np.zeros(1, np.float32), encoder, Stems("en"), lambda *_: 1.0)
    written = tuple(words(text))
    sentence = SentenceWords(written, tuple(map(Stems("en"), written)), encoder.token_ids(text)[0])
    return float(coverage(question, [sentence], [frozenset()], np.zeros(1, np.int64), encoder).total[0])


@pytest.mark.parametrize(
    ("term", "text", "other"),
    [
        ("16gb", "It takes 16 GB of memory.", "It takes 160 GB of memory."),
        ("rtx3080", "It takes an RTX 3080.", "It takes an RTX 3070."),
        ("esp32", "It takes an ESP-32 board.", "It takes an ESP-64 board."),
        ("30min", "It takes 30 minutes.", "It takes 45 minutes."),
        ("24h", "It takes 24 hours.", "It takes 48 hours."),
        ("win10", "It takes Windows 10.", "It takes Windows 11."),
        ("e1276", "It is told by E-1276.", "It is told by E-1277."),
        ("1276", "It is told by E1276.", "It is told by E12760."),
    ],
)
def test_digits_are_found_in_or_beside_a_word_and_others_are_not(
    encoder: Encoder, term: str, text: str, other: str
) -> None:
    assert _said(encoder, term, text) > _said(encoder, "soup", text)
    assert _said(encoder, term, other) == 0
