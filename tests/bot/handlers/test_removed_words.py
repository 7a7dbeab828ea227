"""What somebody wrote goes for good, however often that fails, and what they agree to afterwards stays."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from bot.channels.channels import Channels
from bot.channels.records import Kind, Line, Watched
from bot.handlers import following_channels, kept
from bot.handlers.channel_sources import forget_person
from bot.handlers.consent import expunged_late, put, remove_words_of
from bot.services import Services
from bot.teaching.consents import Consents, Wish
from index.errors import LibraryError
from index.library.additions import Additions

if TYPE_CHECKING:
    from bot.client import QuothClient

ADA, BEA = 31, 32
WISH = Wish(1111111111111111111, channel=2, server=3, question="Which bell?", by="helpers", until=None)
WATCHED = Watched(72, 71, Kind.TEXT, "notes")


class Refreshes:
    """Counts what is taken in."""

    is_behind = False
    count = 0

    async def take_in(self) -> SimpleNamespace:
        self.count += 1
        return SimpleNamespace(gaps=None)


@dataclass
class Data:
    """What the handlers use of the services, in a folder."""

    folder: Path
    refreshes: Refreshes = field(default_factory=Refreshes)

    def __post_init__(self) -> None:
        self.consents = Consents(self.folder)
        self.additions = Additions(self.folder)
        self.channels = Channels(self.folder)

    @property
    def services(self) -> Services:
        return cast("Services", self)

    @property
    def client(self) -> QuothClient:
        return cast("QuothClient", SimpleNamespace(services=self, wait_until_ready=lambda: asyncio.sleep(0)))

    def write(self, *lines: Line) -> None:
        self.channels.watch(WATCHED)
        with self.channels.store.reading() as reading:
            self.channels.store.add_page(WATCHED.channel, lines, 1, reading)
        self.channels.write()


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return Data(tmp_path)


def refuse(patch: pytest.MonkeyPatch, is_refused: Callable[[Path], bool]) -> None:
    """Have files stay that are to be removed, or replaced."""
    unlink, replace = Path.unlink, Path.replace

    def checked(path: Path) -> None:
        if is_refused(path):
            raise OSError(errno.EROFS, "Read-only file system")

    def unlinked(path: Path, *, missing_ok: bool = False) -> None:
        checked(path)
        unlink(path, missing_ok=missing_ok)

    def replaced(path: Path, target: Path) -> Path:
        checked(target)
        return replace(path, target)

    patch.setattr(Path, "unlink", unlinked)
    patch.setattr(Path, "replace", replaced)


async def test_words_in_documents_that_could_not_be_written_are_told_again_until_they_are_gone(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = data.channels.author(ADA)
    data.write(Line(1, 72, "2026-01-02", author, "a member", "The lantern is lit at dusk."))
    with monkeypatch.context() as held:
        refuse(held, lambda path: path.suffix == ".md")
        assert await forget_person(data.client, ADA) == (1, True)
        assert await forget_person(data.client, ADA) == (0, True)
    assert await forget_person(data.client, ADA) == (0, False)
    assert not list((data.folder / "library").rglob("*.md"))
    data.channels.leftover = True
    assert await forget_person(data.client, ADA) == (0, True)


async def test_what_others_wrote_and_cannot_be_written_is_not_told_as_ones_own(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bea = data.channels.author(ADA), data.channels.author(BEA)
    data.write(
        Line(1, 72, "2026-01-02", bea, "a member", "The lantern is lit at dusk."),
        Line(2, 72, "2026-01-03", ada, "a member", "The bell is rung at noon."),
    )
    data.channels.store.edit(1, "The lantern is lit at noon.")
    refuse(monkeypatch, lambda path: path.name == "2026-01-02.md")
    assert await forget_person(data.client, ADA) == (1, False)
    assert await forget_person(data.client, BEA) == (1, True)


async def test_what_is_left_of_channels_is_not_tried_with_every_look(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, looked = list[int](), asyncio.Event()
    tried = list[bool]()

    async def look(_: QuothClient) -> None:
        looks.append(1)
        if len(looks) == 5:
            looked.set()

    def reconcile() -> bool:
        tried.append(data.channels.leftover)
        data.channels.leftover = True
        return False

    data.channels.watch(WATCHED)
    monkeypatch.setattr(data.channels, "reconcile", reconcile)
    monkeypatch.setattr(following_channels, "_EVERY", 0.0)
    monkeypatch.setattr(following_channels, "_look", look)
    following = asyncio.create_task(following_channels.follow(data.client))
    await looked.wait()
    assert tried == [False]
    monkeypatch.setattr(following_channels, "_AGAIN", -1.0)
    looks.clear()
    looked.clear()
    await looked.wait()
    assert len(tried) > 3
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following


async def test_an_answer_that_is_kept_again_is_not_removed_by_what_tries_an_earlier_removal_again(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = put(data.services, WISH, "At nine.", ADA)
    with monkeypatch.context() as held:
        refuse(held, lambda path: path.suffix == ".md")
        assert await remove_words_of(data.services, ADA) == (0, True)
        with pytest.raises(LibraryError, match="could not be removed"):
            put(data.services, WISH, "At ten.", ADA)
    assert data.consents.leaving() == [source], "nothing that fails clears the mark"
    put(data.services, WISH, "At ten.", ADA)
    assert data.consents.leaving() == []
    assert not expunged_late(data.services, source)
    [path] = (data.folder / "library" / "answers").iterdir()
    assert "At ten." in path.read_text()
    assert data.consents.forget(ADA) == [source]
    assert expunged_late(data.services, source)
    assert data.additions.sources() == []


async def test_an_answer_of_which_only_the_copy_stays_is_taken_out_of_the_index(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    def removed_before() -> str:
        source = put(data.services, WISH, "At nine.", ADA)
        data.additions.remove(source)
        return put(data.services, WISH, "At ten.", ADA)

    def refuse_copy(patch: pytest.MonkeyPatch) -> None:
        refuse(patch, lambda path: ".removed" in path.parts)

    removed_before()
    with monkeypatch.context() as held:
        refuse_copy(held)
        assert await remove_words_of(data.services, ADA) == (0, True)
    assert (data.additions.sources(), data.refreshes.count) == ([], 1)
    assert await remove_words_of(data.services, ADA) == (1, False)
    removed_before()
    with monkeypatch.context() as held:
        refuse_copy(held)
        assert await kept.ended(data.client, WISH.message)
        assert not await kept.ended(data.client, WISH.message)
    source = removed_before()
    data.consents.forget(ADA)
    refuse_copy(monkeypatch)
    assert expunged_late(data.services, source)
    assert not expunged_late(data.services, source)
