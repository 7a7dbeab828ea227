"""A whole week on the page: asked in vain, a digest, a document added, the asker told, the old answer corrected."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot import settings
from bot.playground.running import Running
from bot.playground.running import opened as playing
from bot.playground.server import listen
from bot.standin.payload import Json

from .browser import Browser, buttons, opened, text
from .conftest import is_ready, write_documents

pytestmark = pytest.mark.asyncio(loop_scope="session")

IN_VAIN = "When does the sauna in the basement open?"
QUIET = "When do quiet hours begin?"


@pytest_asyncio.fixture(loop_scope="session")
async def started(home: Path, static: Path, tmp_path: Path) -> AsyncIterator[tuple[Running, Path]]:
    """A playground of its own, with its documents: they are changed here."""
    documents = tmp_path / "documents"
    write_documents(documents)
    played = settings.load(documents=documents, data=tmp_path / "data", cooldown_seconds=0)
    with pytest.MonkeyPatch.context() as patch, listen(0) as listening:
        patch.chdir(home)
        async with playing(played, listening, static) as running:
            yield running, documents


async def test_a_week_can_be_lived(started: tuple[Running, Path]) -> None:
    running, documents = started
    async with (
        aiohttp.ClientSession() as http,
        opened(http, running) as ada,
        opened(http, running) as kim,
        opened(http, running) as mo,
    ):
        assert "not ready" in await ada.refused("week")
        await ada.hear(is_ready, 120)
        for page, name in ((ada, "Ada"), (kim, "Kim"), (mo, "Mo")):
            await page.become(name)
        assert ada.pushes[0]["digest_channel"] == mo.id_of("moderators")

        await mo.do("week")
        assert (await mo.event("week"))["digests"] == 0, "nothing was asked yet"

        quoted = await _asked(ada, QUIET)
        assert "ten in the evening" in text(quoted)
        refused = await _asked(ada, IN_VAIN)
        await _asked(kim, IN_VAIN)
        tell = buttons(refused["components"])["Tell me when the documents have it"]
        await ada.do("click", channel=ada.id_of("questions"), message=refused["id"], custom_id=tell)

        await mo.do("week")
        digest = await _message(mo, "What was asked in the last 7 days")
        assert digest["channel_id"] == mo.id_of("moderators")
        assert "sauna" in text(digest)
        assert "2 people" in text(digest)

        (documents / "sauna.md").write_text("# Sauna\n\nThe sauna in the basement opens at five in the afternoon.\n")
        rules = documents / "rules.md"
        rules.write_text(rules.read_text().replace("begin at ten", "begin at eleven"))
        await mo.do("slash", channel=mo.id_of("moderators"), command="index rebuild")

        notice = await _message(ada, "The documents have it now")
        assert "five in the afternoon" in text(notice)
        corrected = await ada.hear(
            lambda push: (
                push.get("event") == "changed" and push["message"]["id"] == quoted["id"] and "~~" in _text(push)
            ),
            60,
        )
        assert "eleven in the evening" in _text(corrected)


async def _asked(page: Browser, question: str) -> Json:
    used = await page.do("slash", channel=page.id_of("questions"), command="ask", options={"question": question})
    return await page.answer(used["interaction"])


async def _message(page: Browser, words: str) -> Json:
    pushed = await page.hear(lambda push: push.get("event") in {"message", "changed"} and words in _text(push), 60)
    return dict(pushed["message"])


def _text(push: Json) -> str:
    return text(push["message"])
