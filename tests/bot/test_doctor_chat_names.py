"""Whether names in exported chats are kept, as the settings say it and `quoth doctor` tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import compose, settings
from bot.cli.checks import State, examine_index


@pytest.mark.parametrize(("given", "said"), [({}, "left out: QUOTH_CHAT_NAMES is off"), ({"chat_names": True}, "kept")])
def test_the_doctor_tells_whether_names_in_chats_are_kept(tmp_path: Path, given: dict[str, Any], said: str) -> None:
    chosen = settings.load(documents=tmp_path, data=tmp_path / "data", **given)
    assert compose.library(chosen).reading.chat_names is bool(given)
    finding = next(check for check in examine_index(chosen) if check.what == "names in exported chats")
    assert finding.state is State.GOOD
    assert finding.message.startswith(said)
