"""What was asked in vain is asked again after a build."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot import settings
from bot.rebuilding.gaps import ask_again
from bot.settings import Settings
from index.build.builder import Gaps
from index.encode.encoder import Encoder
from tests.bot.conftest import Quoth
from tests.bot.insight.asked import GROUPS, Asking, write

POOL = "# Swimming pool\n\nThe swimming pool is open from eight in the morning until nine in the evening.\n"


def loaded(documents: Path) -> Settings:
    return settings.load(documents=documents, data=documents.parent / "data")


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
    assert report["gaps"] == {"closed": 0, "asked": 1}
    assert json.loads(quoth("index", "build", *folders, "--json").out)["gaps"] is None, "nothing had changed"


def test_a_journal_from_before_and_one_that_is_broken_stop_no_build(
    documents: Path, quoth: Quoth, encoder: Encoder
) -> None:
    chosen = loaded(documents)
    folders = ("--documents", str(documents), "--data", str(chosen.data))
    quoth("index", "build", *folders)
    write(chosen.data, [Asking(GROUPS[0][n], n) for n in range(3)])
    with closing(sqlite3.connect(chosen.data / "journal.sqlite", isolation_level=None)) as database:
        for table in ("vectors", "closed", "unasked", "unasked_days"):
            database.execute(f"DROP TABLE {table}")
    assert ask_again(chosen, encoder, lambda *_: None) == Gaps(0, 1)
    (chosen.data / "journal.sqlite").write_bytes(b"no database" * 999)
    assert ask_again(chosen, encoder, lambda *_: None) is None
