"""A person with Discord's client in their hands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.standin.driver.clicks import find_button, find_select, picked_values
from bot.standin.driver.errors import ClientRefusesError
from bot.standin.driver.filling import fill
from bot.standin.driver.interacting import Interactor
from bot.standin.driver.offer import offered, pick
from bot.standin.driver.response import Modal, Response
from bot.standin.driver.said import Said
from bot.standin.driver.seen import Seen, look
from bot.standin.payload import Json
from bot.standin.permission import Permission
from bot.standin.posting.body import Composer, Upload
from bot.standin.posting.post import Extras, ThreadPlan, archive, delete, edit, open_thread, pin, post, react
from bot.standin.refusal import Refusal
from bot.standin.rules.pings import Sender
from bot.standin.rules.tree import Part
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.command import CommandKind
from bot.standin.state.event import TypingStarted
from bot.standin.state.interaction import ANSWER_SECONDS, Interaction, InteractionKind
from bot.standin.state.message import Body, Message, MessageFlag, MessageKind
from bot.standin.state.user import User
from bot.standin.state.world import World

Files = Sequence[tuple[str, bytes]]
Shown = Message | Seen | Said


class Person:
    """Does what a person can do, and no more: what their client would not let them raises `ClientRefusesError`."""

    def __init__(self, world: World, base: str, user: User) -> None:
        """Act in `world`; `base` is where files are served."""
        self.user = user
        self._world = world
        self._base = base
        self._interactor = Interactor(world, base, user)

    @property
    def mention(self) -> str:
        """What is typed to mention them."""
        return self.user.mention

    @property
    def direct(self) -> Channel:
        """Their direct messages with the bot."""
        return self._world.dm(self.user)

    def say(self, channel: Channel, text: str, files: Files = ()) -> Said:
        """Post a message."""
        return self._post(channel, text, files, None)

    def reply(self, shown: Shown, text: str, *, ping: bool = True) -> Said:
        """Reply to a message; without `ping` its author is not notified."""
        return self._post(_message(shown).channel, text, (), _message(shown), ping=ping)

    def ask(self, channel: Channel, text: str) -> Said:
        """Mention the bot."""
        return self.say(channel, f"{self._world.bot.mention} {text}")

    def dm(self, text: str, files: Files = ()) -> Said:
        """Write to the bot in private."""
        return self.say(self.direct, text, files)

    def forward(self, shown: Shown, channel: Channel) -> Said:
        """Forward a message to a channel, or to the bot in private."""
        origin = self._seen(shown)
        if not channel.is_dm and not channel.may_speak(self.user):
            raise ClientRefusesError(f"They may not write in {channel.name}.")
        body = Body(flags=MessageFlag.HAS_SNAPSHOT, at=self._world.clock.now())
        return Said(self._world, post(self._world, channel, self.user, body, Extras(forwards=origin)))

    def edit(self, said: Said, text: str) -> None:
        """Change what they said."""
        if said.message.author is not self.user:
            raise ClientRefusesError("They may not change what others said.")
        body = self._composer(said.channel).edited({"content": text}, (), said.message)
        edit(self._world, said.message, body)

    def delete(self, shown: Shown) -> None:
        """Take a message away: their own, anyone's where they may, or one that they alone see."""
        message = _message(shown)
        theirs = self.user in {message.author, message.only_for}
        if not theirs and not message.channel.allows(self.user, Permission.MANAGE_MESSAGES):
            raise ClientRefusesError("They may not delete that message.")
        delete(self._world, message)

    def pin(self, shown: Shown, *, pinned: bool = True) -> None:
        """Pin a message, or take the pin off, where they may."""
        message = self._seen(shown)
        if not message.channel.allows(self.user, Permission.MANAGE_MESSAGES):
            raise ClientRefusesError("They may not pin messages there.")
        pin(self._world, message, pinned=pinned)

    def react(self, shown: Shown, emoji: str, *, add: bool = True) -> None:
        """Put a reaction under a message, or take it back."""
        react(self._world, self._seen(shown), self.user, emoji, add=add)

    def type(self, channel: Channel) -> None:
        """Begin to type."""
        self._world.tell(TypingStarted(channel, self.user))

    def open_thread(self, start: Shown | Channel, name: str, *, private: bool = False) -> Channel:
        """Open a thread on a message, or in a channel."""
        channel = start if isinstance(start, Channel) else _message(start).channel
        if channel.kind is not ChannelKind.TEXT and (private or channel.kind is not ChannelKind.NEWS):
            raise ClientRefusesError("There are no threads there.")
        if not isinstance(start, Channel) and (_message(start).ephemeral or _message(start).thread is not None):
            raise ClientRefusesError("There cannot be a thread on that message, or there is one.")
        needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
        self._need(channel, needed)
        plan = ThreadPlan(name, self.user, private)
        return open_thread(self._world, channel, plan, None if isinstance(start, Channel) else _message(start))

    def archive(self, thread: Channel) -> None:
        """Close a thread, where they may: it stays in the archive."""
        if thread.owner_id != self.user.id:
            self._need(thread, Permission.MANAGE_THREADS)
        archive(self._world, thread)

    def post(self, forum: Channel, title: str, text: str, files: Files = ()) -> Said:
        """Write a post in a forum."""
        if forum.kind is not ChannelKind.FORUM:
            raise ClientRefusesError(f"{forum.name} is no forum.")
        self._need(forum, Permission.SEND_MESSAGES)
        body = self._body(forum, text, files, None, ping=False)
        thread = open_thread(self._world, forum, ThreadPlan(title, self.user))
        return Said(self._world, post(self._world, thread, self.user, body, Extras(message_id=thread.id)))

    def sees(self, channel: Channel) -> list[Seen]:
        """Return what they see in a channel, oldest first."""
        messages = self._world.messages.get(channel.id, {}).values()
        return [look(message) for message in messages if message.visible_to(self.user)]

    def commands(self, channel: Channel, kind: CommandKind = CommandKind.SLASH) -> list[str]:
        """Return the names of the commands that their client lists."""
        return [command.name for command in offered(self._world, self.user, channel, kind)]

    def slash(self, channel: Channel, command: str, /, **options: Any) -> Response:
        """Use a slash command (`"ask"`, `"source find"`) with its options filled in.

        A file is given as its name and contents.
        """
        picked = pick(offered(self._world, self.user, channel, CommandKind.SLASH), command)
        filled = fill(picked, options, upload=self._interactor.upload)
        data = self._interactor.command(picked, filled)
        return self._interactor.send(InteractionKind.COMMAND, channel, data)

    def install(self) -> None:
        """Add the bot's application to their account."""
        self._world.application.installed_by.add(self.user.id)

    def forge(self, channel: Channel, command: str, /, **options: Any) -> Response:
        """Send a slash command that their client does not offer there."""
        everything = [
            registered
            for scope in self._world.commands.values()
            for registered in scope
            if registered.kind is CommandKind.SLASH
        ]
        picked = pick(everything, command)
        data = self._interactor.command(picked, fill(picked, options))
        return self._interactor.send(InteractionKind.COMMAND, channel, data)

    async def autocomplete(
        self, channel: Channel, command: str, option: str, typed: str, **others: Any
    ) -> list[tuple[str, Any]]:
        """Type into an option and return the choices that appear, as (name, value); `NoAnswerError` after 3 s."""
        picked = pick(offered(self._world, self.user, channel, CommandKind.SLASH), command)
        known = next((candidate for candidate in picked.options if candidate["name"] == option), None)
        if known is None or not known.get("autocomplete"):
            raise ClientRefusesError(f"{option} is not completed.")
        filled = fill(picked, {**others, option: typed}, typing=option)
        data = self._interactor.command(picked, filled)
        response = self._interactor.send(InteractionKind.AUTOCOMPLETE, channel, data)
        await response.first(ANSWER_SECONDS)
        return [(choice["name"], choice["value"]) for choice in response.interaction.choices or []]

    def menu(self, shown: Shown, name: str) -> Response:
        """Pick an entry of a message's menu."""
        message = self._seen(shown)
        entries = offered(self._world, self.user, message.channel, CommandKind.MESSAGE_MENU)
        command = next((entry for entry in entries if entry.name == name), None)
        if command is None:
            raise ClientRefusesError(f"{name} is not offered here.")
        data = self._interactor.menu(command, message)
        return self._interactor.send(InteractionKind.COMMAND, message.channel, data)

    def click(self, shown: Shown, button: str) -> Response:
        """Click a button, by custom_id or by label."""
        message = self._seen(shown)
        data: Json = {"component_type": int(Part.BUTTON)} | find_button(message, button)
        return self._interactor.send(InteractionKind.COMPONENT, message.channel, data, message)

    def select(self, shown: Shown, *values: str, custom_id: str | None = None) -> Response:
        """Pick from a select, by values or labels; `custom_id` says which one where there are several."""
        message = self._seen(shown)
        part = find_select(message, custom_id)
        data = self._interactor.select(part, picked_values(part, values))
        return self._interactor.send(InteractionKind.COMPONENT, message.channel, data, message)

    def modal(self, opener: Interaction) -> Modal:
        """Return the modal that an interaction of theirs opened."""
        if opener.user is not self.user or opener.modal is None:
            raise ClientRefusesError("That modal is not open.")
        return Modal(self._interactor.response(opener), opener.modal)

    def _seen(self, shown: Shown) -> Message:
        message = _message(shown)
        if not message.visible_to(self.user):
            raise ClientRefusesError("They do not see that message.")
        return message

    def _need(self, channel: Channel, needed: Permission) -> None:
        if not channel.allows(self.user, needed | Permission.VIEW_CHANNEL):
            raise ClientRefusesError(f"They may not do that in {channel.name}: {needed.name}.")

    def _post(self, channel: Channel, text: str, files: Files, replied: Message | None, *, ping: bool = True) -> Said:
        if not channel.is_dm and not channel.may_speak(self.user):
            raise ClientRefusesError(f"They may not write in {channel.name}.")
        body = self._body(channel, text, files, replied, ping=ping)
        kind = MessageKind.DEFAULT if replied is None else MessageKind.REPLY
        return Said(self._world, post(self._world, channel, self.user, body, Extras(kind, replied)))

    def _body(self, channel: Channel, text: str, files: Files, replied: Message | None, *, ping: bool) -> Body:
        uploads = [Upload(str(number), name, content) for number, (name, content) in enumerate(files)]
        mentions = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
        try:
            return self._composer(channel).new({"content": text, "allowed_mentions": mentions}, uploads, replied)
        except Refusal as refusal:
            raise ClientRefusesError(str(refusal)) from refusal

    def _composer(self, channel: Channel) -> Composer:
        return Composer(self._world, Sender(self.user, channel), self._base)


def _message(shown: Shown) -> Message:
    return shown if isinstance(shown, Message) else shown.message
