"""A closed folder: every way in that the bot has, tried by those who may not see it and by those who may.

What is looked at is everything that the bot sends to Discord meanwhile. A new command, option, completion, menu, button
or event fails here until it is tried, too.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import discord as discord_py
import pytest
from discord import app_commands

from bot import compose, settings
from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.answering.recent_questions import key_of
from bot.cards.buttons import (
    Accept,
    Agree,
    AskHelper,
    At,
    Choose,
    Correct,
    Decide,
    GoBack,
    ListCorrections,
    ListPage,
    Open,
    Pressed,
    PutBack,
    ReadAs,
    Share,
    ShowChanges,
    ShowContext,
    ShowInsight,
    ShowMore,
    ShowPart,
    Solved,
    TakeBack,
    Teach,
    TellMe,
    Undo,
    UndoChange,
    UndoRefresh,
    Vote,
    Way,
)
from bot.cards.custom_ids import PATTERNS, custom_id
from bot.cards.reference import refer, short_hash
from bot.cards.visible import JOINER
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Permission, Person, Response, Seen, StandIn
from bot.standin.rules.tree import Part
from bot.standin.state.channel import Channel
from bot.standin.state.interaction import InteractionKind
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.errors import DamagedError
from tests.bot.wire.conftest import also, running, until

SOURCE = "vaultroom/zanzibar.md"
SENTENCE = "The zanzibar treaty was signed by Octavia Fennimore on the ninth of March."
TEXT = f"---\nurl: https://a.example/zanzibar\n---\n# Zanzibar dossier\n\n## Quagmire clause\n\n{SENTENCE}\n"
QUESTION = "Who signed the treaty, and when?"
OPEN_QUESTION = "When do quiet hours begin?"
CANARY = ("vaultroom", "zanzibar", "octavia", "fennimore", "ninth of march", "dossier", "quagmire")
SAYS_NOTHING = {
    "event ready",
    "event shard_connect",
    "event shard_resumed",
    "event shard_disconnect",
    "event guild_join",
    "event raw_message_delete",
    "event raw_bulk_message_delete",
    "event raw_reaction_add",
    "event interaction",
    "event raw_thread_update",
    "event thread_update",
    "event raw_thread_delete",
    "/settings",
}
FOR_MANAGERS = (
    "/source add",
    "/source remove",
    "/source refresh",
    "/source answers",
    "menu Add to sources",
    "menu Keep as answer",
    "/insight",
)
"""Ways in for managers alone, which name only what managers added: `test_adding.py` tries what they show."""

MANAGERS_BUTTONS = {
    Undo,
    UndoRefresh,
    ShowInsight,
    Correct,
    ShowChanges,
    Teach,
    Decide,
    TakeBack,
    ListCorrections,
    Agree,
}
MANAGERS_WAYS = {f"button {kind.__name__}" for kind in MANAGERS_BUTTONS}
"""Buttons for managers alone: `test_adding.py`, `test_sites.py`, `test_insight.py`, `test_teaching.py` press them."""

PATIENCE = 60.0


@dataclass
class Scene:
    """The bot with a closed folder, and people: one with the role and one without; both may manage the server."""

    discord: StandIn
    bot: QuothClient
    vault: Channel
    outsider: Person
    member: Person
    typed: list[str] = field(default_factory=list)
    """What is typed that names what is closed: the bot repeats what somebody asks for."""

    messages: dict[tuple[int, int, bool], Seen] = field(default_factory=dict)

    def types(self, name: str) -> str:
        self.typed.append(name)
        return name

    async def message(self, who: Person, where: Channel, *, private: bool) -> Seen:
        """Return an answer that somebody has got in a channel."""
        key = (who.user.id, where.id, private)
        if key not in self.messages:
            used = who.slash(where, "ask", question=OPEN_QUESTION, private=private)
            self.messages[key] = await used.answer(PATIENCE)
        return self.messages[key]


Do = Callable[[Scene, Person, Channel, bool], Awaitable[object]]


@dataclass(frozen=True)
class Try:
    """A way in: what it covers, and whether those who may see the folder see something of it there.

    Answers of a `public` one are read by all in the channel, so that there a role opens nothing.
    """

    do: Do
    covers: tuple[str, ...]
    shows: bool = True
    public: bool = False
    dm: bool = True


TRIES: dict[str, Try] = {}


def way(*covers: str, shows: bool = True, public: bool = False, dm: bool = True) -> Callable[[Do], Do]:
    def add(do: Do) -> Do:
        TRIES[getattr(do, "__name__", "")] = Try(do, covers, shows, public, dm)
        return do

    return add


@way("/ask", "/ask question", "/ask private")
async def asked(_: Scene, who: Person, where: Channel, private: bool) -> None:  # noqa: FBT001
    await who.slash(where, "ask", question=QUESTION, private=private).answer(PATIENCE)
    await who.slash(where, "ask", question=QUESTION, private=private).answer(PATIENCE)


@way("/ask source")
async def asked_of_one_source(scene: Scene, who: Person, where: Channel, private: bool) -> None:  # noqa: FBT001
    for name in (SOURCE, "vaultro", "quoth:AAAAAAAAAAA"):
        used = who.slash(where, "ask", question=QUESTION, source=scene.types(name), private=private)
        await used.answer(PATIENCE)


@way("/ask source …")
async def source_completed(_: Scene, who: Person, where: Channel, private: bool) -> None:  # noqa: FBT001
    for typed in ("", "zanzi", "dossi", "vaultr"):
        await who.autocomplete(where, "ask", "source", typed, private=private)


@way("/source show", "/source show source", "/source show section", "/source show line", "/source show page")
async def shown(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
    for name in (SOURCE, "vaultro"):
        for place in ({}, {"section": scene.types("Quagmire clause")}, {"line": 8}, {"page": 1}):
            await who.slash(where, "source show", source=scene.types(name), **place).answer(PATIENCE)


@way("/source show source …", "/source show section …")
async def places_completed(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
    for typed in ("", "zanzi", "dossi"):
        await who.autocomplete(where, "source show", "source", typed)
        await who.autocomplete(where, "source show", "section", typed and "quagm", source=scene.types(SOURCE))


@way("/source find", "/source find name")
async def found_by_name(_: Scene, who: Person, where: Channel, __: bool) -> None:  # noqa: FBT001
    for name in ("zanzi", "quagmir", "vaultro"):
        await who.slash(where, "source find", name=name).answer(PATIENCE)


@way("/source list")
async def listed(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
    seen = await who.slash(where, "source list").answer(PATIENCE)
    counted(scene, who, where, seen)


@way("/help", shows=False)  # it counts documents, and its examples are of the first two
async def helped(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
    counted(scene, who, where, await who.slash(where, "help").answer(PATIENCE))


@way("/index status", dm=False)
async def told_the_status(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
    seen = await who.slash(where, "index status").answer(PATIENCE)
    counted(scene, who, where, seen)
    assert ("broken" in seen.text) is may_see(scene, who, where)


@way("/privacy", "/forget-me", "/index rollback", shows=False)
async def told_what_is_kept(_: Scene, who: Person, where: Channel, __: bool) -> None:  # noqa: FBT001
    """There is no index to go back to; what is told of one is `test_a_rebuild`'s."""
    await who.slash(where, "privacy").answer(PATIENCE)
    await who.slash(where, "forget-me").answer(PATIENCE)
    if where.guild is not None:
        assert "no earlier index" in (await who.slash(where, "index rollback").answer(PATIENCE)).text


