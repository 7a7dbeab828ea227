"""A small bot on the real discord.py, for the stand-in to be tested with."""

from __future__ import annotations

import asyncio
import io
import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands, ui

from bot.standin import StandIn


class Counter(ui.DynamicItem[ui.Button[Any]], template=r"count:(?P<number>\d+)"):
    """A button whose number is in its custom_id, so that it works after a restart."""

    def __init__(self, number: int) -> None:
        super().__init__(ui.Button(label=f"Count {number}", custom_id=f"count:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(cls, _: Any, __: Any, match: re.Match[str]) -> Counter:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(view=card(f"Counted to {self.number + 1}", self.number + 1))


class Comment(ui.Modal, title="Comment"):
    """A modal with a label, as discord.py 2.7 has them."""

    comment = ui.Label(text="Your comment", component=ui.TextInput(custom_id="comment", max_length=50))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        assert isinstance(self.comment.component, ui.TextInput)
        await interaction.response.send_message(f"You wrote {self.comment.component.value}", ephemeral=True)


def card(text: str, number: int = 0) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay(text), ui.Separator(), ui.ActionRow(Counter(number))))
    return view


class Bot(discord.AutoShardedClient):
    """Answers commands; keeps what it hears. `act` runs whatever a test wants within `/act`."""

    def __init__(self, intents: discord.Intents) -> None:
        # on_ready waits this long after the last server came
        mentions = discord.AllowedMentions.none()
        super().__init__(intents=intents, guild_ready_timeout=0.05, allowed_mentions=mentions)
        self.tree = app_commands.CommandTree(self)
        self.received: list[discord.Message] = []
        self.edited: list[discord.Message] = []
        self.threads: list[discord.Thread] = []
        self.errors: list[BaseException] = []
        self.resumes = 0
        self.act: Any = None
        add_commands(self.tree)
        self.tree.add_command(_read)
        self.tree.error(self._failed)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Counter)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """discord.py waits 5 s here, so as not to identify too often."""

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.received.append(message)
            if self.user in message.mentions:
                await message.reply(f"You said {message.content}")

    async def on_message_edit(self, _: discord.Message, after: discord.Message) -> None:
        self.edited.append(after)

    async def on_thread_create(self, thread: discord.Thread) -> None:
        self.threads.append(thread)

    async def on_resumed(self) -> None:
        self.resumes += 1

    async def on_error(self, *_: Any, **__: Any) -> None:
        self.errors.append(sys.exc_info()[1] or RuntimeError())

    async def _failed(self, _: Any, error: app_commands.AppCommandError) -> None:
        self.errors.append(error.__cause__ or error)


@app_commands.command(name="read", description="Read a file.")
async def _read(interaction: discord.Interaction[Bot], file: discord.Attachment) -> None:
    words = (await file.read()).decode()
    await interaction.response.send_message(f"{file.filename} ({file.size}, {file.content_type}): {words}")


def add_commands(tree: app_commands.CommandTree[Bot]) -> None:
    @tree.command(description="Ask a question.")
    @app_commands.describe(question="What you want to know", private="Only you see the answer")
    async def ask(
        interaction: discord.Interaction[Bot],
        question: app_commands.Range[str, 1, 300],
        private: bool | None,  # noqa: FBT001 - how discord.py declares an option
    ) -> None:
        await interaction.response.defer(thinking=True, ephemeral=bool(private))
        await asyncio.sleep(0.01)
        await interaction.edit_original_response(view=card(f"The answer to {question}"))

    @tree.command(description="Run what the test asks for.")
    async def act(interaction: discord.Interaction[Bot]) -> None:
        await interaction.client.act(interaction)

    source = app_commands.Group(name="source", description="The documents.")

    @source.command(description="Find a document.")
    async def find(interaction: discord.Interaction[Bot], title: str) -> None:
        await interaction.response.send_message(f"Found {title}")
        await interaction.followup.send("And more", ephemeral=True)

    @find.autocomplete("title")
    async def complete(_: discord.Interaction[Bot], typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed} {n}", value=f"{typed}-{n}") for n in range(3)]

    @tree.command(description="For moderators.")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def rebuild(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.send_message("Rebuilt", file=discord.File(io.BytesIO(b"All is well."), "report.txt"))

    @tree.command(description="Opens a modal.")
    async def comment(interaction: discord.Interaction[Bot]) -> None:
        await interaction.response.send_modal(Comment())

    @tree.context_menu(name="Answer this")
    async def answer_this(interaction: discord.Interaction[Bot], message: discord.Message) -> None:
        await interaction.response.send_message(f"It says {message.content}", ephemeral=True)

    tree.add_command(source)


async def eventually(so: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until it is `so`, whatever it is that makes it so."""
    async with asyncio.timeout(seconds):
        while not so():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.01)


@asynccontextmanager
async def logged_in(stand_in: StandIn, intents: discord.Intents | None = None) -> AsyncIterator[Bot]:
    """A bot that is ready; without the message content intent unless it is given."""
    bot = Bot(intents or discord.Intents.default())
    async with bot:
        running = asyncio.create_task(bot.start(stand_in.token))
        async with asyncio.timeout(30):
            while not bot.is_ready():
                if running.done():
                    await running
                await asyncio.sleep(0.01)
        yield bot
    await running
