"""The traces of the bot's answers, and which of its messages each belongs to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator

from bot.standin.payload import Json
from bot.standin.state.event import Event, MessageEdited, MessagePosted
from bot.standin.state.message import Message
from bot.standin.state.world import World

_KEPT = 1_000


class Traces:
    """Keeps traces by the id of what was answered, a message or an interaction."""

    def __init__(self, world: World, notify: Callable[[Message], None]) -> None:
        """Look for messages in `world`; `notify` is called with each message that has got its trace."""
        self._world = world
        self._notify = notify
        self._traces: OrderedDict[str, Json] = OrderedDict()
        self._unplaced: set[str] = set()
        world.listen(self._hear)

    def add(self, answered: str, trace: Json) -> None:
        """Keep the trace of the answer to what has the id `answered`."""
        self._traces[answered] = trace
        if len(self._traces) > _KEPT:
            self._unplaced.discard(self._traces.popitem(last=False)[0])
        self._unplaced.add(answered)
        for message in self._own_messages():
            if self._place(message):
                return

    def of(self, message: Message) -> Json | None:
        """Return the trace of a message of the bot's."""
        return next((self._traces[key] for key in self._answered(message) if key in self._traces), None)

    def _hear(self, event: Event) -> None:
        if isinstance(event, MessagePosted | MessageEdited) and event.message.author is self._world.bot:
            self._place(event.message)

    def _place(self, message: Message) -> bool:
        placed = self._unplaced.intersection(self._answered(message))
        if placed:
            self._unplaced -= placed
            self._notify(message)
        return bool(placed)

    def _own_messages(self) -> Iterator[Message]:
        """Yield the bot's messages, the newest of each channel first."""
        for messages in self._world.messages.values():
            yield from (message for message in reversed(messages.values()) if message.author is self._world.bot)

    def _answered(self, message: Message) -> Iterator[str]:
        """Yield the ids of what a message may answer: its interaction, what it replies to, and what its thread is on.

        The bot sends each message with the id of what it answers as its nonce.
        """
        if message.interaction is not None:
            yield str(message.interaction["id"])
        for number in (message.nonce, message.reference_id):
            if number is not None and (message.interaction is None or number != message.reference_id):
                yield str(number)
        start = self._starter(message)
        if start is not None:
            yield from self._answered(start)

    def _starter(self, message: Message) -> Message | None:
        """Return the bot's own message that the thread is on in which a message stands."""
        parent = message.channel.parent
        starter = None if parent is None else self._world.messages.get(parent.id, {}).get(message.channel.id)
        return starter if starter is not None and starter.author is self._world.bot else None
