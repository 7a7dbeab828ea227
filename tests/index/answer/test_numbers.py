"""A number in a question is that number, and none that is like it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from index.answer.asked import Asked
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
