"""What is told of channels that are read, to programs beside the bot too."""

from __future__ import annotations

from pathlib import Path

from bot.channels.channels import Channels
from bot.channels.records import Kind, Line, Watched
from bot.channels.states import rows_or_fault
from bot.channels.store import FILE_NAME, ChannelStore

WATCHED = Watched(72, 71, Kind.TEXT, "notes")


def kept(folder: Path) -> None:
    """Keep a channel with two messages of the first second of 2015, the second edited while its page was read."""
    channels = Channels(folder)
    channels.watch(WATCHED)
    lines = [Line(number << 22, 72, "2015-01-01", b"ada", "a member", "Hello.") for number in (0, 1000)]
    with channels.store.reading() as reading:
        channels.store.add_page(72, lines, 1000 << 22, reading)
    channels.store.fail(72, "Discord is away")
    channels.store.fail(73, "never read")
    channels.close()


def test_programs_beside_the_bot_read_what_it_has_noted_and_write_nothing(tmp_path: Path) -> None:
    store = ChannelStore(tmp_path, only_reads=True)
    assert rows_or_fault(store) == ([], None)
    assert list(tmp_path.iterdir()) == []
    kept(tmp_path)
    before = (tmp_path / FILE_NAME).stat()
    [row], fault = rows_or_fault(store)
    assert fault is None
    assert row["source"] == "discord/71/72/"
    assert row["until"] == "2015-01-01T00:00:01+00:00"
    summary = "2 messages in 1 document, up to 2015-01-01 00:00 UTC, its history is still being read"
    assert row["told"] == f"{summary}, failed last: Discord is away"
    store.close()
    assert (tmp_path / FILE_NAME).stat().st_mtime_ns == before.st_mtime_ns


def test_what_was_read_up_to_the_present_has_not_failed_last(tmp_path: Path) -> None:
    kept(tmp_path)
    store = ChannelStore(tmp_path)
    store.complete(72)
    [row], _ = rows_or_fault(store)
    assert (row["complete"], row["failure"]) == (True, None)
    store.close()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    rows, fault = rows_or_fault(ChannelStore(tmp_path, only_reads=True))
    assert rows == []
    assert fault is not None