@way("menu Answer this", public=True, dm=False)
async def answered_what_was_said(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
    said = scene.outsider.say(where, QUESTION)
    await who.menu(said, "Answer this").answer(PATIENCE)


@way("menu Find sources", dm=False)
async def sources_found(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
    said = scene.outsider.say(where, QUESTION)
    await who.menu(said, "Find sources").answer(PATIENCE)


@way("menu Check this", dm=False)
async def checked(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
    said = scene.outsider.say(where, "The treaty was signed on a Wednesday by somebody.")
    await who.menu(said, "Check this").answer(PATIENCE)


@way("event raw_message_edit", public=True)
async def asked_anew(_: Scene, who: Person, where: Channel, __: bool) -> None:  # noqa: FBT001
    said = who.dm(OPEN_QUESTION) if where.guild is None else who.ask(where, OPEN_QUESTION)
    answer = await said.answer(PATIENCE)
    before = len(answer.message.versions)
    who.edit(said, QUESTION if where.guild is None else f"{said.world.bot.mention} {QUESTION}")
    await until(lambda: len(answer.message.versions) > before, PATIENCE)


@way("event message", public=True)
async def spoken_to(_: Scene, who: Person, where: Channel, __: bool) -> None:  # noqa: FBT001
    """By a mention, by a reply, by a follow-up, in a thread, and unasked where the bot answers unasked."""
    if where.guild is None:
        await who.dm(QUESTION).answer(PATIENCE)
        await who.dm("and on which day?").answer(PATIENCE)
        return
    answer = await who.ask(where, QUESTION).answer(PATIENCE)
    await who.reply(answer, "and on which day was it signed?").answer(PATIENCE)
    thread = where if where.is_thread else who.open_thread(where, "treaty")
    await who.ask(thread, QUESTION).answer(PATIENCE)
    await who.ask(thread, "and on which day?").answer(PATIENCE)
    who.say(where, QUESTION)
    await who.ask(where, OPEN_QUESTION).answer(PATIENCE)  # what is said before is answered before, or not at all


def press_each(kind: type[Pressed]) -> Do:
    async def pressed(scene: Scene, who: Person, where: Channel, _: bool) -> None:  # noqa: FBT001
        """On a public message, as if on an answer that somebody else got, and on one's own."""
        for private in (False, True):
            message = await scene.message(who, where, private=private)
            for button in forged(scene):
                if isinstance(button, kind):
                    await press(who, message, custom_id(button)).answer(PATIENCE)

    return pressed


SAY_NOTHING = {Accept, Vote, TellMe, Choose, PutBack, UndoChange, Solved, AskHelper, GoBack, Share, ReadAs}
"""Buttons that show nothing of documents to anybody."""

for _kind in PATTERNS.keys() - MANAGERS_BUTTONS:
    TRIES[f"pressed {_kind.__name__}"] = Try(press_each(_kind), (f"button {_kind.__name__}",), _kind not in SAY_NOTHING)


def press(who: Person, shown: Seen, pressed: str) -> Response:
    """Press a button that the bot has not put there: a forged one, or one of an answer that has been replaced."""
    button = {"type": int(Part.BUTTON), "style": 2, "label": "forged", "custom_id": pressed, "id": 91}
    row = {"type": int(Part.ACTION_ROW), "components": [button], "id": 90}
    kept = [component for component in shown.message.body.components if component.get("id") != row["id"]]
    body = replace(shown.message.body, components=(*kept, row))
    shown.message.become(body, edited=False)
    data = {"component_type": int(Part.BUTTON), "custom_id": pressed, "id": 91}
    return who._interactor.send(InteractionKind.COMPONENT, shown.message.channel, data, shown.message)


def forged(scene: Scene) -> Iterator[Pressed]:
    """Yield buttons of every kind that would show the document to whoever may see it."""
    document = scene.bot.services.desk.generation.catalogue.document(SOURCE)
    start = document.text.index(SENTENCE)
    quote, part = refer(SOURCE, start, SENTENCE), refer(SOURCE, 0, document.text)
    yield from (
        Choose("quotes"),
        PutBack("quotes"),
        UndoChange(1),
        Solved(),
        AskHelper(),
        GoBack(bytes(8)),
        Accept(bytes(8)),
        ReadAs("pins", bytes(8)),
    )
    of_source = Asked(QUESTION, scope=frozenset({SOURCE}))
    for question in (Asked(QUESTION), of_source):
        scene.bot.services.recent_questions.add(question)
        yield ShowMore(key_of(question), 0)
    yield from (ShowContext(quote), ShowContext(quote, At(Way.FROM, 0)), ShowPart(part, At(Way.FROM, 0)))
    yield from (Open(short_hash(SOURCE), short_hash(path)) for path in ("", "Quagmire clause"))
    yield from (ListPage(0), Share())
    yield TellMe(key_of(of_source))
    yield Vote(up=True, question=key_of(of_source), quote=quote)


def may_see(scene: Scene, who: Person, where: Channel) -> bool:
    """Tell whether somebody alone may see it."""
    return scene.vault.id in {where.id, where.parent and where.parent.id} or (
        who is scene.member and where.guild is not None
    )


def counted(scene: Scene, who: Person, where: Channel, seen: Seen) -> None:
    assert f"{3 if may_see(scene, who, where) else 2} documents" in seen.text.replace("**", "")


def leaked(scene: Scene, since: int) -> list[str]:
    """Return what the bot has sent that holds a word of what is closed; what was typed may be repeated."""
    sent = [
        json.dumps(exchange.data, ensure_ascii=False)
        for exchange in scene.discord.api.log[since:]
        if exchange.data is not None
    ]
    leaks = []
    for body in sent:
        plain = body.replace("\\", "").replace(JOINER, "").lower()
        for typed in sorted(scene.typed, key=len, reverse=True):
            plain = plain.replace(f"'{typed.lower()}'", "").replace(f"asked: {typed.lower()}", "")
        if any(word in plain for word in CANARY):
            leaks.append(body)
    return leaks


@pytest.fixture(scope="module")
def closed_village(village: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """The village with a closed folder, in which there is a document and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("closed")
    shutil.copytree(village / "documents", folder / "documents")
    (folder / "documents" / "vaultroom").mkdir()
    (folder / "documents" / SOURCE).write_text(TEXT)
    (folder / "documents" / "vaultroom" / "broken-ledger.pdf").write_bytes(b"%PDF-nothing")
    loaded = settings.load(documents=folder / "documents", data=folder / "data")
    compose.builder(loaded, encoder).build(loaded.documents, lambda *_: None)
    return folder


@pytest.fixture
def chosen(closed_village: Path, tmp_path: Path) -> Settings:
    shutil.copytree(closed_village, tmp_path, dirs_exist_ok=True)
    return settings.load(documents=tmp_path / "documents", data=tmp_path / "data", cooldown_seconds=0)


@pytest.fixture
async def scene(discord: StandIn, chosen: Settings, encoder: Encoder) -> AsyncIterator[Scene]:
    manage = discord.role("managers", Permission.MANAGE_GUILD)
    keys = discord.role("keys")
    vault = discord.text_channel("vault")
    access = f"vaultroom/=role:{keys.id},channel:{vault.id}"
    unasked = (discord.channel.id, vault.id)
    async with running(discord, also(chosen, access=access, channels=unasked), encoder) as bot:
        await until(lambda: bot.get_channel(vault.id))
        yield Scene(discord, bot, vault, discord.person("ada", manage), discord.person("bea", manage, keys))


async def test_nobody_who_may_not_see_it_sees_a_word_of_it_whatever_they_try(scene: Scene) -> None:
    """Neither without the role, nor with it where others read along, nor in private messages."""
    thread = scene.outsider.open_thread(scene.discord.channel, "elsewhere")
    places = (scene.discord.channel, thread)
    seen = {}
    for name, tried in TRIES.items():
        since = len(scene.discord.api.log)
        for where in places:
            await tried.do(scene, scene.outsider, where, True)
        await tried.do(scene, scene.outsider, scene.discord.channel, False)
        if tried.public or name in {"asked", "asked_of_one_source", "source_completed"}:
            await tried.do(scene, scene.member, scene.discord.channel, False)
        if tried.dm:
            for who in (scene.outsider, scene.member):
                await tried.do(scene, who, who.direct, True)
        seen[name] = leaked(scene, since)
    assert seen == {name: [] for name in TRIES}


async def test_whoever_may_see_it_does_in_every_one_of_these_ways(scene: Scene) -> None:
    """So that what was tried above is known to be a way in."""
    scene.types("vaultro")
    for name, tried in TRIES.items():
        thread = scene.outsider.open_thread(scene.vault, name[:20])
        for who, where in (
            (scene.member, scene.discord.channel),
            (scene.outsider, scene.vault),
            (scene.outsider, thread),
        ):
            if tried.public and where is scene.discord.channel:
                continue
            since = len(scene.discord.api.log)
            await tried.do(scene, who, where, True)
            assert bool(leaked(scene, since)) is tried.shows, (name, where.name)


async def test_a_role_that_is_taken_away_closes_what_was_open(scene: Scene) -> None:
    """The buttons of an answer that somebody had while they had the role look at who presses them now."""
    discord, bea = scene.discord, scene.member
    answer = await bea.slash(discord.channel, "ask", question=QUESTION, private=True).answer(PATIENCE)
    assert "Octavia Fennimore" in answer.text
    page = await bea.slash(discord.channel, "source find", name="zanzi").answer(PATIENCE)
    del discord.guild.members[bea.user.id].roles[1:]
    since = len(discord.api.log)
    for shown_before, buttons in ((answer, answer.buttons), (page, page.buttons)):
        for button in buttons:
            if button.emoji is None:
                await press(bea, shown_before, button.custom_id or "").answer(PATIENCE)
    assert leaked(scene, since) == []


async def test_a_rebuild_names_and_counts_it_only_where_it_may_be_seen(scene: Scene) -> None:
    """Both rebuilds are one: it is told to everybody in a channel, whoever began it."""
    folder = scene.bot.services.settings.documents
    (folder / "vaultroom" / "zanzibar-annex.md").write_text(
        "# Zanzibar annex\n\nOctavia Fennimore signs again in May.\n"
    )
    (folder / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    since = len(scene.discord.api.log)
    outside = scene.member.slash(scene.discord.channel, "index rebuild")
    inside = scene.outsider.slash(scene.vault, "index rebuild")
    public = await outside.when(lambda seen: "- Pool" in seen.text, 120)
    full = await inside.when(lambda seen: "- Pool" in seen.text, 30)
    assert "3 documents" in public.text
    assert "encoded" not in public.text
    assert "5 documents" in full.text
    assert "- Zanzibar annex" in full.text
    bodies = [seen.text.replace("\\", "").lower() for seen in outside.versions]
    assert not any(word in body for body in bodies for word in CANARY)
    assert leaked(scene, since), "that is how it is told where it may be"
    asked = await scene.outsider.slash(scene.discord.channel, "index rollback").answer(PATIENCE)
    assert "**Would go (1)**\n- Pool" in asked.text
    back = await scene.outsider.click(asked, "Go back").answer(PATIENCE)
    assert "with 2 documents" in back.text


async def test_where_the_one_before_is_answered_from_nothing_closed_is_in_it_nor_in_what_is_told_of_the_damage(
    scene: Scene, encoder: Encoder
) -> None:
    """What is wrong may name a document: the log alone has it."""
    desk, chosen = scene.bot.services.desk, scene.bot.services.settings
    (chosen.documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    await asyncio.to_thread(compose.builder(chosen, encoder).build, chosen.documents, lambda *_: None)
    await desk.refresh()
    newer = desk.generation
    assert "pool.md" in await desk.look_up(sources_of, Audience())

    def spoilt(answerer: Answerer) -> None:
        if answerer.generation is newer:
            raise DamagedError(f"documents.sqlite does not hold {SOURCE} as it was read.")

    await asyncio.to_thread(desk.standby.use, spoilt)
    assert await desk.look_up(sources_of, Audience()) == ["bakery.txt", "rules.md"]
    since, channel = len(scene.discord.api.log), scene.discord.channel
    await scene.outsider.slash(channel, "ask", question=QUESTION).answer(PATIENCE)
    status = await scene.outsider.slash(channel, "index status").answer(PATIENCE)
    warning = await scene.outsider.slash(channel, "index rebuild").followup()
    for message in (status, warning):
        assert "Damage" in message.text
        assert "The log says why" in message.text
    assert leaked(scene, since) == []
    assert "zanzibar.md" not in (await scene.member.slash(channel, "index status").answer(PATIENCE)).text


def sources_of(visible: VisibleDocuments) -> list[str]:
    return [source.source for source in visible.sources]


async def test_no_way_in_is_left_untried(scene: Scene) -> None:
    covered = {label for tried in TRIES.values() for label in tried.covers} | {"/index rebuild"} | SAYS_NOTHING
    assert covered == {
        way for way in ways_in(scene.bot) if not way.startswith(FOR_MANAGERS) and way not in MANAGERS_WAYS
    }


def ways_in(bot: QuothClient) -> Iterator[str]:
    """Yield every command, option and completion (…), every menu, every kind of button and every event."""
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            name = f"/{command.qualified_name}"
            yield name
            for option in command.parameters:
                yield f"{name} {option.name}"
                if option.autocomplete:
                    yield f"{name} {option.name} …"
    for kind in (discord_py.AppCommandType.message, discord_py.AppCommandType.user):
        yield from (f"menu {menu.name}" for menu in bot.tree.get_commands(type=kind))
    yield from (f"button {kind.__name__}" for kind in PATTERNS)
    yield from (f"event {name.removeprefix('on_')}" for name in vars(QuothClient) if name.startswith("on_"))


async def test_what_is_looked_up_says_for_whom(scene: Scene) -> None:
    """Nothing can be asked of the desk without an audience, and one that nothing is known of sees what is open."""
    assert await scene.bot.services.desk.look_up(sources_of, Audience()) == ["bakery.txt", "rules.md"]
    answer = await scene.bot.services.desk.answer(Asked(QUESTION), Audience())
    assert all(quote.source != SOURCE for quote in (*answer.quotes, *answer.closest))
