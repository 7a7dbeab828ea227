"""What somebody does on the page, as one of the people in the server: each act, and what comes back."""

from __future__ import annotations

from collections.abc import Awaitable

from bot.playground import requests
from bot.playground.cast import Character
from bot.playground.game import Game
from bot.playground.shown import View
from bot.playground.typed import fitting, typed
from bot.standin.driver.errors import ClientRefusesError
from bot.standin.driver.offer import Picked, offered, pick
from bot.standin.driver.person import Person
from bot.standin.driver.said import Said
from bot.standin.payload import Json
from bot.standin.posting.body import CONTENT
from bot.standin.state.channel import Channel
from bot.standin.state.command import CommandKind
from bot.standin.state.interaction import Interaction
from bot.standin.state.message import Message
from bot.standin.state.world import World

_LOOKS_AFTER = "index"
"""The command whose subcommands read the documents folder."""

_LONGEST_NAME = 100
_LONGEST_EMOJI = 16


class Visit:
    """Acts as one person; what their client would not let them raises `ClientRefusesError`, with a sentence."""

    def __init__(self, character: Character, view: View, game: Game) -> None:
        self.character = character
        self.view = view
        self._game = game

    @property
    def person(self) -> Person:
        """Who acts."""
        return self.character.person

    @property
    def world(self) -> World:
        """Where they act."""
        return self.view.world

    def arrive(self) -> Json:
        """Return who they are and which channels they see."""
        direct = self.view.channel(self.person.direct)
        return {"me": self.character.as_json(), "channels": self.view.channels(), "dm": direct}

    def open(self, asked: requests.InChannel) -> Json:
        """Return what stands in a channel, and what can be used there."""
        channel = self.channel(asked.channel)
        return {
            "messages": self.view.messages(channel),
            "pending": self.view.pending(channel),
            "commands": self.view.commands(channel),
        }

    def send(self, asked: requests.Send) -> Json:
        """Post a message."""
        channel = self.channel(asked.channel)
        _check_length(asked.text)
        if asked.reply_to is None:
            said = self.person.say(channel, asked.text)
        else:
            said = self.person.reply(self.message(channel, asked.reply_to), asked.text, ping=asked.ping)
        return {"message": str(said.message.id)}

    def edit(self, asked: requests.Edit) -> Json:
        """Change a message."""
        _check_length(asked.text)
        self.person.edit(Said(self.world, self._message(asked)), asked.text)
        return {}

    def delete(self, asked: requests.OnMessage) -> Json:
        """Take a message away."""
        self.person.delete(self._message(asked))
        return {}

    def react(self, asked: requests.React) -> Json:
        """Put a reaction under a message, or take it back."""
        if not asked.emoji or asked.emoji.isascii() or len(asked.emoji) > _LONGEST_EMOJI:
            raise ClientRefusesError("That is no emoji.")
        message = self._message(asked)
        there = self.person.user.id in message.reactions.get(asked.emoji, ())
        self.person.react(message, asked.emoji, add=not there)
        return {}

    def slash(self, asked: requests.Slash) -> Json | Awaitable[Json]:
        """Use a slash command; one about the index looks at the user's documents as they are now."""
        return self._slash_synced(asked) if asked.command.split()[:1] == [_LOOKS_AFTER] else self._slash(asked)

    def _slash(self, asked: requests.Slash) -> Json:
        channel, picked = self._picked(asked)
        options = typed(self.world, picked, asked.options)
        return _made(self.person.slash(channel, asked.command, **options).interaction)

    async def _slash_synced(self, asked: requests.Slash) -> Json:
        await self._game.sync()
        return self._slash(asked)

    async def complete(self, asked: requests.Complete) -> Json:
        """Type into an option and wait for what is offered."""
        channel, picked = self._picked(asked)
        others = {name: value for name, value in asked.options.items() if name != asked.option}
        known = fitting(self.world, picked, others)
        choices = await self.person.autocomplete(channel, asked.command, asked.option, asked.typed, **known)
        return {"choices": [{"name": name, "value": value} for name, value in choices]}

    def menu(self, asked: requests.Menu) -> Json:
        """Pick an entry of a message's menu."""
        return _made(self.person.menu(self._message(asked), asked.name).interaction)

    def click(self, asked: requests.Click) -> Json:
        """Press a button."""
        return _made(self.person.click(self._message(asked), asked.custom_id).interaction)

    def select(self, asked: requests.Select) -> Json:
        """Pick from a select."""
        picked = self.person.select(self._message(asked), *asked.values, custom_id=asked.custom_id)
        return _made(picked.interaction)

    def submit(self, asked: requests.Submit) -> Json:
        """Send a modal."""
        opener = next(
            (interaction for interaction in self.world.interactions.values() if interaction.id == asked.interaction),
            None,
        )
        if opener is None:
            raise ClientRefusesError("That modal is not open.")
        return _made(self.person.modal(opener).submit(**asked.values).interaction)

    def thread(self, asked: requests.Thread) -> Json:
        """Open a thread."""
        channel = self.channel(asked.channel)
        _check_name(asked.name)
        start = channel if asked.message is None else self.message(channel, asked.message)
        return {"channel": self.view.channel(self.person.open_thread(start, asked.name))}

    def post(self, asked: requests.Post) -> Json:
        """Write a post in a forum."""
        channel = self.channel(asked.channel)
        _check_name(asked.title)
        _check_length(asked.text)
        return {"channel": self.view.channel(self.person.post(channel, asked.title, asked.text).channel)}

    def typing(self, asked: requests.InChannel) -> Json:
        """Begin to type."""
        self.person.type(self.channel(asked.channel))
        return {}

    def trace(self, asked: requests.OnMessage) -> Json:
        """Return what the bot did for a message of its own."""
        message = self._message(asked)
        if message.author is not self.world.bot:
            raise ClientRefusesError("That message is not the bot's.")
        return self._game.traced(message)

    def channel(self, channel_id: int) -> Channel:
        """Return a channel that they see; no other exists for them."""
        channel = self.world.channels.get(channel_id)
        if channel is None or not self.view.sees(channel):
            raise ClientRefusesError("There is no such channel.")
        return channel

    def message(self, channel: Channel, message_id: int) -> Message:
        """Return a message that they see."""
        message = self.world.messages[channel.id].get(message_id)
        if message is None or not message.visible_to(self.person.user):
            raise ClientRefusesError("There is no such message.")
        return message

    def _message(self, asked: requests.OnMessage) -> Message:
        return self.message(self.channel(asked.channel), asked.message)

    def _picked(self, asked: requests.Slash) -> tuple[Channel, Picked]:
        channel = self.channel(asked.channel)
        return channel, pick(offered(self.world, self.person.user, channel, CommandKind.SLASH), asked.command)


def _made(interaction: Interaction) -> Json:
    return {"interaction": str(interaction.id)}


def _check_length(text: str) -> None:
    if len(text) > CONTENT:
        raise ClientRefusesError(f"A message holds {CONTENT:,} characters, and this one has {len(text):,}: shorten it.")
    if not text.strip():
        raise ClientRefusesError("There is nothing to send: write something.")


def _check_name(name: str) -> None:
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise ClientRefusesError(f"A title holds 1 to {_LONGEST_NAME} characters, and this one has {len(name):,}.")
