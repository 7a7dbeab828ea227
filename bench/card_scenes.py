"""What is done on Discord so that every kind of card comes up: by the people of the playground, with the real bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import discord
from card_documents import SAUNA, change_quiet_hours
from card_values import views

from bot.cards.hello_card import hello_card
from bot.cards.privacy_card import forgotten_card
from bot.cards.status_card import progress_card, report_card
from bot.playground.game import Game
from bot.standin.driver.person import Person
from bot.standin.driver.response import Response
from bot.standin.driver.seen import Seen
from bot.standin.posting.body import Composer
from bot.standin.posting.post import Extras, post
from bot.standin.rules.pings import Sender
from bot.standin.state.channel import Channel
from bot.standin.state.message import Message, MessageFlag
from index.build.builder import BuildReport

QUIET = "When do quiet hours begin?"
SAUNA_ASKED = "When is the sauna heated?"
PATIENCE = 120.0
"""Seconds that a rebuild, and what follows from it, may take."""


@dataclass(frozen=True)
class Scene:
    """A card by its name, as `viewer` sees it in `channel`."""

    name: str
    message: Message
    viewer: Person
    channel: Channel


@dataclass
class Stage:
    """The playground with its people, over documents that can be changed."""

    game: Game
    documents: Path
    scenes: list[Scene] = field(default_factory=list)

    @property
    def people(self) -> tuple[Person, Person, Person]:
        """A member, a moderator and a helper."""
        ada, mo, kim = (character.person for character in self.game.cast.characters)
        return ada, mo, kim

    def keep(self, name: str, seen: Seen, viewer: Person) -> Seen:
        """Note a card to take a picture of."""
        self.scenes.append(Scene(name, seen.message, viewer, seen.message.channel))
        return seen

    async def slash(self, card: str, person: Person, channel: Channel, command: str, /, **options: str) -> Seen:
        """Use a command, and note its answer."""
        return self.keep(card, await person.slash(channel, command, **options).answer(PATIENCE), person)


async def before_changes(stage: Stage) -> None:
    """Have all cards shown that the documents as they are give."""
    _posted(stage)
    await _answers(stage)
    await _lookups(stage)
    await _for_managers(stage)
    await _posts(stage)


def _post(stage: Stage, name: str, view: discord.ui.LayoutView) -> None:
    """Post a card that does not come up in the playground, or not for long."""
    world, channel = stage.game.discord.world, stage.game.discord.channel
    content = {"flags": int(MessageFlag.IS_COMPONENTS_V2), "components": view.to_components()}
    body = Composer(world, Sender(world.bot, channel), stage.game.discord.addresses.cdn).new(content, (), None)
    stage.scenes.append(Scene(name, post(world, channel, world.bot, body, Extras()), stage.people[0], channel))


def _posted(stage: Stage) -> None:
    world = stage.game.discord.world
    ids = {command.name: command.id for scope in world.commands.values() for command in scope}
    built = BuildReport("000004-0", False, 6, 12, 3, ("sauna.md",), (), (), (), 7.0, aside="000005-0", lost=(QUIET,))
    for name, view in {
        "hello": hello_card(3, lambda name: f"</{name}:{ids[name.split()[0]]}>"),
        "index-building": progress_card("encoding", 310, 480, 12.0),
        "index-kept-aside": report_card(built, {"sauna.md": "Sauna"}),
        "forgotten": forgotten_card(3, 1),
    }.items():
        _post(stage, name, view)
    for name, view in views(stage.game.cast.open_channels[0].id):
        _post(stage, name, view)


async def _answers(stage: Stage) -> None:
    ada, _, kim = stage.people
    general = stage.game.discord.channel
    asked = {
        "answer-sure": QUIET,
        "answer-probable": "Who looks after the weather station?",
        "answer-guess": "What do keys of lockers cost in the bar?",
        "answer-steps": "How do I book a boat for the afternoon?",
        "answer-code": "How can I read the wind from a program?",
        "answer-table": "I'd like to know what a keelboat costs for a day",
        "nothing-found": "Who won the cup final?",
        "not-clear": "what about it?",
        "other-language": "Où puis-je acheter une glace au chocolat ?",
    }
    shown = {name: await stage.slash(name, ada, general, "ask", question=text) for name, text in asked.items()}
    context = next(button.custom_id for button in shown["answer-sure"].buttons if button.label == "Context")
    stage.keep("context", await ada.click(shown["answer-sure"], context or "").answer(PATIENCE), ada)
    for person in (ada, kim):
        refused = await person.slash(general, "ask", question=SAUNA_ASKED).answer(PATIENCE)
        noted = await person.click(refused, "Tell me when the documents have it").answer(PATIENCE)
        if person is ada:
            stage.keep("tell-me-noted", noted, ada)
    further = await ada.click(shown["answer-probable"], "More").answer(PATIENCE)
    stage.keep("more", further, ada)
    await _teaching(stage, shown["answer-probable"])
    stage.keep("vote", await ada.click(shown["answer-sure"], "👍").answer(PATIENCE), ada)
    wrong = ada.reply(shown["answer-probable"], "That's wrong.")
    stage.keep("offer-to-vote", await wrong.answer(PATIENCE), ada)
    claim = kim.say(general, "Quiet hours begin at nine. Each member may bring three guests. Cats are not allowed.")
    stage.keep("check-this", await ada.menu(claim, "Check this").answer(PATIENCE), ada)


async def _teaching(stage: Stage, answer: Seen) -> None:
    mo = stage.people[1]
    disliked = await mo.click(answer, "👎").answer(PATIENCE)
    stage.keep("correct-this", await mo.click(disliked, "Correct this").answer(PATIENCE), mo)


async def _lookups(stage: Stage) -> None:
    ada, general = stage.people[0], stage.game.discord.channel
    await stage.slash("help", ada, general, "help")
    await stage.slash("privacy", ada, general, "privacy")
    await stage.slash("source-list", ada, general, "source list")
    await stage.slash("source-find", ada, general, "source find", name="quiet")
    await stage.slash("source-find-nothing", ada, general, "source find", name="zeppelin")
    await stage.slash("source-show", ada, general, "source show", source="boats.md")
    stage.keep("refusal", await ada.forge(general, "settings").answer(PATIENCE), ada)


async def _for_managers(stage: Stage) -> None:
    mo, moderators = stage.people[1], stage.game.cast.moderators
    await stage.slash("settings", mo, moderators, "settings")
    await stage.slash("index-status", mo, moderators, "index status")
    await stage.slash("insight", mo, moderators, "insight")
    added = mo.slash(moderators, "source add", file=("bar.md", b"# Bar\n\nThe bar closes at midnight.\n"))
    stage.keep("source-added", await added.answer(PATIENCE), mo)


async def _posts(stage: Stage) -> None:
    ada, mo, _ = stage.people
    forum = next(channel for channel in stage.game.cast.open_channels if channel.name == "help-forum")
    asked = ada.post(forum, "Quiet hours", QUIET)
    answer = stage.keep("post", await asked.answer(PATIENCE), ada)
    stage.keep("helper-asked", await ada.click(answer, "Ask a helper").answer(PATIENCE), ada)
    called = await _until(lambda: _mentioning_helpers(stage, asked.channel))
    stage.scenes.append(Scene("helper-called", called, ada, asked.channel))
    stage.keep("solved", await ada.click(answer, "Solved").answer(PATIENCE), ada)
    kept = mo.menu(ada.say(stage.game.discord.channel, "The slipway is free after six."), "Keep as answer")
    form = await kept.modal(PATIENCE)
    answered = form.submit(question="When is the slipway free?")
    stage.keep("kept", await answered.answer(PATIENCE), mo)
    wish = await _until(lambda: _asking_for_consent(stage))
    await ada.click(Seen(wish, wish.body), "Yes, keep it").answer(PATIENCE)
    asked_again = await ada.slash(stage.game.discord.channel, "ask", question="When is the slipway free?").answer(60)
    stage.keep("answer-kept", asked_again, ada)


async def after_changes(stage: Stage) -> None:
    """Change the documents and rebuild the index: cards are corrected, and those who wait are told."""
    mo, moderators, game = stage.people[1], stage.game.cast.moderators, stage.game
    quiet = next(scene for scene in stage.scenes if scene.name == "answer-sure")
    change_quiet_hours(stage.documents)
    (stage.documents / "sauna.md").write_text(SAUNA, "utf-8")
    (stage.documents / "broken.pdf").write_bytes(b"this is no PDF")
    await game.sync()
    rebuild: Response = mo.slash(moderators, "index rebuild")
    done = await rebuild.when(lambda seen: "rebuilt" in seen.text, PATIENCE)
    stage.keep("index-rebuilt", done, mo)
    asked = await stage.slash("rollback", mo, moderators, "index rollback")
    general = game.discord.channel
    notice = await _until(
        lambda: next((message for message in _in(stage, general) if "have it now" in _text(message)), None)
    )
    stage.scenes.append(Scene("told-now", notice, stage.people[0], general))
    await _until(lambda: quiet.message if "~~" in _text(quiet.message) else None)
    stage.scenes.append(Scene("corrected", quiet.message, stage.people[0], quiet.channel))
    stage.keep("rolled-back", await mo.click(asked, "Go back").answer(PATIENCE), mo)


def _in(stage: Stage, channel: Channel) -> list[Message]:
    return list(stage.game.discord.world.messages.get(channel.id, {}).values())


def _mentioning_helpers(stage: Stage, channel: Channel) -> Message | None:
    return next((message for message in _in(stage, channel) if message.body.pings.roles), None)


def _asking_for_consent(stage: Stage) -> Message | None:
    sent = (message for some in stage.game.discord.world.messages.values() for message in some.values())
    return next(
        (message for message in sent if "May I keep your message" in _text(message) and message.channel.is_private),
        None,
    )


def _text(message: Message) -> str:
    return Seen(message, message.body).text


async def _until(look: Callable[[], Message | None]) -> Message:
    async with asyncio.timeout(PATIENCE):
        while (message := look()) is None:  # noqa: ASYNC110 -- in another process
            await asyncio.sleep(0.1)
        return message
