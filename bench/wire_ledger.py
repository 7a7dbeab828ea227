"""Who asked what, and what each of them got for it."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from bot.cards.answer_card import ASKED, asked_line
from bot.cards.levels import CLOSINGS
from bot.standin import Person, Response, Said, StandIn
from bot.standin.driver.seen import look
from bot.standin.state.channel import Channel
from bot.standin.state.event import Event, MessageEdited, MessagePosted
from bot.standin.state.interaction import ANSWER_SECONDS
from bot.standin.state.message import Message

_PATIENCE = 60.0
_POLL = 0.05


class Way(NamedTuple):
    """How people ask, and the share of questions that are asked so."""

    name: str
    share: float


WAYS = (Way("slash", 0.4), Way("private slash", 0.1), Way("mention", 0.3), Way("direct", 0.2))


class Standing(Enum):
    """What became of a question."""

    ANSWERED = "answered"
    LOST = "delivered, and not answered in time"
    ERROR = "delivered, and answered with an error"
    WRONG = "answered with the answer to another question"
    UNDELIVERED = "never delivered: there was no session at the time"
    DEAD = "delivered after the interaction's token had died"


@dataclass(eq=False)
class Question:
    """One question, how it was asked, and what came of it."""

    person: Person
    way: str
    text: str
    sent: Response | Said = field(init=False)
    standing: Standing | None = None
    seconds: float = 0.0
    replies: list[Message] = field(default_factory=list)

    def __str__(self) -> str:
        """Say what was asked how, and what is there to be seen of an answer."""
        shown = self.shown()
        seen = look(shown).text[:200] if shown else None
        reply = self.sent.interaction.reply if isinstance(self.sent, Response) else None
        return f"{self.standing} ({self.way}, {reply}): {self.text!r}: {seen!r}"

    def send(self, channel: Channel) -> None:
        """Ask."""
        if self.way == "direct":
            self.sent = self.person.dm(self.text)
        elif self.way == "mention":
            self.sent = self.person.ask(channel, self.text)
        else:
            private = self.way == "private slash"
            self.sent = self.person.slash(channel, "ask", question=self.text, private=private)

    def answers(self) -> list[Message]:
        """Return the messages that answer it, one that only says "thinking" left out."""
        if not isinstance(self.sent, Response):
            return self.replies
        interaction = self.sent.interaction
        original = [] if interaction.original is None or interaction.original.body.loading else [interaction.original]
        return [*original, *interaction.followups, *self.replies]

    def shown(self) -> Message | None:
        """Return the answer, once there is one."""
        return next(iter(self.answers()), None)

    def outlived(self) -> bool:
        """Tell whether Discord had given up on it before it was answered, so that the answer is a message."""
        return isinstance(self.sent, Response) and bool(self.replies)


_HELLO = "**Hello!**"
"""How the one message begins that the bot sends unasked, when it comes to a server (`bot/cards/hello_card.py`)."""


class Ledger:
    """Keeps what is asked and answered. `pings` are the bot's messages that notify anybody."""

    def __init__(self, discord: StandIn) -> None:
        self._discord = discord
        self._replies: dict[int, list[Message]] = defaultdict(list)
        self.asked: list[Question] = []
        self.pings: list[Message] = []
        discord.world.listen(self._note)

    def question(self, person: Person, way: str, text: str) -> Question:
        """Write down that `person` is about to ask."""
        question = Question(person, way, text)
        self.asked.append(question)
        return question

    def strays(self) -> list[Message]:
        """Return messages of the bot's that answer nothing that was asked, the one in which it says hello aside."""
        known = {id(message) for question in self.asked for message in question.answers()}
        strays = [message for some in self._replies.values() for message in some if id(message) not in known]
        hello = next((message for message in strays if look(message).text.startswith(_HELLO)), None)
        return [message for message in strays if message is not hello]

    async def outcome(self, question: Question) -> Standing:
        """Wait for the answer to a question that has just been sent."""
        question.standing = await self._outcome(question)
        return question.standing

    async def _outcome(self, question: Question) -> Standing:
        if not self._discord.gateway.sessions:
            return Standing.UNDELIVERED
        sent = question.sent
        question.replies = self._replies[sent.message.id if isinstance(sent, Said) else sent.interaction.id]
        asked = time.monotonic()
        heard = asked if self._connected() else None
        while (shown := question.shown()) is None:
            await asyncio.sleep(_POLL)
            waited = time.monotonic() - asked
            if heard is None and self._connected():
                heard = time.monotonic()
            if waited > _PATIENCE:
                late = heard is None or heard - asked > ANSWER_SECONDS
                return Standing.DEAD if late and self._is_dead(question) else Standing.LOST
        question.seconds = time.monotonic() - asked
        text = look(shown).text
        if text.startswith(asked_line(question.text.partition(" @everyone")[0])):  # names stand for mentions after that
            return Standing.ANSWERED
        if isinstance(question.sent, Said) and text.splitlines()[-1].removeprefix("-# ") in CLOSINGS:
            return Standing.ANSWERED  # a reply repeats no question: what it replies to tells whose it is
        return Standing.WRONG if text.startswith(ASKED) else Standing.ERROR

    def _connected(self) -> bool:
        return any(session.outbox is not None for session in self._discord.gateway.sessions.values())

    def _is_dead(self, question: Question) -> bool:
        return isinstance(question.sent, Response) and question.sent.failed

    def _note(self, event: Event) -> None:
        if not isinstance(event, MessagePosted | MessageEdited) or event.message.author is not self._discord.world.bot:
            return
        message = event.message
        if message.body.pings:
            self.pings.append(message)
        if isinstance(event, MessagePosted) and not message.webhook:
            answered = message.reference_id or int(message.nonce or 0)  # the nonce is the id of what is answered
            self._replies[answered].append(message)
