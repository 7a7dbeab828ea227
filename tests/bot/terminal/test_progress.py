"""Progress on standard error."""

from __future__ import annotations

import io
import sys

import pytest

from bot.terminal import progress
from bot.terminal.progress import Bar


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)


@pytest.mark.usefixtures("at_once")
def test_a_terminal_is_shown_a_bar_with_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with Bar() as bar:
        for name in ("reading", "encoding"):
            for done in range(4):
                bar.step(name, done, 4)
    assert "reading" in terminal.getvalue()
    assert "encoding" in terminal.getvalue()


def test_nothing_is_shown_of_what_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as bar:
        bar.step("reading", 1, 2)
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("at_once")
def test_elsewhere_a_line_now_and_then_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_BETWEEN_LINES", 0.0)
    with Bar() as bar:
        for done in range(3):
            bar.step("reading", done, 4)
    assert capsys.readouterr().err == ("reading: 0 %\nreading: 25 %\nreading: 50 %, about 0 s left\n")


@pytest.mark.usefixtures("at_once")
def test_what_was_loaded_before_anything_was_done_does_not_count(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter([0.0, 1.0, 20.0, 30.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(now))
    with Bar() as bar:
        for done in (0, 10, 110):
            bar.step("encoding", done, 1010)
    assert capsys.readouterr().err == "encoding: 0 %\nencoding: 10 %, about 1 min 30 s left\n"
