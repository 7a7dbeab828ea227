"""`quoth tune` in the terminal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import compose, settings
from tests.bot.conftest import Quoth
from tests.bot.insight.asked import Asking, vote, write


def test_votes_change_the_threshold_when_asked_and_it_can_be_undone(
    documents: Path, quoth: Quoth, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = documents.parent / "data"
    folders = ("--documents", str(documents), "--data", str(data))
    quoth("index", "build", *folders)
    assert "it takes 30" in quoth("tune", *folders).err
    asked = [f"question number {number}?" for number in range(60)]
    write(
        data, [Asking(text, number, answered=True, quotes=(("rules.md", 0, 5),)) for number, text in enumerate(asked)]
    )
    with closing(sqlite3.connect(data / "journal.sqlite")) as database:
        database.executemany(
            "UPDATE questions SET confidence = ? WHERE question = ?",
            [(0.13 + 0.8 * number / 60, text) for number, text in enumerate(asked)],
        )
        database.commit()
    for number, text in enumerate(asked):
        vote(data, text, 100 + number, up=number >= 30)
    loaded = settings.load(documents=documents, data=data)
    model = compose.encoder(loaded)

    def in_force() -> float:
        answerer = compose.answerer(loaded, model)
        answerer.generation.close()
        return answerer.threshold

    before = in_force()
    ended = quoth("tune", *folders)
    assert ended.status == 0
    assert "more than chance" in ended.out
    assert in_force() == before, "nothing is written unless asked"
    assert "Written" in quoth("tune", *folders, "--write").out
    assert 0.5 < in_force() < 0.56
    monkeypatch.setenv("QUOTH_THRESHOLD", "0.3")
    loaded = settings.load(documents=documents, data=data)
    assert in_force() == 0.3
    monkeypatch.delenv("QUOTH_THRESHOLD")
    loaded = settings.load(documents=documents, data=data, reranker="off")
    assert in_force() == pytest.approx(0.12), "it was fitted with the reranker"
    loaded = settings.load(documents=documents, data=data)
    assert "used again" in quoth("tune", *folders, "--undo").out
    assert in_force() == before
    assert "nothing to undo" in quoth("tune", *folders, "--undo").out
