"""An interaction: a command, a click, a modal or a keystroke that the bot has to answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum

from bot.standin.payload import Json
from bot.standin.state.channel import Channel
from bot.standin.state.message import Message
from bot.standin.state.user import User

ANSWER_SECONDS = 3.0  # how long a bot has for its first response
TOKEN_SECONDS = 15 * 60.0  # how long followups and edits are taken


class InteractionKind(IntEnum):
    """What a person did, by Discord's numbers."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Reply(IntEnum):
    """How a bot may respond first, by Discord's numbers."""

    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


class Standing(Enum):
    """Where an interaction stands with regard to time."""

    OPEN = "may be answered for the first time"
    ANSWERED = "was answered; its token lives"
    LATE = "was not answered in time"
    OVER = "was answered; its token is dead"


@dataclass(eq=False)
class Interaction:
    """What a person did, and what the bot answered."""

    id: int
    token: str
    kind: InteractionKind
    user: User
    channel: Channel
    data: Json
    created_at: float
    message: Message | None = None  # that the component stands on
    metadata: Json | None = None
    owners: Json = field(default_factory=dict)  # by whose installation: {"0": server}, {"1": user}
    reply: Reply | None = None
    answered_at: float | None = None
    original: Message | None = None  # the response, or the message that it updated
    choices: list[Json] | None = None
    modal: Json | None = None
    followups: list[Message] = field(default_factory=list)

    @property
    def context(self) -> int:
        """Where it was made: a server (0), private messages with the bot (1), other private messages (2)."""
        return context_of(self.channel)

    def standing(self, now: float) -> Standing:
        """Say what the bot may still do with it."""
        if self.reply is None:
            return Standing.OPEN if now - self.created_at <= ANSWER_SECONDS else Standing.LATE
        return Standing.ANSWERED if now - self.created_at <= TOKEN_SECONDS else Standing.OVER

    @property
    def seconds_to_answer(self) -> float | None:
        """How long the first response took; None while there is none."""
        return None if self.answered_at is None else self.answered_at - self.created_at


def context_of(channel: Channel) -> int:
    """Return what kind of place a channel is for interactions, by Discord's numbers."""
    if channel.guild is not None:
        return 0
    return 1 if channel.is_dm else 2
