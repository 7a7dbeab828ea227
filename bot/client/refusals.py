"""What people are told where the bot takes no request of theirs."""

from __future__ import annotations

from bot.localisation.catalogue import mark
from index.errors import QuothError


class StoppingError(QuothError):
    """The bot is stopping and takes no new requests."""

    def __init__(self) -> None:
        super().__init__(mark("I am being restarted: please try again in a minute."))


class OutdatedError(QuothError):
    """Discord sent a command in the form that an earlier version of the bot registered."""

    def __init__(self) -> None:
        super().__init__(mark("That command has changed: restart Discord (Ctrl+R) and use it again."))


class LateFormError(QuothError):
    """A form is sent that nobody waits for any more."""

    def __init__(self) -> None:
        super().__init__(mark("That form has been open for too long: open it again. Nothing was changed."))
