"""Whether text in pictures is read, as `quoth doctor` says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import settings
from bot.cli.checks import State, examine_index
from index.read.ocr.mode import Mode, mode_of


@pytest.mark.parametrize(
    ("given", "named"),
    [({}, ""), ({"ocr": True}, "QUOTH_OCR "), ({"ocr_questions": True}, "QUOTH_OCR_QUESTIONS ")],
)
def test_the_doctor_says_whether_text_in_pictures_is_read(tmp_path: Path, given: dict[str, Any], named: str) -> None:
    chosen = settings.load(documents=tmp_path, data=tmp_path / "data", **given)
    finding = next(check for check in examine_index(chosen) if check.what == "text in pictures")
    if not given:
        assert (finding.state, finding.message) == (State.GOOD, "not read: QUOTH_OCR is off")
    elif mode_of(wanted=True) is Mode.ON:
        assert finding.state is State.GOOD
        assert f"as {named}asks for it" in finding.message
    else:
        assert finding.state is State.BAD
        assert "pip install -e '.[ocr]'" in finding.message
