"""A message that a person sent, and what the bot says to it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from bot.standin.driver.errors import NoAnswerError
from bot.standin.driver.seen import Seen, look
from bot.standin.driver.watch import until
from bot.standin.state.channel import Channel
from bot.standin.state.message import Message
from bot.standin.state.world import World


@dataclass(frozen=True)
class Said:
    """A message that was sent."""

    world: World
    message: Message

    @property
    def channel(self) -> Channel:
        """Where it was sent."""
        return self.message.channel

    def answers(self) -> list[Seen]:
        """Return what the bot has said to it so far: in the same channel, or in a thread on it, oldest first."""
        messages = [*self._after(self.channel)]
        if self.message.thread is not None:
            messages += self._after(self.message.thread)
        return [look(message) for message in messages if not message.body.loading]

    async def answer(self, seconds: float = 30.0) -> Seen:
        """Return the bot's first message after it: a reply to it where there is one, or the next in the channel.

        Raises `NoAnswerError` where nothing comes.
        """
        return await until(self.world, lambda: _first(self.answers(), self.message), seconds, "answer")

    async def unanswered(self, seconds: float = 0.3) -> bool:
        """Say whether the bot keeps quiet for so long."""
        try:
            await self.answer(seconds)
        except NoAnswerError:
            return True
        return False

    def _after(self, channel: Channel) -> list[Message]:
        messages = reversed(self.world.messages.get(channel.id, {}).values())
        later = list(takewhile(lambda message: message.id > self.message.id, messages))
        return [message for message in reversed(later) if message.author is self.world.bot and not message.deleted]


def _first(answers: list[Seen], message: Message) -> Seen | None:
    replies = [answer for answer in answers if answer.message.reference_id == message.id]
    others = [answer for answer in answers if answer.message.reference_id is None and not answer.message.webhook]
    return next(iter(replies or others), None)
