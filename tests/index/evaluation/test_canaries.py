"""Canaries: what an index must not unlearn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.evaluation.canaries import FILE_NAME, Canary, Memory, read


def write(folder: Path, *rows: object) -> None:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / FILE_NAME).write_text("\n".join(lines), "utf-8")


def test_each_line_names_a_question_and_its_sources(tmp_path: Path) -> None:
    write(
        tmp_path, {"question": "a?", "source": "a.md"}, "", {"question": "b?", "sources": ["b.md", "c.md"], "more": 1}
    )
    canaries, faults = read(tmp_path)
    assert [(canary.question, canary.sources) for canary in canaries] == [("a?", {"a.md"}), ("b?", {"b.md", "c.md"})]
    assert faults == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"question": "a?"}', "names no source"),
        ('{"question": " ", "source": "a.md"}', "no JSON object"),
        ("[]", "no JSON object"),
        ("\x00\xff", "no JSON object"),
    ],
)
def test_a_line_that_is_no_canary_is_named_and_the_others_are_asked(tmp_path: Path, line: str, reason: str) -> None:
    write(tmp_path, line, {"question": "a?", "source": "a.md"})
    canaries, (fault,) = read(tmp_path)
    assert len(canaries) == 1
    assert fault.source == FILE_NAME
    assert "line 1" in fault.reason
    assert reason in fault.reason


def test_a_file_that_is_far_too_large_or_none_is_not_read(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], ())
    (tmp_path / FILE_NAME).write_bytes(b"x" * (5 * 1024 * 1024))
    canaries, (fault,) = read(tmp_path)
    assert canaries == []
    assert "larger" in fault.reason


def test_a_file_that_an_editor_has_put_a_mark_before_is_read(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'\xef\xbb\xbf{"question": "a?", "source": "a.md"}\r\n')
    canaries, faults = read(tmp_path)
    assert [canary.question for canary in canaries] == ["a?"]
    assert faults == ()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"one": 5}', '{"one": {"a?": "a.md"}}', '{"one": "a?"}', "\0"])
def test_what_is_remembered_and_damaged_is_as_if_nothing_were_remembered(tmp_path: Path, damage: str) -> None:
    canary, memory = Canary("a?", frozenset({"a.md"})), Memory(tmp_path / "canaries.json")
    (tmp_path / "canaries.json").write_text(damage)
    assert memory.answered("one", [canary]) == []
    memory.note("one", [canary])
    assert memory.answered("one", [canary]) == [canary]
