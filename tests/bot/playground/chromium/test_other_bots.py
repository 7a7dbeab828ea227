"""What Quoth does not do, or only when it is ill: modals, selects, late answers. A small bot does it on demand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord import ui

from bot.playground.botstate import BotState, Phase
from bot.playground.game import Game
from bot.playground.server import listen, serving
from bot.playground.workspace import workspace
from bot.settings import Settings
from bot.standin import playground, redirected
from bot.standin.state.event import CommandsChanged
from bot.standin.state.interaction import InteractionKind
from tests.bot.standin.client import Bot, logged_in

from .accessible import violations
from .installed import Browser, expect
from .visitor import Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

Interaction = discord.Interaction[Any]

_TRACE = {
    "question": "Where is it?",
    "turns": [],
    "second_look": False,
    "confidence": 0.9,
    "threshold": 0.1,
    "answered": True,
    "why_not": None,
    "evidence": None,
    "passages": [],
    "sentences": [],
    "quotes": [],
    "choice": None,
    "steps": {},
    "total": 1.0,
    "generation": "000001",
}


@dataclass
class Act:
    """Somebody at a page behind which `bot` does what a test has it do on /act."""

    visitor: Visitor
    bot: Bot
    game: Game

    async def use(self) -> None:
        await self.visitor.begin("act")
        await self.visitor.page.keyboard.press("Enter")


@pytest_asyncio.fixture(loop_scope="session")
async def act(browser: Browser, chosen: Settings, tmp_path: Path) -> AsyncIterator[Act]:
    with listen(0) as listening, workspace(chosen.documents, tmp_path) as place:
        async with playground() as stand_in:
            game = Game(chosen, stand_in, place)
            with redirected(stand_in.addresses):
                async with serving(game, listening) as address, logged_in(stand_in) as bot:
                    game.keeper.become(BotState(Phase.READY))
                    async with visiting(browser, address.url) as visitor:
                        yield Act(visitor, bot, game)
                    assert bot.errors == []


class Form(ui.Modal, title="What is missing?"):
    where = ui.TextInput[Any](label="Where", max_length=20)
    more = ui.Label(text="More", component=ui.TextInput(style=discord.TextStyle.long, required=False))
    kind = ui.Label(
        text="Kind", component=ui.Select(options=[discord.SelectOption(label=label) for label in ("Wrong", "Missing")])
    )

    async def on_submit(self, interaction: Interaction) -> None:
        assert isinstance(self.kind.component, ui.Select)
        await interaction.response.send_message(f"{self.where.value}: {self.kind.component.values[0]}")


async def test_a_modal_is_filled_in_and_sent(act: Act) -> None:
    async def opens(interaction: Interaction) -> None:
        await interaction.response.send_modal(Form())

    act.bot.act = opens
    await act.use()
    dialog = act.visitor.page.get_by_role("dialog", name="What is missing?")
    where = dialog.get_by_role("textbox", name="Where")
    await expect(where).to_be_focused()
    await act.visitor.page.keyboard.press("Enter")
    await expect(dialog.get_by_text("This has to be filled in.").first).to_be_visible()
    assert await violations(act.visitor) == []
    await where.fill("The second chapter")
    await dialog.get_by_role("combobox", name="Kind").select_option("Wrong")
    async with act.visitor.answer() as answer:
        await dialog.get_by_role("button", name="Submit").dblclick()
    await expect(answer.shown).to_contain_text("The second chapter: Wrong")
    await expect(dialog).to_have_count(0)
    await expect(act.visitor.box).to_be_focused()
    sent = [
        interaction
        for interaction in act.game.discord.world.interactions.values()
        if interaction.kind is InteractionKind.MODAL
    ]
    assert len(sent) == 1, "pressed twice, sent once"


async def test_a_command_that_is_not_there_yet_is_not_posted(act: Act) -> None:
    world, box = act.game.discord.world, act.visitor.box
    known = dict(world.commands)
    world.commands.clear()
    world.tell(CommandsChanged())
    await box.press_sequentially("/act now")
    await expect(act.visitor.page.get_by_text("There are no commands here yet")).to_be_visible()
    await box.press("Enter")
    await expect(act.visitor.page.get_by_text("There are no commands yet: the bot brings them")).to_be_visible()
    await expect(box).to_have_value("/act now")
    assert not [message for messages in world.messages.values() for message in messages.values()]
    world.commands.update(known)


async def test_what_is_suggested_changes_with_the_commands_while_somebody_types(act: Act) -> None:
    world, box = act.game.discord.world, act.visitor.box
    known = dict(world.commands)
    await box.press_sequentially("/act")
    await expect(act.visitor.page.get_by_role("option").first).to_be_visible()
    world.commands.clear()
    world.tell(CommandsChanged())
    await expect(act.visitor.page.get_by_text("There are no commands here yet")).to_be_visible()
    world.commands.update(known)
    world.tell(CommandsChanged())
    await expect(act.visitor.page.get_by_role("option").first).to_be_visible()


async def test_what_becomes_of_documents_can_be_put_away_where_the_bot_stops(act: Act) -> None:
    sentence = "The bot has stopped: what was dropped is taken in when it runs again."
    act.game.push({"event": "dropped", "added": ["dropped/a.md"], "refused": []})
    await expect(act.visitor.page.get_by_text("Indexing")).to_be_visible()
    act.game.push({"event": "progress", "step": "stopped", "done": 1, "total": 1, "told": sentence})
    await expect(act.visitor.page.get_by_text(sentence)).to_be_visible()
    await act.visitor.button("Put away").click()
    await expect(act.visitor.page.get_by_text(sentence)).to_be_hidden()


class Choice(ui.View):
    @ui.select(
        placeholder="Which ones?",
        min_values=1,
        max_values=2,
        options=[discord.SelectOption(label=label) for label in ("Red", "Green", "Blue")],
    )
    async def several(self, interaction: Interaction, select: ui.Select[Any]) -> None:
        await interaction.response.edit_message(content=f"Picked {' and '.join(select.values)}")

    @ui.select(cls=ui.UserSelect, placeholder="Who?")
    async def user(self, interaction: Interaction, select: ui.UserSelect[Any]) -> None:
        await interaction.response.edit_message(content=f"Picked {select.values[0].display_name}")


async def test_selects_are_picked_from(act: Act) -> None:
    async def asks(interaction: Interaction) -> None:
        await interaction.response.send_message("Pick", view=Choice())

    act.bot.act = asks
    async with act.visitor.answer() as answer:
        await act.use()
    group = answer.shown.get_by_role("group", name="Which ones?")
    done = group.get_by_role("button", name="Done")
    await expect(done).to_be_disabled()
    await group.get_by_role("checkbox", name="Red").check()
    await group.get_by_role("checkbox", name="Blue").check()
    assert await violations(act.visitor) == []
    await done.click()
    await expect(answer.shown).to_contain_text("Picked Red and Blue")
    await answer.shown.get_by_role("combobox", name="Who?").select_option("Kim")
    await expect(answer.shown).to_contain_text("Picked Kim")


class Deaf(ui.View):
    @ui.button(label="Press me")
    async def press(self, interaction: Interaction, button: ui.Button[Any]) -> None:
        """Respond to nothing."""


async def test_whoever_is_not_answered_is_told_so(act: Act) -> None:
    async def responds_once(interaction: Interaction) -> None:
        await interaction.response.send_message("Well?", view=Deaf())

    async def responds_not(_: Interaction) -> None:
        pass

    act.bot.act = responds_once
    async with act.visitor.answer() as answer:
        await act.use()
    act.bot.act = responds_not
    await answer.shown.get_by_role("button", name="Press me").click()
    await act.use()
    waiting = act.visitor.page.get_by_role("article", name="waiting for an answer")
    await expect(waiting).to_contain_text("Quoth is thinking")
    alone = act.visitor.page.get_by_role("article", name="no answer")
    await expect(alone.get_by_role("alert")).to_have_text("The application did not respond")
    await expect(answer.shown.get_by_role("alert")).to_have_text("The application did not respond.")
    assert await violations(act.visitor) == []
    await act.visitor.page.reload()
    await expect(alone).to_be_visible()
    await alone.get_by_role("button", name="Dismiss message").click()
    await expect(alone).to_have_count(0)


async def test_a_page_loaded_again_in_the_middle_of_an_answer_shows_the_answer_as_it_goes_on(act: Act) -> None:
    came = asyncio.Event()

    async def answers_late(interaction: Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await came.wait()
        for bar in ("▰▱▱ 33 %", "▰▰▱ 67 %", "Done"):
            await interaction.edit_original_response(content=bar)

    act.bot.act = answers_late
    await act.use()
    await expect(act.visitor.last).to_contain_text("Quoth is thinking")
    await act.visitor.page.reload()
    await expect(act.visitor.last).to_contain_text("Quoth is thinking")
    await act.visitor.page.evaluate("""() => {
        window.seen = [];
        const article = document.querySelector("article:last-of-type");
        new MutationObserver(() => window.seen.push(article.innerText)).observe(
            article, { childList: true, characterData: true, subtree: true }
        );
    }""")
    came.set()
    await expect(act.visitor.last).to_contain_text("Done")
    seen = "\n".join(await act.visitor.page.evaluate("window.seen"))
    assert seen.index("▰▱▱ 33 %") < seen.index("▰▰▱ 67 %") < seen.index("Done")


async def test_what_the_bot_did_is_shown_where_it_becomes_known_after_the_answer(act: Act) -> None:
    async def answers(interaction: Interaction) -> None:
        used.append(interaction.id)
        await interaction.response.send_message("Here.")

    used: list[int] = []
    act.bot.act = answers
    await act.visitor.button("What the bot did").click()
    async with act.visitor.answer():
        await act.use()
    await expect(act.visitor.panel).to_contain_text("No answer was looked for here")
    act.game.traces.add(str(used[0]), _TRACE)
    await expect(act.visitor.panel.get_by_role("region", name="The question")).to_contain_text("Where is it?")
