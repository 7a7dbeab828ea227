"""Files of questions: what is said where they cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.ask import ask
from bot.cli.batch import BatchError, read


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"\xff\xfe", "line 2: it is not valid JSON"),
        (b'{"qid": 1, "question": "caf\xe9"}', "line 2: it is not valid JSON"),
        (b"no JSON", "line 2: it is not valid JSON"),
        (b'{"question": "When?"}', "line 2, qid: field required"),
    ],
)
def test_a_malformed_line_is_named_with_what_is_wrong(line: bytes, said: str) -> None:
    with pytest.raises(BatchError) as error:
        read(line, 2)
    assert said in str(error.value)


def test_the_bytes_of_a_batch_are_read_as_they_are(tmp_path: Path) -> None:
    (file := tmp_path / "questions.jsonl").write_bytes(b"\xff\xfe\n")
    ended = CliRunner().invoke(ask, ["--batch", str(file)])
    assert isinstance(ended.exception, BatchError)


def test_a_question_beside_a_batch_is_not_passed_over(tmp_path: Path) -> None:
    (file := tmp_path / "questions.jsonl").write_text('{"qid": 1, "question": "When?"}\n')
    ended = CliRunner().invoke(ask, ["--batch", str(file), "What", "else?"])
    assert ended.exit_code == 2
    assert "leave QUESTION out" in ended.output
