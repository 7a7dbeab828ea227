"""What was asked in vain is asked again after a build."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import compose, settings
from bot.preferences.store import Name, Preferences
from bot.rebuilding import gaps
from bot.rebuilding.gaps import ask_again
from bot.rebuilding.rebuilds import Rebuilds
from bot.settings import Settings
from bot.telemetry.metrics import Metrics
from index.build.builder import Gaps
from index.encode.encoder import Encoder
from tests.bot.conftest import Quoth
from tests.bot.insight.asked import GROUPS, Asking, write

POOL = "# Swimming pool\n\nThe swimming pool is open from eight in the morning until nine in the evening.\n"


DEEP = ("How deep is the pool?", "how deep is the pool")

HOME, ELSEWHERE = 41, 42


def loaded(documents: Path, **given: Any) -> Settings:
    return settings.load(documents=documents, data=documents.parent / "data", **given)


def built(chosen: Settings, encoder: Encoder) -> Settings:
    compose.builder(chosen, encoder).build(compose.library(chosen), nothing)
    return chosen


def nothing(*_: object) -> None:
    pass


def test_gaps_that_a_build_closes_are_in_its_report_and_closed_from_then_on(
    documents: Path, quoth: Quoth, encoder: Encoder
) -> None:
    folders = ("--documents", str(documents), "--data", str(documents.parent / "data"))
    assert "gap" not in quoth("index", "build", *folders).out, "nothing has been asked"
    data = documents.parent / "data"
    in_vain = [(0, 4), (1, 3), (2, 1)]
    write(data, [Asking(GROUPS[group][n], 10 * group + n) for group, people in in_vain for n in range(people)], encoder)
    (documents / "pool.md").write_text(POOL)
    built = quoth("index", "build", *folders)
    assert "1 of 2 gaps is closed" in built.out, "what one person asks is no gap"
    assert "swimming pool" not in quoth("insight", "gaps", "--data", str(data)).out
    (documents / "pool.md").write_text(POOL.replace("nine", "ten"))
    report = json.loads(quoth("index", "build", *folders, "--json").out)
    assert report["gaps"] == {"closed": 0, "asked": 1, "left": 0}
    assert json.loads(quoth("index", "build", *folders, "--json").out)["gaps"] is None, "nothing had changed"


def test_a_journal_from_before_and_one_that_is_broken_stop_no_build(
    documents: Path, quoth: Quoth, encoder: Encoder
) -> None:
    chosen = loaded(documents)
    folders = ("--documents", str(documents), "--data", str(chosen.data))
    quoth("index", "build", *folders)
    write(chosen.data, [Asking(GROUPS[0][n], n) for n in range(3)])
    with closing(sqlite3.connect(chosen.data / "journal.sqlite", isolation_level=None)) as database:
        for table in ("vectors", "closed", "unasked", "unasked_counts"):
            database.execute(f"DROP TABLE {table}")
    assert ask_again(chosen, encoder, nothing) == Gaps(0, 1)
    (chosen.data / "journal.sqlite").write_bytes(b"no database" * 999)
    assert ask_again(chosen, encoder, nothing) is None


def test_gaps_that_were_not_reached_are_told_and_come_first_after_the_next_build(
    documents: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (documents / "pool.md").write_text(POOL)
    chosen = built(loaded(documents), encoder)
    in_vain = [(1, 5), (3, 4), (0, 3)]
    write(chosen.data, [Asking(GROUPS[group][n], 10 * group + n) for group, people in in_vain for n in range(people)])
    monkeypatch.setattr(gaps, "_SECONDS", 0.0)
    reports = [ask_again(chosen, encoder, nothing) for _ in range(3)]
    assert reports == [Gaps(0, 1, 2), Gaps(0, 1, 2), Gaps(1, 1, 2)], "the smallest, after those that came before it"


@pytest.mark.parametrize(("servers", "closes"), [([HOME], True), ([ELSEWHERE], False), ([HOME, ELSEWHERE], False)])
def test_a_gap_is_closed_by_what_those_who_asked_may_see(
    documents: Path, encoder: Encoder, servers: list[int], *, closes: bool
) -> None:
    (documents / "staff").mkdir()
    (documents / "staff" / "pool.md").write_text(POOL)
    chosen = built(loaded(documents, access=f"staff/=role:7,server:{HOME}", servers=[HOME, ELSEWHERE]), encoder)
    for server in servers:
        write(chosen.data, [Asking(GROUPS[0][n], n) for n in range(3)], encoder, server=server)
    assert ask_again(chosen, encoder, nothing) == Gaps(int(closes), 1)


def test_a_gap_is_closed_by_what_is_sure_enough_for_the_server_it_was_asked_in(
    documents: Path, encoder: Encoder
) -> None:
    (documents / "pool.md").write_text(POOL)
    chosen = built(loaded(documents, servers=[HOME]), encoder)
    write(chosen.data, [Asking(question, n) for n, question in enumerate(DEEP)], encoder, server=HOME)
    assert ask_again(chosen, encoder, nothing) == Gaps(0, 1)
    preferences = Preferences(chosen.data)
    preferences.change(HOME, Name.STRICTNESS, ("eager",), 1)
    preferences.close()
    assert ask_again(chosen, encoder, nothing) == Gaps(1, 1)


class _Watching:
    """Notes the steps of a rebuild, and when the new index is put in use."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    async def refresh(self) -> None:
        self.noted.append("refreshed")

    def rebuilding(self, step: str, _done: int, _total: int) -> None:
        self.noted.append(step)

    def answered(self, *_: object) -> None:
        raise AssertionError

    def rebuilt(self, _outcome: object) -> None:
        self.noted.append("rebuilt")


async def test_the_new_index_is_answered_from_while_gaps_are_asked_again(documents: Path, encoder: Encoder) -> None:
    chosen = built(loaded(documents), encoder)
    write(chosen.data, [Asking(GROUPS[group][n], n) for group in range(3) for n in range(3)], encoder)
    (documents / "pool.md").write_text(POOL)
    watching = _Watching()
    report = await Rebuilds(chosen, watching.refresh, Metrics(), watching).start()
    assert report.gaps == Gaps(1, 3)
    assert watching.noted.index("refreshed") < watching.noted.index(gaps.ASKING_AGAIN)
