"""The record of forum posts: how long it holds them, and what becomes of earlier ones."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from bot.privacy.journal import JournalError
from bot.privacy.post_record import FILE_NAME, Post, PostRecord

ALONG, ACROSS = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32)
POST, OTHER = Post(thread=11, forum=1, author=21), Post(thread=12, forum=1, author=22)


def test_solved_posts_are_known_by_what_they_ask_until_they_or_their_authors_are_forgotten(tmp_path: Path) -> None:
    with closing(PostRecord(tmp_path, keeps=True)) as record:
        record.solve(POST, "model", ALONG)
        record.solve(OTHER, "model", ALONG)
        assert record.alike(13, 1, "model", ALONG, 3) == [12, 11]
        assert record.alike(11, 1, "model", ALONG, 3) == [12]
        assert record.alike(13, 1, "model", ACROSS, 3) == []
        assert record.alike(13, 2, "model", ALONG, 3) == record.alike(13, 1, "other", ALONG, 3) == []
        assert (record.take_help(POST), record.take_help(POST)) == (True, False)
        assert record.forget_author(21) == 1
        assert record.take_help(POST), "forgotten, too"
        record.forget(12)
        assert record.alike(13, 1, "model", ALONG, 3) == []


def test_what_is_too_old_is_removed_and_so_is_what_a_wrong_clock_wrote(tmp_path: Path) -> None:
    with closing(PostRecord(tmp_path, keeps=True)) as record:
        record.solve(POST, "model", ALONG)
        record.take_help(POST)
        record.prune(time.time() - 60, time.time() + 60)
        assert record.is_solved(11)
        for oldest, latest in ((time.time() + 60, time.time() + 120), (time.time() - 120, time.time() - 60)):
            record.prune(oldest, latest)
            assert not record.is_solved(11)
            assert record.take_help(POST)
            record.solve(POST, "model", ALONG)


def test_the_record_of_earlier_versions_is_dropped_as_it_does_not_say_whose_the_posts_are(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as before:
        before.executescript("CREATE TABLE posts (thread INTEGER); CREATE TABLE helped (thread INTEGER)")
        before.executescript("INSERT INTO posts VALUES (11); INSERT INTO helped VALUES (11)")
    with closing(PostRecord(tmp_path, keeps=True)) as record:
        record.prune(0, time.time())
        assert not record.is_solved(11)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as after:
        tables = {name for (name,) in after.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"solved", "help_calls"}


def test_where_nothing_is_kept_there_is_no_file_and_a_restart_forgets(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"from before")
    for _ in range(2):
        with closing(PostRecord(tmp_path, keeps=False)) as record:
            assert record.take_help(POST)
            assert not record.take_help(POST)
            assert not (tmp_path / FILE_NAME).exists()


def test_that_posts_cannot_be_forgotten_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 100)
    with closing(PostRecord(tmp_path, keeps=True)) as record, pytest.raises(JournalError):
        record.forget_author(21)
