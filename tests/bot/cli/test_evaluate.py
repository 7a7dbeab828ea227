"""`quoth eval`, as a person or a CI uses it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import Ended, Quoth

_ROWS: list[dict[str, Any]] = [
    {"qid": "hours", "question": "When do quiet hours begin?", "answers": ["ten in the evening"], "source": "rules.md"},
    {"qid": 2, "question": "Who bakes the rye bread?", "answers": ["Nobody", "marta"], "sources": ["bakery.txt"]},
    {"qid": "dogs", "question": "May dogs come in?", "answers": ["on a leash"], "sources": ["rules.md"]},
    {
        "qid": "cats",
        "question": "And cats?",
        "answers": ["stay outside"],
        "sources": ["rules.md"],
        "history": [{"role": "user", "text": "May dogs come in?"}, {"role": "agent", "text": "On a leash."}],
    },
    {"qid": "cup", "question": "Which team won the cup final in 1998?", "answers": [], "answerable": False},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A file of five questions, one of them unanswerable."""
    return _written(tmp_path / "questions.jsonl", _ROWS)


def _written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps({"answerable": True, **row}) + "\n" for row in rows))
    return path


@pytest.fixture
def evaluated(quoth: Quoth, documents: Path, questions: Path) -> Any:
    """`quoth eval` over the questions and the documents."""

    def run(*arguments: str) -> Ended:
        return quoth("eval", str(questions), "--documents", str(documents), *arguments)

    return run


def test_json_holds_figures_settings_and_a_row_for_each_question(evaluated: Any, tmp_path: Path) -> None:
    ended = evaluated("--json", "--threshold", "0.1")
    assert ended.status == 0, ended.err
    run = json.loads(ended.out)
    assert all(set(figure) == {"value", "low", "high", "n"} for figure in run["figures"].values())
    assert (run["figures"]["lead"]["value"], run["figures"]["lead"]["n"]) == (1.0, 4)
    assert run["figures"]["false-answers"] == {"value": 0.0, "low": 0.0, "high": pytest.approx(0.793, abs=1e-3), "n": 1}
    assert run["figures"]["source"]["value"] == 1.0
    assert run["figures"]["time"]["value"] > 0
    assert run["settings"]["threshold"] == 0.1
    assert run["settings"]["model"].endswith("MiniLM-L6-v2")
    assert run["versions"]["quoth"]
    assert [row["qid"] for row in run["rows"]] == ["hours", "2", "dogs", "cats", "cup"]
    hours = run["rows"][0]
    assert "ten in the evening" in hours["lead"]["text"]
    assert (hours["held"], hours["rank"], hours["lead"]["source"]) == (True, 0, "rules.md")
    assert run["rows"][-1]["rank"] is None
    assert [path.name for path in tmp_path.iterdir() if path.name == "data"] == []


