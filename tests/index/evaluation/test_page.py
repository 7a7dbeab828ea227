"""The page: it needs nothing else, and shows whatever text as text."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from index.evaluation.compare import compare, read
from index.evaluation.measures import MEASURES, Bar
from index.evaluation.measuring import by_kind, measure, reliability
from index.evaluation.misses import MOST
from index.evaluation.page import page
from index.evaluation.report import Asked, Indexed, Report, _result_of
from index.evaluation.rows import Outcomes, Row
from index.records import Quote, Turn
from tests.index.evaluation.rows import made

_EVIL = "<script>alert('x')</script> & \"quoted\" <img src=https://example.org/x.png> \x00\x1b[31m"
_VOID = {"meta", "br", "img", "link", "input", "hr", "base"}


class _Reader(HTMLParser):
    """Takes a page apart; fails where tags do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _report(rows: list[Row], **given: Any) -> Report:
    outcomes = Outcomes.of(rows)
    figures = measure(outcomes)
    bars = [
        _result_of(Bar(MEASURES[name], bound), figures[name].value) for name, bound in given.get("bars", {}).items()
    ]
    return Report(
        format=1,
        created="2026-01-01T00:00:00+00:00",
        asked=Asked(given.get("file", "questions.jsonl"), len(rows), 1, 1),
        indexed=Indexed("docs", 1, 1, given.get("left_out", {})),
        settings={"threshold": 0.15, "model": "m"},
        versions={"python": "3"},
        figures=figures,
        milliseconds=dict.fromkeys(("p5", "p25", "p50", "p75", "p95"), 1.0),
        reliability=reliability(outcomes),
        kinds=by_kind(rows),
        bars=bars,
        compared=given.get("compared"),
        rows=rows,
    )


def _taken_apart(report: Report) -> _Reader:
    reader = _Reader()
    reader.feed(page(report, lambda quote: f"{quote.source}, line {quote.lines[0]}"))
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """One row of every kind, with text that would do harm."""
    quote = Quote(_EVIL, _EVIL, (_EVIL,), None, (1, 1), 0, len(_EVIL), _EVIL, "https://example.org/a", 1.0)
    evil: dict[str, Any] = {"lead": quote, "question": _EVIL, "answers": (_EVIL,), "history": (Turn("user", _EVIL),)}
    return [
        *(made(i, confidence=0.5 + i / 100) for i in range(20)),
        made(50, held=False, **evil),
        made(51, answerable=False, **evil),
        made(52, answered=False, confidence=0.1, **evil),
        made(53, answered=False, lead=None, confidence=0.0, held=False, rank=None),
    ]


def test_nothing_is_loaded_from_anywhere_and_nothing_runs(rows: list[Row]) -> None:
    earlier = read(
        b'{"format": 1, "created": "2026", "settings": {}, "rows": ' + _rows_json(rows) + b"}", _EVIL, _asked(rows)
    )
    changed = [replace(row, answered=not row.answered) for row in rows]
    compared = compare(earlier, changed, {"threshold": _EVIL})
    read_back = _taken_apart(_report(changed, file=_EVIL, left_out={_EVIL: _EVIL}, compared=compared))
    assert not {tag for tag, _ in read_back.tags} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "base",
        "image",
        "use",
    }
    for _, attributes in read_back.tags:
        assert not {name for name in attributes if name in {"src", "href", "srcset"} or name.startswith("on")}
    policy = next(attributes["content"] for _, attributes in read_back.tags if "http-equiv" in attributes)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert "alert('x')" in read_back.text
    assert "\x00" not in read_back.text
    assert "\x1b" not in read_back.text
    assert "url(" not in page(_report(rows), str)


def _rows_json(rows: list[Row]) -> bytes:
    from pydantic_core import to_json

    return to_json(rows)


def _asked(rows: list[Row]) -> list[Any]:
    from index.evaluation.labelled import Labelled

    return [Labelled(row.qid, row.question, (), (), (), row.answerable) for row in rows]


def test_the_page_can_be_read_by_those_who_do_not_see_it(rows: list[Row]) -> None:
    reader = _taken_apart(_report(rows, bars={"lead": 0.5, "false-answers": 0.1}))
    tags = [tag for tag, _ in reader.tags]
    assert dict(reader.tags)["html"] == {"lang": "en"}
    assert tags.count("title") == tags.count("h1") == tags.count("main") == 1
    headings = [int(tag[1]) for tag in tags if tag[0] == "h" and tag[1:].isdigit()]
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in reader.tags if tag == "th")
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {attributes["aria-labelledby"] for _, attributes in reader.tags if "aria-labelledby" in attributes}
    assert named <= set(ids)
    assert tags.count("svg") == tags.count("figure") == tags.count("figcaption") == 3
    assert "Missed: false-answers is 1 (bar: at most 0.1)" in reader.text


def test_the_worst_misses_are_shown_with_what_was_quoted() -> None:
    rows = [made(1), *(made(10 + i, held=False, confidence=0.3 + i / 100) for i in range(MOST + 5))]
    text = _taken_apart(_report(rows)).text
    worst = text.index("Answered wrongly")
    assert text.index(f"Question {10 + MOST + 4}?") < text.index(f"Question {10 + MOST + 3}?")
    assert "Question 10?" not in text[worst:]
    assert f"These are the {MOST} worst" in text
    assert "a.txt, line 1" in text
    assert "There is no ROC curve" in text
    assert "Every answerable question was answered." in text


def test_a_run_of_which_hardly_anything_can_be_told_has_a_page_too() -> None:
    assert "–" in _taken_apart(_report([made(1, held=None, lead=None, answered=False, confidence=0.0)])).text


def test_a_question_that_is_a_whole_document_is_cut_short() -> None:
    whole = page(_report([made(1, held=False, question="word " * 100_000, answers=("word " * 100_000,))]), str)
    assert len(whole) < 30_000
    assert "word…" in whole
