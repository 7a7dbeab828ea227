"""What becomes of messages and posts between the moment they are fetched and the moment they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.channels.records import Line


class Reading:
    """A reading under way: it hears of what is edited, deleted or dropped before it is in the store."""

    def __init__(self) -> None:
        """Begin with nothing changed."""
        self._edits: dict[int, str] = {}
        self._dropped: set[int] = set()

    def begin_page(self) -> None:
        """Fetch messages from here on: what was edited or deleted before is fetched as it is now."""
        self._edits.clear()

    def edited(self, message: int, text: str) -> None:
        """Note the new words of a message, none where it was deleted."""
        self._edits[message] = text

    def has_changed(self, message: int) -> bool:
        """Tell whether a message was edited or deleted since the page was begun."""
        return message in self._edits

    def dropped(self, thread: int) -> None:
        """Note that a post is not to be kept: this reading adds no more to it."""
        self._dropped.add(thread)

    def may_add_to(self, thread: int) -> bool:
        """Tell whether a post may still be kept."""
        return thread not in self._dropped

    def current(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Yield messages that were fetched as they are now, without those that were deleted."""
        for line in lines:
            text = self._edits.get(line.message, line.text)
            if text.strip():
                yield replace(line, text=text)
