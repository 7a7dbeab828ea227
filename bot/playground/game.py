"""One playground: the stand-in, who is in it, the bot, and all pages that look on."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from aiohttp import MultipartReader

from bot.access.rules import Rule, Rules, written
from bot.playground.botstate import BotState, Phase
from bot.playground.cast import Cast, enter
from bot.playground.drops import Dropped, Drops
from bot.playground.exchanges import exchanges
from bot.playground.keeper import Keeper
from bot.playground.limits import FILE_BYTES, FILES, TOTAL_BYTES
from bot.playground.orders import Orders
from bot.playground.script import Script
from bot.playground.takein import TakeIn
from bot.playground.traces import Traces
from bot.playground.welcome import welcome
from bot.playground.workspace import Workspace
from bot.settings import Settings, as_environment, variable
from bot.standin.payload import Json
from bot.standin.rules.tree import flattened
from bot.standin.standin import StandIn
from bot.standin.state.message import Message
from bot.standin.wire.user import user as user_object
from index.read.kinds import READERS

if TYPE_CHECKING:
    from bot.playground.socket import PageSocket

_STAFF = "staff"
_EXCHANGES_KEPT = 2_000
"""Requests of the bot that are kept to be shown: a page may be open for days."""

_LOGGED = "ERROR"
"""From which level on the bot's log is shown on the terminal, where the settings do not say."""


class Game:
    """What all pages share."""

    def __init__(
        self, settings: Settings, discord: StandIn, workspace: Workspace, script: Script | None = None
    ) -> None:
        """Play with the user's `settings` in `workspace`, over `discord`; `script` is what writes, where one does."""
        self.discord = discord
        discord.api.log = deque(maxlen=_EXCHANGES_KEPT)
        self.workspace = workspace
        self.cast = enter(discord)
        self.welcome = welcome(settings, scripted=script is not None)
        self._script = script
        environment = as_environment(settings, given=True) | {
            variable("index"): ""
        }  # what is tried is nobody else's index
        environment |= script.variables if script is not None else {}
        self.keeper = Keeper(self._orders(settings), environment, self._changed, self._report)
        self.watchers: set[Callable[[BotState], None]] = set()
        self.pages: set[PageSocket] = set()
        self.traces = Traces(discord.world, self._traced)
        self._take_in = TakeIn(self.cast, self.push)
        self._drops = Drops(workspace.mirror, workspace.folder / "incoming", self._take_in.expect)
        self._syncing = asyncio.Lock()

    def hello(self) -> Json:
        """Return what a page is told first."""
        guild = self.discord.guild
        return {
            "event": "hello",
            "server": {"id": str(guild.id), "name": guild.name},
            "bot": user_object(self.discord.world.bot),
            "people": [character.as_json() for character in self.cast.characters],
            "roles": self.cast.roles_as_json(),
            "bot_state": self.keeper.state.as_json(),
            "welcome": self.welcome.as_json(),
            "accepts": sorted(READERS),
            "digest_channel": str(self.cast.moderators.id),
            "limits": {"file_bytes": FILE_BYTES, "files": FILES, "total_bytes": TOTAL_BYTES},
        }

    async def sync(self) -> None:
        """Take over what has changed in the user's documents; raises `DocumentsError` where they cannot be read."""
        async with self._syncing:
            await asyncio.to_thread(self.workspace.mirror.sync)

    async def drop(self, form: MultipartReader) -> Json:
        """Take in files that were dropped; the index follows."""
        dropped = Dropped()
        try:
            await self._drops.take(form, dropped)
        finally:  # what came before the connection broke is there
            self.push({"event": "dropped", "done": self._take_in.is_done} | dropped.as_json())
            self._take_in.begin()
        return dropped.as_json()

    def traced(self, message: Message) -> Json:
        """Return what the bot did for a message of its own, as far as it is known."""
        sent = exchanges(self.discord.world, self.discord.api.log, message)
        trace = self.traces.of(message)
        written = self._script.written(trace["question"], _text_of(message)) if self._script and trace else None
        return {"trace": trace, "exchanges": sent, "written": written}

    def push(self, event: Json) -> None:
        """Tell every page."""
        for page in list(self.pages):
            page.push(event)

    def _changed(self, state: BotState) -> None:
        for watcher in list(self.watchers):
            watcher(state)
        self.push({"event": "bot", "bot_state": state.as_json()})
        self._take_in.ready(is_ready=state.phase is Phase.READY)

    def _report(self, report: Json) -> None:
        """Take what the bot reports, besides how it is."""
        match report["report"]:
            case "trace":
                self.traces.add(report["of"], report["trace"])
            case "rebuilding":
                self._take_in.rebuilding(report["step"], report["done"], report["total"])
            case "rebuilt":
                self._take_in.rebuilt(report)
            case "week":
                self.push({"event": "week", "digests": report["digests"]})
            case "questions":
                self.welcome = replace(self.welcome, questions=tuple(report["questions"]))
                self.push({"event": "welcome", "welcome": self.welcome.as_json()})

    def _traced(self, message: Message) -> None:
        """Tell of a trace, after the message that it is of: that is being told of at this moment, or was before."""
        asyncio.get_running_loop().call_soon(self._tell_traced, message)

    def _tell_traced(self, message: Message) -> None:
        event = {"event": "trace", "channel": str(message.channel.id), "message": str(message.id)}
        for page in list(self.pages):
            if page.sees(message):
                page.push(event)

    def _orders(self, settings: Settings) -> Orders:
        addresses, mirror = self.discord.addresses, self.workspace.mirror
        return Orders(
            api=addresses.api,
            gateway=addresses.gateway,
            cdn=addresses.cdn,
            token=self.discord.token,
            documents=settings.documents.resolve(),
            data=settings.data.resolve(),
            played_documents=mirror.folder,
            played_data=self.workspace.data,
            access=written(rules_for(settings.access, mirror.documents, self.cast)),
            server=self.discord.guild.id,
            channels=tuple(channel.id for channel in self.cast.open_channels),
            helpers=self.cast.helpers.id,
            solved=self.cast.solved.id,
            digest=self.cast.moderators.id,
            suggests=not self.welcome.questions,
            log_level=settings.log_level if "log_level" in settings.model_fields_set else _LOGGED,
        )


def _text_of(message: Message) -> str:
    return flattened(message.body.content, message.body.embeds, message.body.components)


def rules_for(given: Rules, documents: tuple[str, ...], cast: Cast) -> Rules:
    """Return who may see what in the game.

    Ids of a real server mean nothing here, so each folder that is closed there is closed but to the staff; where none
    is, a folder `staff` of the documents is.
    """
    folders = [rule.folder for rule in given]
    if not folders and any(source.startswith(f"{_STAFF}/") for source in documents):
        folders = [_STAFF]
    roles, channels = frozenset({cast.staff.id}), frozenset({cast.staff_room.id})
    return tuple(Rule(folder, roles=roles, channels=channels) for folder in folders)
