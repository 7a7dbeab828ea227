"""Two runs side by side: what is called better, worse and chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pydantic_core import to_json

from index.evaluation import compare as compare_
from index.evaluation import figures
from index.evaluation.compare import Change, CompareError, Comparison, compare, read
from index.evaluation.labelled import Labelled
from index.evaluation.rows import Row
from tests.index.evaluation.rows import made

_DRAWING = random.Random(3)  # noqa: S311 -- a test's rows

_BASE = [
    *(made(i, held=_DRAWING.random() < 0.7, confidence=_DRAWING.random()) for i in range(80)),
    *(made(500 + i, answerable=False, confidence=_DRAWING.random() / 2) for i in range(40)),
]


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here stands out, so that few draws show it, in a fraction of the time."""
    monkeypatch.setattr(compare_, "_PERMUTATIONS", 299)
    monkeypatch.setattr(figures, "_DRAWS", 200)


def _kept(rows: Sequence[Row], **settings: object) -> bytes:
    return to_json({"format": 1, "created": "2026-01-01T00:00:00+00:00", "settings": settings, "rows": rows})


def _asked(rows: Sequence[Row]) -> list[Labelled]:
    return [Labelled(row.qid, row.question, row.answers, (), row.sources, row.answerable) for row in rows]


def _compared(before: Sequence[Row], after: Sequence[Row]) -> Comparison:
    earlier = read(_kept(before, threshold=0.1, model="m"), "before.json", _asked(after))
    return compare(earlier, after, {"threshold": 0.2, "model": "m"})


def _change(comparison: Comparison, name: str) -> Change:
    return next(change for change in comparison.changes if change.name == name)


def test_the_same_run_twice_has_not_changed() -> None:
    comparison = _compared(_BASE, _BASE)
    verdicts = {change.name: change.verdict for change in comparison.changes}
    assert set(verdicts.values()) == {"unchanged", "not tested"}
    assert verdicts["time"] == "not tested"
    assert (comparison.questions, comparison.left_out, comparison.better, comparison.worse) == (120, 0, [], [])
    assert comparison.settings == {"threshold": (0.1, 0.2)}


def test_what_many_questions_gain_is_better_and_what_they_lose_worse() -> None:
    mended = [replace(row, held=True) if row.answerable else replace(row, answered=False) for row in _BASE]
    for before, after, verdict in ((_BASE, mended, "better"), (mended, _BASE, "worse")):
        comparison = _compared(before, after)
        for name in ("lead", "false-answers", "answered-right"):
            assert _change(comparison, name).verdict == verdict
            assert _change(comparison, name).p < 0.05
        assert len(comparison.better if verdict == "better" else comparison.worse) > 40
    lead = _change(_compared(_BASE, mended), "lead")
    assert lead.difference.low > 0
    assert lead.difference.value == pytest.approx(lead.after - lead.before)


def test_a_confidence_that_tells_more_is_better() -> None:
    surer = [replace(row, confidence=row.confidence / 2 + row.held / 2) for row in _BASE]
    assert _change(_compared(_BASE, surer), "auc-right").verdict == "better"
    assert _change(_compared(surer, _BASE), "auc-right").verdict == "worse"


def test_what_goes_both_ways_is_no_more_than_chance() -> None:
    answerable = [row.qid for row in _BASE if row.answerable]
    turned = set(answerable[:8])
    after = [replace(row, held=not row.held) if row.qid in turned else row for row in _BASE]
    after[20] = replace(after[20], held=not after[20].held)
    change = _change(_compared(_BASE, after), "lead")
    assert change.difference.value
    assert change.verdict == "no more than chance"
    assert change.difference.low < 0 < change.difference.high


def test_only_questions_asked_and_labelled_alike_are_paired() -> None:
    after = [replace(_BASE[0], question="Another?"), replace(_BASE[1], answers=("other",)), *_BASE[2:60], made(900)]
    comparison = _compared(_BASE, after)
    assert comparison.questions == 58
    assert comparison.left_out == (120 - 58) + (61 - 58)


def test_a_figure_that_one_run_lacks_is_not_compared() -> None:
    answerable = [row for row in _BASE if row.answerable]
    names = {change.name for change in _compared(answerable, answerable).changes}
    assert "lead" in names
    assert not names & {"false-answers", "auc"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "its beginning"),
        (b"[]", "its beginning"),
        (b"{}", "format: field required"),
        (b'{"format": 7}', "format: input should be 1"),
        (_kept(_BASE).replace(b'"qid"', b'"id"', 1), "rows.0.qid"),
        (_kept([made(7777)]), "shares no question"),
    ],
)
def test_what_is_no_earlier_run_is_one_sentence(content: bytes, message: str) -> None:
    with pytest.raises(CompareError) as error:
        read(content, "before.json", _asked(_BASE))
    assert message in str(error.value)
    assert "before.json" in str(error.value)
    assert "\n" not in str(error.value)


def test_the_same_ids_for_other_questions_are_told() -> None:
    with pytest.raises(CompareError, match="shares no question"):
        _compared([replace(row, question="Another?") for row in _BASE], _BASE)
