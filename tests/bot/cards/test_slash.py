"""Messages that the shell and Discord share name the commands of whichever shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import index
from bot.cards.layout import text_of
from bot.cards.slash import with_slash_commands
from bot.cards.status_card import notice_card

_STORE = sorted((Path(index.__file__).parent / "store").rglob("*.py"))


@pytest.mark.parametrize(
    ("shell", "discord"),
    [
        ("`quoth source list` names them all.", "`/source list` names them all."),
        ("It is damaged: run `quoth index build`.", "It is damaged: run `/index rebuild`."),
        ("run `quoth index build --fresh`", "run `quoth index build --fresh`"),
        ("`quoth doctor` says more", "`quoth doctor` says more"),
        ("plain quoth source list", "plain quoth source list"),
    ],
)
def test_a_command_is_named_as_discord_has_it(shell: str, discord: str) -> None:
    assert with_slash_commands(shell) == discord


def test_no_message_of_the_store_names_a_command_of_the_shell_on_discord() -> None:
    named = [command for path in _STORE for command in re.findall(r"`quoth [^`]*`", path.read_text("utf-8"))]
    assert len(named) > 5
    assert [command for command in map(with_slash_commands, named) if "quoth" in command] == []


def test_a_notice_names_slash_commands() -> None:
    shown = text_of(notice_card("No such document: `quoth source list` names them all."))
    assert shown == "No such document: `/source list` names them all."
