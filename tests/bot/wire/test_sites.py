"""Managers add web sites from Discord, read them anew and take them away again, without a shell."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from bot import compose
from bot.cards.buttons import Undo
from bot.cards.custom_ids import parse
from bot.client import QuothClient
from bot.handlers import sites
from bot.rebuilding import refreshes
from bot.services import Services
from bot.settings import Settings
from bot.standin import Permission, Person, Seen, StandIn
from index.encode.encoder import Encoder
from index.errors import ConnectorError
from index.library.connectors.connectors import Connectors
from index.library.connectors.state import State
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_adding import ASKED, BUILT, CLOSED, ask
from tests.bot.wire.test_adding import add as add_file
from tests.index.library.connectors.site import Answer, Site

POOL = "The pool is closed on Mondays for cleaning, all year long."


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        served.page("/club/", "All about the club.", "pool", "gym", "song.mp3", "broken")
        served.page("/club/pool", POOL)
        served.page("/club/gym", "The gym opens at noon on Sundays.")
        served.routes["/club/broken"] = Answer(b"", 500)
        yield served


@pytest.fixture
async def reaching(discord: StandIn, chosen: Settings, encoder: Encoder) -> AsyncIterator[QuothClient]:
    async with running(discord, also(chosen, web_hosts="127.0.0.1"), encoder) as bot:
        yield bot


def words(seen: Seen) -> str:
    return seen.text.replace("\\", "").replace("\u2060", "")


async def add(discord: StandIn, person: Person, address: str) -> Seen:
    return await person.slash(discord.channel, "source add", address=address).answer(BUILT)


async def test_a_site_is_added_quoted_refreshed_and_removed_without_a_trace(
    discord: StandIn, reaching: QuothClient, site: Site, mod: Person
) -> None:
    ada = discord.person("ada")
    added = await add(discord, mod, f"{site.url}/club/")
    assert added.ephemeral
    assert "127-0-0-1-club/: 3 documents · 3 added · 1 left out" in words(added)
    assert "broken.html: answers with status 500" in words(added)
    answer = await ask(discord, ada)
    assert CLOSED in answer.text
    assert f"127.0.0.1:{site.port}/club/pool" in str(answer.body.components)
    assert "among the documents already" in words(await add(discord, mod, f"{site.url}/club/"))
    site.page("/club/pool", "The pool is closed on Tuesdays for cleaning, all year long.")
    assert await mod.autocomplete(discord.channel, "source refresh", "source", "CLUB") == [("127-0-0-1-club",) * 2]
    assert await ada.autocomplete(discord.channel, "source refresh", "source", "") == []
    fresh = await mod.slash(discord.channel, "source refresh", source="127-0-0-1-club").answer(BUILT)
    assert "3 documents · 1 changed" in words(fresh)
    assert "closed on Tuesdays" in (await ask(discord, ada)).text
    undone = await mod.click(fresh, "Undo").answer(BUILT)
    assert "as it was before, until it is read again: 3 documents" in words(undone)
    assert CLOSED in (await ask(discord, ada)).text
    assert "undone already" in words(await mod.click(fresh, "Undo").answer())
    fresh = await mod.slash(discord.channel, "source refresh", source="127-0-0-1-club").answer(BUILT)
    assert "3 documents · 1 changed" in words(fresh)
    assert "closed on Tuesdays" in (await ask(discord, ada)).text
    assert ("127-0-0-1-club/",) * 2 in await mod.autocomplete(discord.channel, "source remove", "source", "")
    removed = await mod.slash(discord.channel, "source remove", source="127-0-0-1-club/").answer(BUILT)
    assert "is no longer quoted" in words(removed)
    assert "closed on" not in (await ask(discord, ada)).text
    back = await mod.click(removed, "Undo").answer(BUILT)
    assert "3 documents" in words(back)
    assert "closed on Tuesdays" in (await ask(discord, ada)).text
    undone = await mod.click(back, "Undo").answer(BUILT)
    assert "is no longer quoted" in words(undone)
    assert "closed on" not in (await ask(discord, ada)).text
    library = reaching.services.settings.data / "library"
    assert list(library.rglob("*.html")) == []
    assert "not there any more" in (await mod.click(back, "Undo").answer()).text


async def test_undoing_is_of_what_was_added_or_removed_then_whatever_has_its_name_by_now(
    discord: StandIn, chosen: Settings, encoder: Encoder, site: Site, mod: Person
) -> None:
    settings = also(chosen, web_hosts="127.0.0.1")
    async with running(discord, settings, encoder):
        added = await add(discord, mod, f"{site.url}/club/")
        assert "among the documents already" in words(
            await add(discord, mod, f"{site.url.upper()}/club/index.html#top")
        )
    async with running(discord, settings, encoder):
        removed = await mod.click(added, "Undo").answer(BUILT)
        assert "is no longer quoted" in words(removed)
    site.page("/club", "The club is painted green.")
    async with running(discord, settings, encoder):
        other = await add(discord, mod, f"{site.url}/club")
        assert "127-0-0-1-club/: 1 document" in words(other)
        assert "added anew since: it stays" in words(await mod.click(added, "Undo").answer(BUILT))
        assert "added again meanwhile" in words(await mod.click(removed, "Undo").answer(BUILT))
        assert "is no longer quoted" in words(await mod.click(other, "Undo").answer(BUILT))
    async with running(discord, settings, encoder):
        assert "3 documents" in words(await mod.click(removed, "Undo").answer(BUILT))
        assert "is no longer quoted" in words(await mod.click(added, "Undo").answer(BUILT)), "it is the same"
        await add(discord, mod, f"{site.url}/club")
        (chosen.data / "library" / ".connectors" / "127-0-0-1-club" / "kept").write_text("")  # as earlier versions did
        gone = await mod.slash(discord.channel, "source remove", source="127-0-0-1-club/").answer(BUILT)
        [button] = (await mod.click(gone, "Undo").answer(BUILT)).buttons
        pressed = parse(button.custom_id or "")
        assert isinstance(pressed, Undo)
        assert pressed.version == compose.connectors(settings).version("127-0-0-1-club") is not None
        await mod.slash(discord.channel, "source remove", source="127-0-0-1-club/").answer(BUILT)
        for path in (chosen.data / "library").glob(".removed*/*"):
            os.utime(path, (1, 1))
        assert "cannot be put back any more: please add it anew" in words(await mod.click(removed, "Undo").answer())


async def test_two_managers_who_add_the_same_address_at_once_have_it_read_once(
    discord: StandIn, reaching: QuothClient, site: Site, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sites.name_for

    def slow(*given: Any) -> str:
        time.sleep(0.3)  # both have looked by then whether it is there already
        return real(*given)

    monkeypatch.setattr(sites, "name_for", slow)
    other = discord.person("other", discord.role("janitors", Permission.MANAGE_GUILD))
    both = await asyncio.gather(*(add(discord, person, f"{site.url}/club/") for person in (mod, other)))
    assert sorted("among the documents already" in words(seen) for seen in both) == [False, True]
    assert len(compose.connectors(reaching.services.settings).kept()) == 1


async def test_what_is_removed_while_it_is_read_is_not_said_to_be_added(
    discord: StandIn, reaching: QuothClient, site: Site, mod: Person
) -> None:
    other, gone = discord.person("other", discord.role("janitors", Permission.MANAGE_GUILD)), threading.Event()

    def slow(_: object) -> Answer:
        gone.wait(BUILT)
        return Answer(b"<p>The gym opens at noon on Sundays.</p>")

    site.routes["/club/gym"] = slow
    adding = asyncio.create_task(add(discord, mod, f"{site.url}/club/"))
    await until(lambda: "/club/gym" in site.asked)
    removed = await other.slash(discord.channel, "source remove", source="127-0-0-1-club/").answer(BUILT)
    assert "is no longer quoted" in words(removed)
    site.page("/club", "The club is painted green.")
    assert "127-0-0-1-club-2/: 1 document" in words(await add(discord, other, f"{site.url}/club"))
    gone.set()
    assert "was not added: It was removed while it was being read" in words(await adding)
    assert CLOSED not in (await ask(discord, mod)).text
    assert not reaching.services.settings.data.joinpath("library", "127-0-0-1-club").exists()


async def test_what_was_removed_is_forgotten_after_an_hour_by_itself(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn, chosen: Settings, encoder: Encoder, site: Site, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshes, "_LOOK", 0.2)
    library = chosen.data / "library"
    async with running(discord, also(chosen, web_hosts="127.0.0.1"), encoder):
        await add(discord, mod, f"{site.url}/club/")
        await add_file(discord, mod, "pool.md", b"# Pool\n\nThe pool is closed on Mondays.\n")
        for source in ("127-0-0-1-club/", "uploads/pool.md"):
            await mod.slash(discord.channel, "source remove", source=source).answer(BUILT)
        removed = [path for path in library.glob(".removed*/**/*") if path.is_file()]
        assert sorted(path.suffix for path in removed) == [".json", ".md"]
        for path in removed:
            os.utime(path, (time.time() - 3700, time.time() - 3700))
        await until(lambda: not any(path.is_file() for path in library.glob(".removed*/**/*")))


async def test_a_page_alone_is_taken_alone_and_its_refresh_not_undone_past_a_later_one(
    discord: StandIn, reaching: QuothClient, site: Site, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("/club/pool", POOL, "gym")
    added = await add(discord, mod, f"{site.url}/club/pool")
    assert "127-0-0-1-club-pool/: 1 document · 1 added" in words(added)
    assert "let it end with" in words(added)
    assert CLOSED in (await ask(discord, discord.person("ada"), ASKED)).text
    assert "/club/gym" not in site.asked
    connectors = compose.connectors(reaching.services.settings)
    [name] = connectors.kept()
    assert name == "127-0-0-1-club-pool"
    real = sites._run

    async def overtaken(services: Services, site_name: str) -> State | None:
        """Run, and have the schedule run it as well before others that were refreshed at once have ended."""
        state = await real(services, site_name)
        site.page("/club/pool", "The pool is closed on Fridays for cleaning, all year long.")
        await services.refreshes.refresh(site_name)
        return state

    monkeypatch.setattr(sites, "_run", overtaken)
    site.page("/club/pool", "The pool is closed on Tuesdays for cleaning, all year long.")
    fresh = await mod.slash(discord.channel, "source refresh", source=name).answer(BUILT)
    assert "1 document · 1 changed" in words(fresh)
    assert [button.label for button in fresh.buttons] == [], "what the schedule has fetched is not to be undone"


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("{site}/club/", "127.0.0.1 is inside the network that I run in"),
        ("http://localhost:1/", "localhost is inside the network that I run in"),
        ("http://169.254.169.254/latest/", "is inside the network that I run in"),
        ("file:///etc/passwd", "has to be an address such as"),
        ("the wiki", "has to be an address such as"),
        ("https://ada:secret@example.org/", "has to be an address such as"),
    ],
)
async def test_what_cannot_be_added_is_told_and_leaves_nothing(
    discord: StandIn, chosen: Settings, mod: Person, address: str, complaint: str
) -> None:
    with Site() as site:
        answer = await add(discord, mod, address.format(site=site.url))
        assert complaint in words(answer)
        assert str(chosen.data) not in answer.text
        assert site.asked == []
    assert compose.connectors(chosen).configured() == {}
    assert not (chosen.data / "library" / ".connectors").exists() or not list(
        (chosen.data / "library" / ".connectors").iterdir()
    )


@pytest.mark.usefixtures("reaching")
async def test_what_was_fetched_and_cannot_be_read_is_told(discord: StandIn, site: Site, mod: Person) -> None:
    site.routes["/club/plan.pdf"] = Answer(b"%PDF-1.4 and no more", 200, {"Content-Type": "application/pdf"})
    site.page("/club/", "All about the club.", "pool", "plan.pdf")
    added = await add(discord, mod, f"{site.url}/club/")
    assert "plan.pdf: is not a PDF, or is damaged" in words(added)
    assert "pool" not in words(added)
    site.page("/club/pool", "The pool is closed on Tuesdays for cleaning, all year long.")
    fresh = await mod.slash(discord.channel, "source refresh", source="127-0-0-1-club").answer(BUILT)
    assert "1 changed" in words(fresh)
    assert "plan.pdf: is not a PDF, or is damaged" in words(fresh)


async def test_a_site_that_is_wrong_leaves_nothing(discord: StandIn, reaching: QuothClient, mod: Person) -> None:
    with Site() as site:
        answer = await add(discord, mod, f"{site.url}/nothing/")
        assert f"{site.url}/nothing/ was not added: {site.url}/nothing/ answers with status 404" in words(answer)
    assert compose.connectors(reaching.services.settings).configured() == {}
    neither = await mod.slash(discord.channel, "source add").answer()
    assert "Give a file, a web address or a channel" in neither.text
    nothing = await mod.slash(discord.channel, "source refresh").answer()
    assert "Nothing is fetched from elsewhere yet" in nothing.text


@pytest.mark.usefixtures("reaching")
async def test_why_a_site_was_not_added_is_told_though_it_cannot_be_removed_at_once(
    discord: StandIn, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectorError("What it has fetched could not be removed (Permission denied): that is tried again.")

    monkeypatch.setattr(Connectors, "remove", refuse)
    with Site() as site:
        answer = await add(discord, mod, f"{site.url}/nothing/")
        assert "answers with status 404" in words(answer)


async def test_a_file_of_connectors_that_is_broken_is_told_and_takes_nothing_away(
    discord: StandIn, reaching: QuothClient, chosen: Settings, site: Site, mod: Person
) -> None:
    added = await add(discord, mod, f"{site.url}/club/")
    await add_file(discord, mod, "bells.md", b"# Bells\n\nThe bells ring at noon.\n")
    (chosen.documents.parent / "connectors.toml").write_text("[docs\n")
    for name in ("127-0-0-1-club/", "127-0-0-1-club"):
        command = "source remove" if name.endswith("/") else "source refresh"
        told = await mod.slash(discord.channel, command, source=name).answer(BUILT)
        assert "The list of web sites and repositories cannot be read" in words(told)
    assert "Whoever runs the bot finds the reason" in words(await mod.click(added, "Undo").answer(BUILT))
    assert await mod.autocomplete(discord.channel, "source remove", "source", "") == [("uploads/bells.md",) * 2]
    assert CLOSED in (await ask(discord, mod)).text
    (chosen.documents.parent / "connectors.toml").unlink()
    assert "is no longer quoted" in words(await mod.click(added, "Undo").answer(BUILT))
    assert reaching.services.desk.is_open


@pytest.mark.usefixtures("reaching")
async def test_others_may_not_add_or_refresh(discord: StandIn, site: Site, ada: Person) -> None:
    refusals = [
        await add(discord, ada, f"{site.url}/club/"),
        await ada.slash(discord.channel, "source refresh").answer(),
    ]
    assert all("That is for those who may manage" in refused.text for refused in refusals)
    assert site.asked == []


async def test_what_whoever_runs_the_bot_set_up_is_not_removed_from_discord_and_closed_ones_are_not_named(
    discord: StandIn, chosen: Settings, encoder: Encoder, site: Site
) -> None:
    keys = discord.role("keys")
    manage = discord.role("managers", Permission.MANAGE_GUILD)
    mod, keeper = discord.person("mod", manage), discord.person("keeper", manage, keys)
    settings = also(chosen, web_hosts="127.0.0.1", access=f"vault/=role:{keys.id}")
    for name in ("vault", "club"):
        compose.connectors(settings).add(name, {"kind": "web", "location": f"{site.url}/club/", "every": "never"})
    async with running(discord, settings, encoder):
        refused = await mod.slash(discord.channel, "source remove", source="club/").answer()
        assert "was set up by whoever runs this bot, who alone can remove it" in words(refused)
        assert await mod.autocomplete(discord.channel, "source refresh", "source", "") == [("club", "club")]
        fresh = await mod.slash(discord.channel, "source refresh").answer(BUILT)
        assert "vault" not in words(fresh)
        assert "vault" not in words(await mod.slash(discord.channel, "index status").answer())
        assert "vault" in words(await keeper.slash(discord.channel, "source refresh").answer(BUILT))
        assert "vault" in words(await keeper.slash(discord.channel, "index status").answer())
