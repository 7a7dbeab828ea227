"""What comes of a file is told of that file, and not of another that somebody adds under its name meanwhile."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.access.rules import Audience
from bot.cards.library_card import Outcome
from bot.handlers import library
from bot.handlers.taking_in import taken_in
from bot.services import Services
from index.errors import LibraryError
from index.library.additions import Additions
from index.records import LeftOut

SOURCE = "uploads/bells.md"


def services(
    additions: Additions, built: Callable[[], object] = lambda: None, left_out: Sequence[LeftOut] = ()
) -> Services:
    """Return what a build needs that takes nothing in; `built` is done meanwhile."""

    async def take_in() -> object:
        await asyncio.to_thread(built)
        return SimpleNamespace(aside=None, left_out=left_out, emptied=False, gaps=None)

    async def look_up(*_: object) -> dict[str, object]:
        return {}

    desk = SimpleNamespace(
        look_up=look_up, generation=SimpleNamespace(manifest=SimpleNamespace(documents=())), is_open=True
    )
    limits, refreshes = SimpleNamespace(stop_counting=lambda: None), SimpleNamespace(take_in=take_in)
    return cast("Services", SimpleNamespace(additions=additions, limits=limits, refreshes=refreshes, desk=desk))


def add_anew(additions: Additions, data: bytes) -> None:
    """Have another manager take away what is there, and add something else under its name."""
    additions.remove(SOURCE)
    additions.upload("bells.md", data)
    path = additions.path(SOURCE)
    assert path is not None
    os.utime(path, (1, 1))  # at another time, however coarse the clock of the disk is


async def test_what_cannot_be_read_is_thrown_away_and_not_what_somebody_added_since(tmp_path: Path) -> None:
    additions = Additions(tmp_path)
    left_out = [LeftOut(SOURCE, "is damaged")]
    damaged = additions.upload("bells.md", b"\0")
    await taken_in(services(additions, left_out=left_out), dict([damaged]), Audience())
    assert additions.sources() == []
    damaged = additions.upload("bells.md", b"\0")
    built = services(additions, lambda: add_anew(additions, b"Ring."), left_out)
    [outcome] = (await taken_in(built, dict([damaged]), Audience())).outcomes
    assert outcome.failed
    assert (tmp_path / "library" / SOURCE).read_bytes() == b"Ring."


@dataclass
class Attachment:
    """A file of a message; `fetched` is done while it is fetched."""

    filename: str
    fetched: Callable[[], object] = lambda: None

    size = 5

    async def read(self) -> bytes:
        self.fetched()
        return b"Chime"


async def test_undo_takes_back_what_was_added_and_not_what_replaced_it_while_another_file_was_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Outcome] = []

    async def nothing(*_: object, **__: object) -> None:
        pass

    def card(_: str, outcomes: Sequence[Outcome], **__: object) -> None:
        shown.extend(outcomes)

    for name, stub in (("defer", nothing), ("deliver", nothing), ("outcome_card", card)):
        monkeypatch.setattr(library, name, stub)
    monkeypatch.setattr(library, "of_interaction", lambda *_, **__: Audience())
    additions = Additions(tmp_path)
    files = [Attachment("bells.md"), Attachment("gate.md", lambda: add_anew(additions, b"Ring."))]
    interaction = SimpleNamespace(client=SimpleNamespace(services=services(additions)))
    await library._add_all(cast("Any", interaction), cast("Any", files))
    first = shown[0]
    assert first.source == SOURCE
    with pytest.raises(LibraryError, match="added anew since: it stays"):
        additions.remove(SOURCE, first.version)
