"""What the page may ask for, by the names of the socket's protocol."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


def _number(value: object) -> object:
    """Read an id, which is digits in a string."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


Id = Annotated[int, BeforeValidator(_number)]
Value = str | bool | int | float
Title = Annotated[str, StringConstraints(strip_whitespace=True)]


class Request(BaseModel):
    """What every request has: a number that its response carries, and what is to be done."""

    model_config = ConfigDict(frozen=True)

    id: int
    do: str


class Become(Request):
    """Be this person from now on."""

    person: Id


class InChannel(Request):
    """Something in a channel."""

    channel: Id


class OnMessage(InChannel):
    """Something about a message."""

    message: Id


class Send(InChannel):
    """Post a message; `ping` tells whether the author of what is replied to is notified."""

    text: str
    reply_to: Id | None = None
    ping: bool = True


class Edit(OnMessage):
    """Change a message of one's own."""

    text: str


class React(OnMessage):
    """Put a reaction under a message, or take it back where it is there."""

    emoji: str


class Slash(InChannel):
    """Use a slash command, named down to its subcommand."""

    command: str
    options: dict[str, Value] = {}


class Complete(Slash):
    """Type into an option."""

    option: str
    typed: str = ""


class Menu(OnMessage):
    """Pick an entry of a message's menu."""

    name: str


class Click(OnMessage):
    """Press a button."""

    custom_id: str


class Select(Click):
    """Pick from a select."""

    values: list[str]


class Submit(Request):
    """Send the modal that an interaction opened; `values` by custom_id."""

    interaction: Id
    values: dict[str, str | list[str]] = {}


class Thread(InChannel):
    """Open a thread, on a message where there is one."""

    name: Title
    message: Id | None = None


class Post(InChannel):
    """Write a post in a forum."""

    title: Title
    text: str
