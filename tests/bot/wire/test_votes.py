"""Votes where the disk is full, or may not be written to."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.client import QuothClient
from bot.privacy.votes import VoteError, Votes
from bot.standin import Person, StandIn
from tests.bot.wire.conftest import until

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"


@contextmanager
def no_space() -> Iterator[None]:
    """Have the kernel refuse this process any byte in any file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert signal.getsignal(signal.SIGXFSZ) is signal.SIG_IGN, "as Python has it"
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("first", [True, False], ids=["the first vote of all", "a later vote"])
async def test_whoever_votes_in_vain_is_told_and_can_vote_again(
    discord: StandIn, bot: QuothClient, ada: Person, *, first: bool, caplog: pytest.LogCaptureFixture
) -> None:
    votes = bot.services.votes
    answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    other = discord.person("other")
    if not first:
        assert "noted" in (await other.click(answer, "👍").answer()).text
    with no_space():
        reply = await ada.click(answer, "👍").answer()
        again = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        await until(lambda: "the journal could not be written" in caplog.messages)  # which has a thread of its own
    assert reply.ephemeral
    assert "Your vote could not be written down" in reply.text
    assert QUIET in again.text
    for told_once in ("a vote could not be written", "the journal could not be written"):  # other work is in vain, too
        assert caplog.messages.count(told_once) == 1
    assert votes.of(answer.message.id) == (0 if first else 1, 0)
    assert "noted" in (await ada.click(answer, "👍").answer()).text
    assert "changed" in (await ada.click(answer, "👎").answer()).text
    assert votes.of(answer.message.id) == (0 if first else 1, 1)


def test_a_file_that_may_be_written_to_again_takes_votes_again(tmp_path: Path) -> None:
    path = tmp_path / "votes.sqlite"
    votes = Votes(path)
    assert not votes.record(1, 2, up=True, question=b"q", quote=None)
    journal = tmp_path / "votes.sqlite-journal"
    journal.mkdir()  # what SQLite must write first
    with pytest.raises(VoteError, match="try again later"):
        votes.record(1, 2, up=False, question=b"q", quote=None)
    journal.rmdir()
    assert votes.of(1) == (1, 0)
    assert votes.record(1, 2, up=False, question=b"q", quote=None)
    assert votes.of(1) == (0, 1)
    votes.close()


def test_who_voted_is_kept_over_a_restart(tmp_path: Path) -> None:
    for up in (True, False):
        votes = Votes(tmp_path / "votes.sqlite")
        assert votes.record(1, 2, up=up, question=b"q", quote=None) is not up
        votes.close()


def test_nothing_is_written_before_somebody_votes(tmp_path: Path) -> None:
    Votes(tmp_path / "nowhere" / "votes.sqlite").close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("bot")
async def test_a_vote_is_changed_by_another_and_not_by_the_same_again(discord: StandIn, ada: Person) -> None:
    answer = await ada.slash(discord.channel, "ask", question="When do quiet hours begin?").answer()
    for thumb, reply in (("👍", "noted"), ("👍", "noted"), ("👎", "is changed"), ("👎", "noted"), ("👍", "is changed")):
        assert reply in (await ada.click(answer, thumb).answer()).text
