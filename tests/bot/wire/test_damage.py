"""A generation that turns out to be damaged while the bot answers from it."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from bot import compose
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Person, StandIn
from index.encode.encoder import Encoder
from index.errors import DamagedError
from index.store.disk import layout
from tests.bot.wire.conftest import running

QUESTION = "When do quiet hours begin?"
BEFORE, AFTER = "begin at ten in the evening", "begin at eleven in the evening"


@pytest.fixture
def rebuilt(chosen: Settings, encoder: Encoder) -> Path:
    """The newer of two generations: quiet hours begin later."""
    rules = chosen.documents / "rules.md"
    rules.write_text(rules.read_text().replace(BEFORE, AFTER))
    compose.builder(chosen, encoder).build(chosen.documents, lambda *_: None)
    return compose.shelf(chosen).place()


def _blank(path: Path) -> None:
    """Write over a file where it is: what has it mapped sees the change."""
    with path.open("r+b") as file:
        file.seek(-path.stat().st_size // 2, 2)
        file.write(bytes(path.stat().st_size // 2))


async def test_it_answers_from_the_one_before_and_tells_those_who_look_after_it(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn,
    rebuilt: Path,
    bot: QuothClient,
    ada: Person,
    mod: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert AFTER in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
    _blank(rebuilt / layout.SENTENCES)
    with caplog.at_level(logging.ERROR):
        answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    assert BEFORE in answer.text
    assert "amage" not in answer.text  # whoever asks can do nothing about it
    [warning] = [record for record in caplog.records if "damaged" in record.getMessage()]
    assert layout.SENTENCES in warning.reason  # type: ignore[attr-defined]
    status = await mod.slash(discord.channel, "index status").answer()
    assert "Damage" in status.text
    assert "Index 1" in status.text
    rebuild = mod.slash(discord.channel, "index rebuild")
    noted = await rebuild.followup()
    assert noted.ephemeral
    assert "The log says why" in noted.text
    assert str(bot.services.settings.data) not in noted.text
    done = await rebuild.when(lambda seen: "was rebuilt" in seen.text, 90)
    assert "no longer in use" in done.text
    assert AFTER in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
    assert "Damage" not in (await mod.slash(discord.channel, "index status").answer()).text
    assert bot.services.desk.standby.damage is None


async def test_damage_that_is_found_on_opening_is_told_with_a_rollback_too(
    discord: StandIn, rebuilt: Path, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    """Here the generation before is damaged as well, so that going back does not mend it."""
    older = compose.shelf(chosen).names()[0]
    rules = chosen.documents / "rules.md"
    rules.write_text(rules.read_text().replace(AFTER, "begin at noon"))
    compose.builder(chosen, encoder).build(chosen.documents, lambda *_: None)
    (rebuilt / layout.PASSAGES).unlink()
    (compose.shelf(chosen).place() / layout.PASSAGES).unlink()
    async with running(discord, chosen, encoder) as bot:
        assert bot.services.desk.generation.name == older
        rollback = mod.slash(discord.channel, "index rollback")
        assert "damaged" in (await rollback.answer()).text
        status = await mod.slash(discord.channel, "index status").answer()
        assert "Damage" in status.text
        assert layout.PASSAGES not in status.text


async def test_where_there_is_no_other_the_asker_is_told_and_no_path_is(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person
) -> None:
    _blank(compose.shelf(chosen).place() / layout.SENTENCES)
    reply = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    assert "no older one to answer from" in reply.text
    assert str(chosen.data) not in reply.text
    with pytest.raises(DamagedError):
        bot.services.desk.standby.look_up(
            lambda generation: generation.sentence_vectors(np.arange(len(generation.sentences)))
        )
