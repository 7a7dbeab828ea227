"""Makes interactions out of what a person does, and hands them to the bot."""

from __future__ import annotations

import mimetypes
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from bot.standin.driver.errors import ClientRefusesError
from bot.standin.driver.filling import Filled
from bot.standin.driver.offer import Picked, owners
from bot.standin.driver.response import Response
from bot.standin.payload import Json
from bot.standin.rules.tree import Part
from bot.standin.state.channel import Channel
from bot.standin.state.command import Command
from bot.standin.state.event import InteractionMade
from bot.standin.state.interaction import Interaction, InteractionKind
from bot.standin.state.message import Attachment, Message
from bot.standin.state.role import Role
from bot.standin.state.user import User
from bot.standin.state.world import World
from bot.standin.wire import user as people
from bot.standin.wire.channel import partial
from bot.standin.wire.interaction import ATTACHMENT_BYTES, metadata
from bot.standin.wire.message import attachment
from bot.standin.wire.message import message as message_object

_UNSAFE = re.compile(r"[^\w.-]+")


class Interactor:
    """Sends one person's interactions."""

    def __init__(self, world: World, base: str, user: User) -> None:
        """Act in `world`; `base` is where files are served."""
        self._world = world
        self._base = base
        self._user = user

    def send(self, kind: InteractionKind, channel: Channel, data: Json, message: Message | None = None) -> Response:
        """Hand an interaction to the bot."""
        return self.response(self._make(kind, channel, data, message))

    def response(self, interaction: Interaction) -> Response:
        """Return what comes, from now on, of an interaction that was made."""
        return Response(
            self._world,
            interaction,
            self._submit,
            0 if interaction.message is None else len(interaction.message.versions),
        )

    def command(self, picked: Picked, filled: Filled) -> Json:
        """Return the data of a slash command."""
        data = _named(picked.command)
        data["options"] = picked.nested(filled.values)
        return data | self._resolved(filled.named)

    def upload(self, name: str, content: bytes) -> Attachment:
        """Upload a file for a command's option; `ClientRefusesError` where it is larger than a server takes."""
        if len(content) > ATTACHMENT_BYTES:
            raise ClientRefusesError(f"{name} is too large.")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        safe = _UNSAFE.sub("_", PurePosixPath(name.replace("\\", "/")).name)  # as Discord names what is uploaded
        file = Attachment(self._world.ids.make(), safe, content, kind)
        self._world.files[file.id] = file
        return file

    def select(self, part: Json, values: Sequence[str]) -> Json:
        """Return the data of what is picked from a select, with the users, roles and channels that it names."""
        data = {"component_type": part["type"], "custom_id": part["custom_id"], "id": part["id"]}
        data["values"] = list(values)
        named = [] if part["type"] == Part.STRING_SELECT else [self._named(int(value)) for value in values]
        return data | self._resolved(named)

    def menu(self, command: Command, message: Message) -> Json:
        """Return the data of a message's menu: with the whole message, whatever the bot's intents."""
        shown = message_object(self._world, message, self._base)
        return _named(command) | {"target_id": str(message.id), "resolved": {"messages": {str(message.id): shown}}}

    def _submit(self, opener: Interaction, data: Json) -> Interaction:
        return self._make(InteractionKind.MODAL, opener.channel, data, opener.message, metadata(opener))

    def _make(
        self,
        kind: InteractionKind,
        channel: Channel,
        data: Json,
        message: Message | None,
        opener: Json | None = None,
    ) -> Interaction:
        world = self._world
        token = secrets.token_urlsafe(48)
        interaction = Interaction(world.ids.make(), token, kind, self._user, channel, data, world.clock.now())
        interaction.message, interaction.metadata = message, opener
        interaction.owners = self._owners(channel, data)
        world.interactions[token] = interaction
        world.tell(InteractionMade(interaction))
        return interaction

    def _owners(self, channel: Channel, data: Json) -> Json:
        """Return by whose installations it is made: of those who forge, none."""
        world = self._world
        known = [registered for scope in world.commands.values() for registered in scope]
        command = (
            next((registered for registered in known if str(registered.id) == data.get("id")), None)
            if "name" in data
            else None
        )
        return dict(owners(world, command, self._user, channel))

    def _named(self, wanted: int) -> User | Role | Channel:
        world = self._world
        everything: tuple[Mapping[int, User | Role | Channel], ...] = (world.users, world.roles(), world.channels)
        for known in everything:
            if wanted in known:
                return known[wanted]
        raise ClientRefusesError(f"There is no {wanted} to pick.")

    def _resolved(self, all_named: Iterable[User | Role | Channel | Attachment]) -> Json:
        """Return what a client sends along with ids; nothing where there are none."""
        resolved: Json = {}
        for named in all_named:
            key = str(named.id)
            if isinstance(named, User):
                resolved.setdefault("users", {})[key] = people.user(named)
            elif isinstance(named, Role):
                resolved.setdefault("roles", {})[key] = people.role(named)
            elif isinstance(named, Attachment):
                resolved.setdefault("attachments", {})[key] = attachment(named, self._base, ephemeral=True)
            else:
                resolved.setdefault("channels", {})[key] = partial(named, self._user)
        return {"resolved": resolved} if resolved else {}


def _named(command: Command) -> Json:
    data: Json = {"id": str(command.id), "name": command.name, "type": int(command.kind)}
    return data if command.guild_id is None else data | {"guild_id": str(command.guild_id)}
