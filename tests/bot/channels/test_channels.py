"""What channels say, as it is kept and written: nothing that was removed stays, and nothing is lost."""

from __future__ import annotations

import errno
import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.access.removed import removed
from bot.access.rules import seen
from bot.channels import channels as module
from bot.channels.channels import Channels
from bot.channels.records import Kind, Line, Reads, Thread, Watched
from bot.channels.store import FILE_NAME, ChannelError
from index.store.erasures import Erasures

WATCHED = Watched(72, 71, Kind.TEXT, "notes")
DAY = "2026-01-02"
SOURCE = f"discord/{WATCHED.folder}/{DAY}.md"
THREAD = Thread(80, WATCHED.channel, "Lantern", 1, b"ada")


def line(message: int, text: str, author: bytes = b"ada") -> Line:
    return Line(message, WATCHED.channel, DAY, author, "a member", text)


def add(channels: Channels, *lines: Line, checkpoint: int = 1) -> None:
    with channels.store.reading() as reading:
        channels.store.add_page(WATCHED.channel, lines, checkpoint, reading)


@pytest.fixture
def channels(tmp_path: Path) -> Iterator[Channels]:
    opened = Channels(tmp_path)
    opened.watch(WATCHED)
    yield opened
    opened.close()


def files(folder: Path) -> str:
    return "\n".join(path.read_text() for path in sorted((folder / "library").rglob("*.md")))


def test_what_is_removed_while_its_document_is_being_written_is_gone_after_the_next_writing(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(channels, line(1, "The lantern is lit at dusk."), line(2, "The bell is rung at noon.", b"bea"))
    real, begun, go_on = module.document, threading.Event(), threading.Event()

    def slow(*given: object) -> str:
        begun.set()
        assert go_on.wait(10)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "document", slow)
    writing = threading.Thread(target=channels.write)
    writing.start()
    assert begun.wait(10)
    channels.store.edit(1, "")
    channels.store.forget(b"bea")
    go_on.set()
    writing.join()
    channels.write()
    assert files(tmp_path) == ""


def test_a_document_that_could_not_be_written_is_written_the_next_time(channels: Channels, tmp_path: Path) -> None:
    add(channels, line(1, "The lantern is lit at dusk."))
    blocked = tmp_path / "library"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(OSError, match="library"):
        channels.write()
    blocked.unlink()
    assert channels.write() == 1
    assert "lit at dusk" in files(tmp_path)


def test_one_document_that_cannot_be_written_keeps_no_other_and_no_forgotten_word(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [
        replace(line(number, f"The lantern {number} is lit at dusk."), place=f"2026-01-0{number}")
        for number in (1, 2, 3)
    ]
    add(channels, *days, replace(line(4, "Bea rings the bell.", b"bea"), place="2026-01-01"))
    real = module._replace

    def refused(path: Path, text: str) -> None:
        if "lantern 1 " in text:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, text)

    channels.write()
    assert "Bea" in files(tmp_path)
    for said in days:
        channels.store.edit(said.message, f"{said.text} Always.")
    channels.store.forget(b"bea")
    channels.untaken = 0
    with monkeypatch.context() as full:
        full.setattr(module, "_replace", refused)
        with pytest.raises(OSError, match="No space left"):
            channels.write()
        assert files(tmp_path).count("Always.") == 2, "those behind it are written"
        assert "Bea" not in files(tmp_path), "it is not kept for the others' words"
        assert Erasures(tmp_path).pending()
        assert channels.untaken == 3
        with pytest.raises(OSError, match="No space left"):
            channels.write()
        assert channels.untaken == 3, "nothing more was done"
    assert channels.write() == 1
    assert files(tmp_path).count("Always.") == 3


