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
        bar.step("reading", 0, 4)
        bar.step("reading", 1, 4)
    assert "reading: 25 %, about" in capsys.readouterr().err