def test_the_table_names_every_figure_and_the_index_goes_away(
    evaluated: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    out = evaluated().out
    for name in ("lead", "three", "source-five", "coverage", "false-answers", "auc", "calibration", "time"):
        assert name in out
    assert "5 questions, 4 answerable, of 2 documents" in out
    assert not list((tmp_path / "temporary").iterdir())


def test_bars_decide_the_exit_status(evaluated: Any) -> None:
    met = evaluated("--bar", "lead=1", "--bar", "false-answers=0", "--bar", "time=100000", "--threshold", "0.1")
    assert met.status == 0
    assert "met (≥ 1)" in met.out
    missed = evaluated("--bar", "lead=0.5", "--bar", "coverage=0.5", "--bar", "time=0", "--threshold", "1", "--json")
    assert missed.status == 1
    line = missed.err.splitlines()[-1]  # after any progress
    assert line.startswith("quoth: Missed: coverage is 0 (bar: at least 0.5); time is ")
    assert [bar["met"] for bar in json.loads(missed.out)["bars"]] == [True, False, False]


@pytest.mark.parametrize("bar", ["led=0.8", "lead", "lead=most", "lead=-1", "lead=nan", "lead=inf", "=1"])
def test_a_bar_that_is_none_is_wrong_usage(evaluated: Any, bar: str) -> None:
    ended = evaluated("--bar", bar)
    assert ended.status == 2
    if not bar.startswith("lead"):
        assert "lead, three, shown, page, source, source-five, coverage, false-answers" in " ".join(ended.err.split())


def test_a_run_is_compared_with_an_earlier_one(evaluated: Any, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(evaluated("--json", "--threshold", "0.1").out)
    ended = evaluated("--compare", str(before), "--threshold", "1", "--html", str(tmp_path / "page.html"))
    assert ended.status == 0, ended.err
    assert "threshold was 0.1, and is 1.0." in ended.out
    assert "Worse now: 4 questions" in ended.out
    assert "no more than" in ended.out
    assert "before    now  change" in ended.out
    assert "hours: When do quiet hours begin?" in ended.out
    compared = json.loads(evaluated("--compare", str(before), "--threshold", "1", "--json").out)["compared"]
    verdicts = {change["name"]: change["verdict"] for change in compared["changes"]}
    assert verdicts["lead"] == "unchanged"
    assert verdicts["coverage"] == "no more than chance"  # of four questions, however they went
    assert [pair["after"]["qid"] for pair in compared["worse"]] == ["hours", "2", "dogs", "cats"]
    text = (tmp_path / "page.html").read_text()
    assert "Beside the earlier run" in text
    assert "rules.md, line 14" in text
    assert not (tmp_path / "page.html.new").exists()


def test_bad_files_are_one_sentence_before_anything_is_built(quoth: Quoth, documents: Path, tmp_path: Path) -> None:
    bad = _written(tmp_path / "bad.jsonl", [*_ROWS, {**_ROWS[0], "qid": "x", "source": "gone.md"}])
    ended = quoth("eval", str(bad), "--documents", str(documents))
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "quoth: Line 6 of the questions names 'gone.md', which is not in the folder of documents.\n"
    bad.write_text('{"qid": 1}\n')
    assert "Line 1 of the questions" in quoth("eval", str(bad), "--documents", str(documents)).err
    none = _written(tmp_path / "none.jsonl", _ROWS[-1:])
    assert "is answerable" in quoth("eval", str(none), "--documents", str(documents)).err
    good = _written(tmp_path / "good.jsonl", _ROWS)
    not_a_run = quoth("eval", str(good), "--documents", str(documents), "--compare", str(good))
    assert (not_a_run.status, len(not_a_run.err.splitlines())) == (1, 1)
    assert quoth("eval", str(good), "--documents", "nowhere").status == 1
    assert quoth("eval", "nowhere.jsonl", "--documents", str(documents)).status == 2
    nowhere = quoth("eval", str(good), "--documents", str(documents), "--html", "no/such/page.html")
    assert (nowhere.status, nowhere.out) == (2, "")


def test_a_document_that_cannot_be_read_is_told_with_its_reason(quoth: Quoth, documents: Path, tmp_path: Path) -> None:
    (documents / "broken.pdf").write_bytes(b"%PDF-1.4\nno more than that")
    bad = _written(tmp_path / "bad.jsonl", [*_ROWS, {**_ROWS[0], "qid": "x", "source": "broken.pdf"}])
    ended = quoth("eval", str(bad), "--documents", str(documents))
    assert ended.status == 1
    assert ended.err.splitlines()[-1].startswith(
        "quoth: Line 6 of the questions names 'broken.pdf', which cannot be read"
    )


def test_one_sentence_is_corpus_enough(quoth: Quoth, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "gate.txt").write_text("The harbour gate opens at seven.")
    rows = [{"qid": 1, "question": "When does the harbour gate open?", "answers": ["seven"], "source": "gate.txt"}]
    ended = quoth("eval", str(_written(tmp_path / "q", rows)), "--documents", "one", "--json", "--html", "page.html")
    assert ended.status == 0, ended.err
    run = json.loads(ended.out)
    assert run["figures"]["lead"]["value"] == 1.0
    assert run["figures"]["auc"] == {"value": None, "low": None, "high": None, "n": 0}
    assert "There is no ROC curve" in (tmp_path / "page.html").read_text()


def test_the_same_sentence_over_and_over_and_questions_that_are_the_document(quoth: Quoth, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    text = "The harbour gate opens at seven.\n" * 4_000
    (tmp_path / "docs" / "same.txt").write_text(text)
    rows = [
        {"qid": 1, "question": "When does the gate open?", "answers": ["seven"], "source": "same.txt"},
        {"qid": 2, "question": text, "answers": [text, "seven"], "source": "same.txt"},
        {"qid": 3, "question": text + "Why?", "answerable": False},
    ]
    ended = quoth("eval", str(_written(tmp_path / "q", rows)), "--documents", "docs", "--json", "--html", "page.html")
    assert ended.status == 0, ended.err
    run = json.loads(ended.out)
    assert run["figures"]["lead"]["value"] == 1.0
    assert run["rows"][0]["lead"]["text"] in text


def test_help_says_which_bars_there_are(quoth: Quoth) -> None:
    out = " ".join(quoth("eval", "--help").out.split())
    assert "At least: lead, three, shown, page, source, source-five, coverage, answered-right, auc, auc-right." in out
    assert "At most: false-answers, calibration, first-length, length, time." in out


def test_a_run_that_is_stopped_leaves_nothing_behind(documents: Path, questions: Path, tmp_path: Path) -> None:
    for number in range(300):
        (documents / f"more-{number}.txt").write_text(f"Fact {number} is told here at some length. " * 30)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    arguments = [sys.executable, "-m", "bot", "eval", str(questions), "--documents", str(documents)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, env=environment) as child:
        waited = time.monotonic()
        while not list(temporary.glob("quoth-eval-*/generations/building/*")) and time.monotonic() - waited < 90:
            time.sleep(0.02)
        child.send_signal(signal.SIGTERM)
        _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert err.splitlines()[-1] == "quoth: stopped."
    assert not list(temporary.glob("quoth-eval-*"))
