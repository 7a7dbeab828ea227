"""One playground: the stand-in, who is in it, the bot, and all pages that look on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.access import Rule, Rules, written
from bot.playground.page.botstate import BotState
from bot.playground.page.cast import Cast, enter
from bot.playground.page.keeper import Keeper
from bot.playground.page.limits import FILE_BYTES, FILES, TOTAL_BYTES
from bot.playground.page.orders import Orders
from bot.playground.page.welcome import welcome
from bot.playground.page.workspace import Workspace
from bot.playground.payload import Json
from bot.playground.standin import StandIn
from bot.playground.wire.user import user as user_object
from bot.settings import Settings
from index.read.kinds import READERS

Push = Callable[[Json], None]

_STAFF = "staff"


class Game:
    """What all pages share."""

    def __init__(self, settings: Settings, discord: StandIn, workspace: Workspace) -> None:
        """Play with the user's `settings` in `workspace`, over `discord`."""
        self.discord = discord
        self.workspace = workspace
        self.cast = enter(discord)
        self.welcome = welcome(settings.documents)
        self.keeper = Keeper(self._orders(settings), self._changed, self._report)
        self.watchers: set[Callable[[BotState], None]] = set()
        self.pages: set[Push] = set()
        self._syncing = asyncio.Lock()

    async def sync(self) -> None:
        """Take over what has changed in the user's documents."""
        async with self._syncing:
            await asyncio.to_thread(self.workspace.mirror.sync)

    def hello(self) -> Json:
        """Return what a page is told first."""
        guild = self.discord.guild
        return {
            "event": "hello",
            "server": {"id": str(guild.id), "name": guild.name},
            "bot": user_object(self.discord.world.bot),
            "people": [one.told() for one in self.cast.characters],
            "roles": self.cast.told_roles(),
            "bot_state": self.keeper.state.as_json(),
            "welcome": self.welcome.as_json(),
            "accepts": sorted(READERS),
            "limits": {"file_bytes": FILE_BYTES, "files": FILES, "total_bytes": TOTAL_BYTES},
        }

    def push(self, told: Json) -> None:
        """Tell every page."""
        for page in list(self.pages):
            page(told)

    def _changed(self, state: BotState) -> None:
        for watcher in list(self.watchers):
            watcher(state)
        self.push({"event": "bot", "bot_state": state.as_json()})

    def _report(self, report: Json) -> None: ...

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
            channels=tuple(channel.id for channel in self.cast.open_channels),
        )


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
