"""`bench/all.py`: what it lists is there, and what it enters in RESULTS.md leaves all else as it is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import all as bench
import parts
import pytest
from listed import BENCHES, Bench
from rich.console import Console

from tests.paths import ROOT

_RESULTS = (ROOT / "bench" / "RESULTS.md").read_text("utf-8")
_PARTS = [part for each in BENCHES for part in each.parts if part is not None]
_BY_HAND = {"bench/all.py", "bench/writer.py"}
"""What RESULTS.md names and is not listed: itself, and what needs a language model's server."""


# What is listed


@pytest.mark.parametrize("each", BENCHES, ids=lambda each: each.name)
def test_every_bench_is_there_and_says_what_it_measures(each: Bench) -> None:
    assert ast.get_docstring(ast.parse(each.script.read_text("utf-8")))
    each.missing()  # every need is of a kind that can be looked for


def test_every_name_is_there_once() -> None:
    names = [each.name for each in BENCHES]
    assert sorted(set(names)) == sorted(names)


def test_every_part_of_the_results_is_filled_by_one_bench_and_there_are_no_others() -> None:
    assert sorted(parts.names(_RESULTS)) == sorted(_PARTS)


def test_every_script_that_the_results_name_is_listed() -> None:
    named = set(re.findall(r"python (bench/[\w/]+\.py)", _RESULTS))
    assert named - {each.script.relative_to(ROOT).as_posix() for each in BENCHES} == _BY_HAND


# What is replaced


@pytest.mark.parametrize("part", _PARTS)
def test_a_part_is_replaced_and_all_else_stays_byte_for_byte(part: str) -> None:
    begin, end = f"<!-- begin {part} -->\n", f"<!-- end {part} -->\n"
    before, _, rest = _RESULTS.partition(begin)
    old, _, after = rest.partition(end)
    new = parts.replaced(_RESULTS, part, "| new |\n\n")
    assert new.startswith(before + begin)
    assert new.endswith(end + after)
    assert new[len(before + begin) : -len(end + after)] == "| new |\n"
    assert parts.replaced(new, part, old) == _RESULTS


@pytest.mark.parametrize(
    "text",
    [
        "<!-- begin a -->\n",
        "<!-- end a -->\n",
        "<!-- begin a -->\n<!-- end b -->\n",
        "<!-- begin a -->\n<!-- begin b -->\n<!-- end b -->\n<!-- end a -->\n",
        "<!-- begin a -->\n<!-- end a -->\n" * 2,
    ],
)
def test_marks_that_do_not_match_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="part"):
        parts.names(text)


def test_tables_are_taken_out_of_what_is_printed_without_the_spaces_that_align_them() -> None:
    printed = "asking\n| a    | long |\n| ---- | ---- |\n| b -1 |      |\n\n| c |\n| - |\nended\n"
    assert parts.tables_in(printed) == ["| a | long |\n| --- | --- |\n| b -1 | |\n", "| c |\n| --- |\n"]


# What is run


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results with two parts, and a folder for what is printed."""
    path = tmp_path / "RESULTS.md"
    path.write_text("By hand.\n<!-- begin a -->\nold\n<!-- end a -->\n<!-- begin b -->\nold\n<!-- end b -->\nMore.\n")
    monkeypatch.setattr(parts, "RESULTS", path)
    monkeypatch.setattr(bench, "_KEPT", tmp_path / "kept")
    return path


def _bench(folder: Path, code: str, *of: str | None, needs: tuple[str, ...] = ()) -> Bench:
    script = folder / f"{len(list(folder.iterdir()))}.py"
    script.write_text(code)
    return Bench(script.stem, f"WHICH=there python {script}", 1, of, needs)


def test_tables_are_entered_with_commit_day_and_machine(results: Path) -> None:
    code = "import os\nprint('|x|\\n|-|\\n|', os.environ['WHICH'], '|\\n\\n|y|\\n|-|\\n')"
    assert bench._run_all([_bench(results.parent, code, "b", None)], Console(quiet=True)) == 0
    assert re.fullmatch(
        r"By hand\.\n<!-- begin a -->\nold\n<!-- end a -->\n"
        r"<!-- begin b -->\n\|x\|\n\|---\|\n\| there \|\n\n"
        r"\*Commit [\w ]+, \d{4}-\d\d-\d\d, .+, \d+ threads.*; load \d.*\.\*\n<!-- end b -->\nMore\.\n",
        results.read_text("utf-8"),
    )


def test_what_fails_or_lacks_something_is_named_and_leaves_its_table(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, table = results.read_bytes(), "print('|x|\\n|-|')"
    failing = [
        _bench(results.parent, f"{table}\nraise SystemExit(3)", "a"),
        _bench(results.parent, table, "a", needs=("program nobody-has-this",)),
        _bench(results.parent, table, "a", "b"),
    ]
    assert bench._run_all(failing, Console(stderr=True, soft_wrap=True)) == 1
    assert results.read_bytes() == before
    said = capsys.readouterr().err
    assert "ended with status 3" in said
    assert "needs program nobody-has-this" in said
    assert "printed 1 tables instead of 2" in said
