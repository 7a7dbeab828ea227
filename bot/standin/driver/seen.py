"""What a person sees of a message at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from bot.standin.payload import Json
from bot.standin.rules.tree import SELECTS, Part, flattened, walk
from bot.standin.state.message import Body, Message, Pings


@dataclass(frozen=True)
class Button:
    """A button as it is drawn; a link has a `url`, any other a `custom_id`."""

    label: str
    custom_id: str | None
    url: str | None
    disabled: bool
    emoji: str | None


@dataclass(frozen=True)
class Seen:
    """A message with one of its bodies."""

    message: Message
    body: Body

    @property
    def text(self) -> str:
        """All that can be read: content, text displays, embeds, a line or more a part."""
        return flattened(self.body.content, self.body.embeds, self.body.components)

    @property
    def content(self) -> str:
        """The content alone, which a message of Components V2 has none of."""
        return self.body.content

    @property
    def components(self) -> tuple[Json, ...]:
        """The components as they were sent, numbered."""
        return self.body.components

    @property
    def thinking(self) -> bool:
        """Whether it only says that the bot is thinking."""
        return self.body.loading

    @property
    def ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return self.message.ephemeral

    @property
    def pings(self) -> Pings:
        """Whom it notifies."""
        return self.body.pings

    @property
    def files(self) -> dict[str, bytes]:
        """The files with it, by name."""
        return {file.filename: file.content for file in self.body.attachments}

    @property
    def at(self) -> float:
        """When it looked like this, in seconds since 1970."""
        return self.body.at

    @property
    def parts(self) -> list[Json]:
        """Every component, those inside others too."""
        return [part for _, part in walk(self.body.components)]

    @property
    def buttons(self) -> list[Button]:
        """The buttons, in order."""
        return [_button(part) for part in self.parts if part["type"] == Part.BUTTON]

    @property
    def selects(self) -> list[Json]:
        """The selects, in order."""
        return [part for part in self.parts if part["type"] in SELECTS]


def look(message: Message) -> Seen:
    """Return what is seen of a message now."""
    return Seen(message, message.body)


def _button(part: Json) -> Button:
    emoji = (part.get("emoji") or {}).get("name")
    return Button(part.get("label", ""), part.get("custom_id"), part.get("url"), bool(part.get("disabled")), emoji)