def test_a_channel_whose_documents_cannot_be_removed_is_not_told_as_gone_and_goes_later(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    add(channels, line(1, "The lantern is lit at dusk."))
    channels.write()
    with monkeypatch.context() as held:
        held.setattr(shutil, "rmtree", refused)
        assert not channels.drop(WATCHED)
        assert not channels.reconcile()
        assert channels.leftover
    assert "lit at dusk" in files(tmp_path)
    assert channels.reconcile()
    assert (files(tmp_path), channels.leftover) == ("", False)


def refusing(*_: object) -> None:
    raise OSError(errno.EBUSY, "Device or resource busy")


def test_what_is_left_of_a_channel_goes_before_it_is_read_again(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(
        channels,
        line(1, "Ada lights the lantern."),
        replace(line(2, "Bea rings the bell.", b"bea"), place="2026-01-03"),
    )
    channels.write()
    with monkeypatch.context() as held:
        held.setattr(shutil, "rmtree", refusing)
        assert not channels.drop(WATCHED)
        channels.store.forget(b"ada")
        for begin in (channels.clear, channels.watch):
            with pytest.raises(ChannelError, match="could not be removed yet"):
                begin(WATCHED)
        assert not channels.watched
    Erasures(tmp_path).done(Erasures(tmp_path).pending())  # as a build does that has read the folder
    channels.untaken = 0
    channels.watch(WATCHED)
    assert files(tmp_path) == ""
    assert channels.untaken, "the index lets go of it though nothing is read"
    add(
        channels,
        line(1, "Ada lights the lantern."),
        replace(line(2, "Bea rings the bell.", b"bea"), place="2026-01-03"),
    )
    assert not channels.reconcile()
    channels.write()
    assert "Bea" in files(tmp_path)
    assert "Ada" not in files(tmp_path)
    assert list(Erasures(tmp_path).pending().values()) == ["discord/71/72"]
    channels.watch(WATCHED)
    assert "Bea" in files(tmp_path), "what is read stays"


def test_what_cannot_be_removed_is_told_once_and_has_one_note(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    add(channels, line(1, "The lantern is lit at dusk."))
    channels.write()
    monkeypatch.setattr(shutil, "rmtree", refusing)
    channels.drop(WATCHED)
    for _ in range(3):
        assert not channels.reconcile()
    assert [record.message for record in caplog.records].count(caplog.records[-1].message) == 1
    assert list(Erasures(tmp_path).pending().values()) == ["discord/71/72"]


def test_what_went_while_the_disk_was_full_is_noted_later(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    add(channels, line(1, "The lantern is lit at dusk."))
    channels.write()
    with monkeypatch.context() as held:
        held.setattr(Erasures, "_write", full)
        assert not channels.drop(WATCHED)
        assert files(tmp_path) == ""
        assert (channels.reconcile(), channels.leftover) == (False, True)
    assert (channels.reconcile(), channels.leftover) == (True, False)
    assert list(Erasures(tmp_path).pending().values()) == ["discord/71/72"]
    assert not channels.reconcile()


def test_a_post_that_is_dropped_while_it_is_being_read_does_not_come_back(channels: Channels) -> None:
    post = Line(1, WATCHED.channel, "80", b"ada", "a member", "The lantern is lit at dusk.")
    with channels.store.reading() as reading:
        channels.store.drop_thread(80)
        channels.store.add_thread(THREAD, [post], reading, after=0)
    assert channels.store.counts(WATCHED.channel) == (0, 0)
    assert channels.store.threads(WATCHED.channel) == {}
    with channels.store.reading() as reading:
        channels.store.drop_thread(80)
        channels.store.add(post, reading)
    assert channels.store.counts(WATCHED.channel) == (0, 0)
    with channels.store.reading() as reading:  # it is tagged as solved again
        channels.store.add_thread(THREAD, [post], reading, after=0)
    assert channels.store.counts(WATCHED.channel) == (1, 1)


def test_a_post_that_was_being_read_when_its_forum_was_removed_is_read_whole_where_that_is_added_again(
    channels: Channels,
) -> None:
    post = Line(1, WATCHED.channel, "80", b"ada", "a member", "The lantern is lit at dusk.")
    with channels.store.reading() as reading:
        channels.drop(WATCHED)
        channels.store.add_thread(THREAD, [post], reading, after=0)
    channels.watch(WATCHED)
    assert channels.store.threads(WATCHED.channel) == {}, "nothing says that it was read up to its end"


def test_a_channel_and_its_threads_are_read_compared_and_moved_each_by_itself(
    channels: Channels, tmp_path: Path
) -> None:
    store, number = channels.store, WATCHED.channel
    said = [Line(message, number, "80", b"ada", "a member", f"Lantern {message}.") for message in (2, 4)]
    with store.reading() as reading:
        store.add_page(number, [line(1, "The bell is rung at noon.")], 1, reading)
        store.add_thread(replace(THREAD, checkpoint=4), said, reading, after=0)
    assert set(store.texts(number)) == {1}
    assert set(store.texts(number, 80)) == {2, 4}
    store.restart(number)
    assert store.threads(number) == {80: ("Lantern", 0)}
    add(channels, line(1, "The bell is rung at noon."), checkpoint=9)
    assert set(store.texts(number, 80)) == {2, 4}, "they are not in the channel's own history"
    with store.reading() as reading:
        store.add_thread(replace(THREAD, checkpoint=2), [], reading, after=0)
    assert set(store.texts(number, 80)) == {4}, "what is no longer there goes, and what is not read yet stays"
    channels.write()
    store.read_as(number, Reads.MESSAGES)
    channels.write()
    assert {path.stem for path in (tmp_path / "library").rglob("*.md")} == {"m1", "80"}
    assert store.threads(number)[80][1] == 2
    store.read_as(number, Reads.PINS)
    assert store.threads(number)[80][1] == 0, "another choice of messages is read from the beginning"


def test_a_thread_is_not_called_any_more_as_somebody_called_it_who_is_forgotten(
    channels: Channels, tmp_path: Path
) -> None:
    store = channels.store
    said = Line(1, WATCHED.channel, "80", b"bea", "a member", "The lantern is lit at dusk.")

    def read() -> str:
        with store.reading() as reading:
            store.add_thread(THREAD, [said], reading, after=0)
        channels.write()
        return files(tmp_path)

    assert "title: Lantern" in read()
    store.forget(THREAD.owner)
    channels.write()
    for written in (files(tmp_path), read()):
        assert "title: '#notes, 1 January 2015'" in written
        assert "/71/80\n" in written, "its link stays"
        assert "lit at dusk" in written
    assert b"Lantern" not in (tmp_path / FILE_NAME).read_bytes()


def test_of_a_thread_that_an_earlier_version_has_kept_it_is_learnt_who_opened_it(channels: Channels) -> None:
    said = Line(1, WATCHED.channel, "80", b"bea", "a member", "The lantern is lit at dusk.")
    store = channels.store
    with store.reading() as reading:
        store.add_thread(THREAD, [said], reading, after=0)
    with store._file.use() as database:
        database.execute("DROP TABLE owners")
    store.close()
    assert store.threads(WATCHED.channel) == {80: ("", 1)}
    store.forget(THREAD.owner)
    channels.write()
    assert not store.erases(WATCHED.channel, "80")
    with store.reading() as reading:
        store.add_thread(THREAD, [], reading, after=1)
    assert store.erases(WATCHED.channel, "80"), "earlier generations hold the title of somebody who is forgotten"


def test_a_title_and_who_opened_it_are_kept_while_something_in_a_thread_is_quoted(channels: Channels) -> None:
    store, said = channels.store, Line(1, WATCHED.channel, "80", b"bea", "a member", "The lantern is lit at dusk.")
    with store.reading() as reading:
        store.add_thread(THREAD, [], reading, after=0)
        assert store.threads(WATCHED.channel) == {80: (None, 1)}
        assert not store.is_owned(80)
        for remove in (lambda: store.edit(1, ""), lambda: store.forget(b"bea")):
            reading.begin_page()
            store.add_thread(THREAD, [said], reading, after=0)
            assert store.threads(WATCHED.channel, 80) == {80: ("Lantern", 1)}
            assert store.is_owned(80)
            remove()
            with store._file.use() as database:
                assert database.execute("SELECT title FROM threads").fetchall() == [("",)]
            assert not store.is_owned(80)
    assert store.threads(WATCHED.channel, 81) == {}


def test_what_is_deleted_just_before_a_page_is_kept_does_not_come_back(
    channels: Channels, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, real = channels.store, channels.store._file.transaction
    said = Line(2, WATCHED.channel, "80", b"ada", "a member", "The lantern is lit at dusk.")
    with store.reading() as reading:

        def transaction() -> AbstractContextManager[sqlite3.Connection]:
            for message in (1, 2):
                reading.edited(message, "")
            return real()

        monkeypatch.setattr(store._file, "transaction", transaction)
        store.add_page(WATCHED.channel, [line(1, "The bell is rung at noon.")], 1, reading)
        reading.begin_page()
        store.add_thread(THREAD, [said], reading, after=0)
    assert store.counts(WATCHED.channel) == (0, 0)


def test_a_message_of_a_thread_that_was_not_read_yet_goes_with_it(channels: Channels) -> None:
    store, said = channels.store, Line(1, WATCHED.channel, "80", b"bea", "a member", "The lantern is lit at dusk.")
    with store.reading() as reading:
        store.add(said, reading)
    assert store.threads(WATCHED.channel) == {80: ("", 0)}
    store.drop_thread(80)
    assert store.counts(WATCHED.channel) == (0, 0)


def test_what_a_comparison_has_fetched_does_not_undo_a_later_edit(channels: Channels) -> None:
    add(channels, line(1, "The lantern is lit at dusk."), line(2, "The bell is rung at noon."))
    with channels.store.reading() as reading:
        reading.begin_page()
        channels.store.edit(1, "The lantern is lit at nine.")
        channels.store.correct(1, "The lantern is lit at eight.", reading)
        channels.store.correct(2, "", reading)
    assert channels.store.texts(WATCHED.channel) == {1: "The lantern is lit at nine."}


def test_who_wanted_to_be_forgotten_before_any_channel_was_read_is_not_read(tmp_path: Path) -> None:
    channels = Channels(tmp_path)
    assert channels.store.forget(b"ada") == 0
    channels.watch(WATCHED)
    add(channels, line(1, "The lantern is lit at dusk."), line(2, "The bell is rung at noon.", b"bea"))
    channels.write()
    assert "rung at noon" in files(tmp_path)
    assert "lantern" not in files(tmp_path)
    channels.close()


def test_documents_of_channels_that_nobody_knows_of_go_and_those_that_were_lost_come_back(
    channels: Channels, tmp_path: Path
) -> None:
    add(channels, line(1, "The lantern is lit at dusk."))
    channels.write()
    assert not channels.reconcile()
    folder = tmp_path / "library" / "discord" / "71"
    folder.joinpath("72").rename(folder / "73")
    assert channels.reconcile()
    assert files(tmp_path) == ""
    channels.write()
    assert "lit at dusk" in files(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["72"]
    channels.close()
    (tmp_path / FILE_NAME).unlink()
    afresh = Channels(tmp_path)
    assert afresh.reconcile()
    assert files(tmp_path) == ""


def test_a_channel_whose_file_was_away_for_a_while_is_quoted_again(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(channels, line(1, "The lantern is lit at dusk."))
    channels.write()
    away = [path.rename(path.with_suffix(f"{path.suffix}.away")) for path in tmp_path.glob(f"{FILE_NAME}*")]
    with monkeypatch.context() as held, closing(Channels(tmp_path)) as without:
        held.setattr(shutil, "rmtree", refusing)
        without.reconcile()
        assert without.leftover
    assert not seen([SOURCE], removed(tmp_path))
    for path in tmp_path.glob(FILE_NAME):
        path.unlink()
    for path in away:
        path.rename(path.with_suffix(path.suffix.removesuffix(".away")))
    with closing(Channels(tmp_path)) as again:
        again.reconcile()
        again.write()
    assert "lit at dusk" in files(tmp_path)
    assert seen([SOURCE], removed(tmp_path))


def test_a_channel_that_is_removed_is_not_quoted_after_a_crash(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(channel: int) -> None:
        real(channel)
        raise KeyboardInterrupt

    real = channels.store.drop
    monkeypatch.setattr(channels.store, "drop", killed)
    add(channels, line(1, "The lantern is lit at dusk."))
    channels.write()
    with pytest.raises(KeyboardInterrupt):
        channels.drop(WATCHED)
    assert not channels.store.all()
    assert not seen([SOURCE], removed(tmp_path))


def test_a_channel_that_cannot_be_forgotten_is_quoted_on(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        assert not seen([SOURCE], removed(tmp_path)), "it is closed before it is forgotten"
        raise ChannelError("The disk is full.")

    add(channels, line(1, "The lantern is lit at dusk."))
    channels.write()
    monkeypatch.setattr(channels.store, "drop", fails)
    with pytest.raises(ChannelError, match="The disk is full"):
        channels.drop(WATCHED)
    assert channels.watched
    assert "lit at dusk" in files(tmp_path)
    assert seen([SOURCE], removed(tmp_path))


def test_a_channel_that_is_read_anew_loses_only_what_is_not_there_any_more_and_erases_only_that(
    channels: Channels, tmp_path: Path
) -> None:
    erasures = Erasures(tmp_path)
    lantern, bell, late = line(1, "The lantern is lit at dusk."), line(2, "The bell is rung at noon."), line(3, "Ring.")
    add(channels, lantern, bell, checkpoint=2)
    with channels.store.reading() as reading:
        channels.store.add(late, reading)  # beyond the page
    channels.write()
    channels.store.restart(WATCHED.channel)
    channels.write()
    assert "lit at dusk" in files(tmp_path), "it stays until it is read again"
    add(channels, lantern, bell, checkpoint=2)
    channels.write()
    assert not erasures.pending(), "nothing was deleted"
    channels.store.restart(WATCHED.channel)
    add(channels, bell, checkpoint=2)
    channels.write()
    assert "lantern" not in files(tmp_path)
    assert "Ring." in files(tmp_path)
    assert list(erasures.pending().values()) == [f"discord/71/72/{DAY}.md"]


class Killed(BaseException):
    """Ends what is being done, wherever it is."""


def test_that_documents_are_to_be_erased_survives_a_crash_after_they_have_gone(
    channels: Channels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(channels, line(1, "The lantern is lit at dusk."))
    channels.write()
    real = shutil.rmtree

    def killed(*given: Any, **named: Any) -> None:
        real(*given, **named)
        raise Killed

    monkeypatch.setattr(shutil, "rmtree", killed)
    with pytest.raises(Killed):
        channels.drop(WATCHED)
    assert files(tmp_path) == ""
    assert list(Erasures(tmp_path).pending().values()) == ["discord/71/72"]


@contextmanager
def garbled(path: Path) -> Iterator[None]:
    whole = path.read_bytes()
    path.write_bytes(b"no database" * 1000)
    yield
    path.write_bytes(whole)


@contextmanager
def replaced_by_a_folder(path: Path) -> Iterator[None]:
    beside = path.rename(path.with_name("aside"))
    path.mkdir()
    yield
    path.rmdir()
    beside.rename(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield
        database.execute("ROLLBACK")


@pytest.mark.parametrize("spoilt", [garbled, replaced_by_a_folder, locked])
def test_a_file_that_cannot_be_read_is_told_once_and_read_when_it_can_be(
    spoilt: Callable[[Path], AbstractContextManager[None]],
    channels: Channels,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    add(channels, line(1, "The lantern is lit at dusk."), line(2, "The bell is rung at noon."))
    channels.write()
    channels.close()
    with spoilt(tmp_path / FILE_NAME), caplog.at_level(logging.WARNING):
        late = Channels(tmp_path)
        assert not late.are_known
        with pytest.raises(ChannelError, match="try again later"):
            late.reload()
        late.edit(1, "")
        late.edit(2, "The bell is rung at one.")
        late.edit(2, "The bell is rung at two.")
        assert "rung at noon" in files(tmp_path), "what was read stays"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    late.reload()
    version = channels.watched[WATCHED.channel].version
    assert late.watched == {WATCHED.channel: Watched(72, 71, Kind.TEXT, "notes", 1, version=version)}
    late.catch_up()
    late.write()
    assert "rung at two" in files(tmp_path)
    assert "lit at dusk" not in files(tmp_path)
    late.close()


def test_a_page_and_a_thread_cost_no_more_where_much_else_is_kept(channels: Channels) -> None:
    channels.watch(WATCHED)
    count, steps = 2000, list[int]()
    with channels.store._file.transaction() as database:
        rows = [(10_000 + thread, WATCHED.channel, "Bells", 0) for thread in range(count)]
        database.executemany("INSERT INTO threads VALUES (?, ?, ?, ?)", rows)
        said = [(10_000 + thread, WATCHED.channel, str(10_000 + thread)) for thread in range(count)]
        database.executemany("INSERT INTO messages VALUES (?, ?, ?, x'00', 'a member', 'Ring.')", said)
        database.set_progress_handler(lambda: steps.append(1), 100)
    assert channels.store.threads(WATCHED.channel, 10_001) == {10_001: ("", 0)}
    with channels.store.reading() as reading:
        channels.store.add_page(WATCHED.channel, [line(1, "The lantern is lit at dusk.")], 2, reading)
    assert len(steps) < count / 100, "less than a step for each of the others"


def test_a_page_of_a_quiet_channel_costs_no_more_where_others_say_much_meanwhile(channels: Channels) -> None:
    count, steps = 20_000, list[int]()
    with channels.store._file.transaction() as database:
        said = [(message, 99, DAY) for message in range(2, count)]
        database.executemany("INSERT INTO messages VALUES (?, ?, ?, x'00', 'a member', 'Ring.')", said)
        database.set_progress_handler(lambda: steps.append(1), 100)
    with channels.store.reading() as reading:
        channels.store.add_page(WATCHED.channel, [line(1, "Dusk."), line(count, "Noon.")], count, reading)
    assert len(steps) < count / 100, "less than a step for each of the others"
