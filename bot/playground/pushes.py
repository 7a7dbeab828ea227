"""From what happens in the world to what a person's page is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.playground.shown import View
from bot.standin.payload import Json
from bot.standin.state import event as events
from bot.standin.state.event import Event
from bot.standin.state.interaction import Reply
from bot.standin.state.message import Message


class Pushes:
    """Knows for each kind of event what somebody is told, if they may know of it."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._by_type: dict[type, Callable[..., Iterator[Json]]] = {
            events.MessagePosted: self._posted,
            events.MessageEdited: self._edited,
            events.MessageDeleted: self._deleted,
            events.ReactionChanged: self._reaction,
            events.ChannelCreated: self._channel,
            events.ChannelChanged: self._channel,
            events.ChannelDeleted: self._channel_deleted,
            events.TypingStarted: self._typing,
            events.InteractionMade: self._made,
            events.InteractionAnswered: self._answered,
            events.CommandsChanged: self._commands,
        }

    def __call__(self, event: Event) -> Iterator[Json]:
        """Yield what is pushed for an event."""
        tell = self._by_type.get(type(event))
        return iter(()) if tell is None else tell(event)

    def _posted(self, event: events.MessagePosted) -> Iterator[Json]:
        if event.message.visible_to(self._view.user):
            yield {"event": "message", "message": self._view.message(event.message)}

    def _edited(self, event: events.MessageEdited) -> Iterator[Json]:
        if event.message.visible_to(self._view.user):
            yield {"event": "changed", "message": self._view.message(event.message)}

    def _deleted(self, event: events.MessageDeleted) -> Iterator[Json]:
        if self._saw(event.message):
            yield {"event": "gone"} | _place(event.message)

    def _reaction(self, event: events.ReactionChanged) -> Iterator[Json]:
        if event.message.visible_to(self._view.user):
            yield {"event": "reaction", "reactions": self._view.reactions(event.message)} | _place(event.message)

    def _channel(self, event: events.ChannelCreated | events.ChannelChanged) -> Iterator[Json]:
        channel = event.channel
        if self._view.sees(channel):
            yield {"event": "channel", "channel": self._view.channel(channel)}
        elif isinstance(event, events.ChannelChanged):
            yield {"event": "channel_gone", "channel": str(channel.id)}

    def _channel_deleted(self, event: events.ChannelDeleted) -> Iterator[Json]:
        if self._view.sees(event.channel):
            yield {"event": "channel_gone", "channel": str(event.channel.id)}

    def _typing(self, event: events.TypingStarted) -> Iterator[Json]:
        if event.user is not self._view.user and self._view.sees(event.channel):
            yield {"event": "typing", "channel": str(event.channel.id), "user": str(event.user.id)}

    def _made(self, event: events.InteractionMade) -> Iterator[Json]:
        if self._view.is_theirs(event.interaction):
            yield {"event": "interaction", "interaction": self._view.interaction(event.interaction)}

    def _answered(self, event: events.InteractionAnswered) -> Iterator[Json]:
        interaction = event.interaction
        if not self._view.is_theirs(interaction) or interaction.reply is None:
            return
        known: Json = {"event": "answered", "interaction": str(interaction.id), "kind": int(interaction.reply)}
        if interaction.original is not None:
            known["message"] = str(interaction.original.id)
        if interaction.reply is Reply.MODAL:
            known["modal"] = interaction.modal
        yield known

    def _commands(self, _: events.CommandsChanged) -> Iterator[Json]:
        yield {"event": "commands"}

    def _saw(self, message: Message) -> bool:
        return message.only_for in (None, self._view.user) and self._view.sees(message.channel)


def _place(message: Message) -> Json:
    return {"channel": str(message.channel.id), "message": str(message.id)}
