"""The day and the version that a document says of itself stand with every quote from it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot import compose
from bot.settings import Settings
from bot.standin import Person, StandIn
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import running

_GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
_QUESTION = "How many lanes does the swimming pool have?"


@pytest.fixture
def documented(documents: Path) -> Path:
    """The documents in a git repository; only the pool's page says when it was changed."""
    (documents / "pool.md").write_text(
        "---\nversion: v1.20\nupdated: 2024-05-03\n---\n# The pool\n\nThe swimming pool has eight lanes.\n"
    )
    (documents / "gym_2.4.md").write_text(
        "---\nversion: 2.4\n---\n# The gym, release 2.4\n\nThe gym has forty lockers.\n"
    )
    (documents / "hall.md").write_text(
        "---\ndate: 2026-05-03\n---\n# The hall\n\n## Said by a member, 3 May 2026\n\nThe hall has ninety chairs.\n"
        "\n## On 13 May 2026\n\nThe hall was painted orange by Osric.\n"
    )
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "All"]):
        subprocess.run([*_GIT, *arguments], cwd=documents, check=True, capture_output=True)
    return documents


async def test_a_citation_has_the_day_and_the_version_in_the_language_of_whoever_asks(
    discord: StandIn, chosen: Settings, documented: Path, encoder: Encoder, ada: Person
) -> None:
    compose.builder(chosen, encoder).build(documented, lambda *_: None)
    greta = discord.person("greta")
    greta.user.locale = "de"
    async with running(discord, chosen, encoder):
        english = await ada.slash(discord.channel, "ask", question=_QUESTION).answer()
        assert "-# The pool · pool.md, line 7 · version 1.20 · as of 3 May 2024" in english.text
        german = await greta.slash(discord.channel, "ask", question=_QUESTION).answer()
        assert "Version 1.20 · Stand: 3. Mai 2024" in german.text


async def test_neither_the_day_of_a_commit_nor_a_version_that_the_title_has_is_added(
    discord: StandIn, chosen: Settings, documented: Path, encoder: Encoder, ada: Person
) -> None:
    compose.builder(chosen, encoder).build(documented, lambda *_: None)
    async with running(discord, chosen, encoder) as bot:
        stored = bot.services.desk.generation.catalogue.document("gym_2.4.md")
        assert stored.date is not None, "git knows the day, for what is newer"
        assert stored.own_date is None
        answer = await ada.slash(discord.channel, "ask", question="How many lockers does the gym have?").answer()
        assert "forty lockers" in answer.text
        assert "as of" not in answer.text
        assert "version" not in answer.text


async def test_a_day_that_the_section_has_is_not_added(
    discord: StandIn, chosen: Settings, documented: Path, encoder: Encoder, ada: Person
) -> None:
    compose.builder(chosen, encoder).build(documented, lambda *_: None)
    bob = discord.person("bob")
    async with running(discord, chosen, encoder):
        answer = await ada.slash(discord.channel, "ask", question="How many chairs does the hall have?").answer()
        assert "Said by a member, 3 May 2026" in answer.text
        assert "as of" not in answer.text
        other = await bob.slash(discord.channel, "ask", question="Who painted the hall orange?").answer()
        assert "as of 3 May 2026" in other.text
