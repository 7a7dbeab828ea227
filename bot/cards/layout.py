"""What Discord takes of a card, and how its room is shared.

Limits of a message with components (V2): https://discord.com/developers/docs/components/reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import discord

MOST_TEXT = 4000
"""Characters of all text displays of a message together."""

MOST_COMPONENTS = 40

Item = discord.ui.Item[discord.ui.LayoutView]


class OversizedCardError(ValueError):
    """A card is larger than Discord takes: a mistake in the card."""


def length(text: str) -> int:
    """Return how long Discord may find `text`: in UTF-16 units, which are never fewer than characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def text(content: str) -> discord.ui.TextDisplay[discord.ui.LayoutView]:
    """Return a text display; Discord takes no empty one."""
    return discord.ui.TextDisplay(content)


class Card(discord.ui.LayoutView):
    """A message of the bot's. Its buttons are heard through `Press`, by their `custom_id`: nothing has to be kept.

    discord.py keeps every view with buttons that is not finished, and one that never times out for ever.
    """

    def is_finished(self) -> bool:
        """Say that nobody waits for this view's own buttons."""
        return True


def card(items: Iterable[Item], colour: discord.Colour) -> discord.ui.LayoutView:
    """Return a view of one container, which never times out.

    Raises `OversizedCardError` where it is larger than Discord takes.
    """
    view = Card(timeout=None)
    view.add_item(discord.ui.Container(*items, accent_colour=colour))
    spent = sum(length(content) for content in texts_of(view))
    if spent > MOST_TEXT or view.total_children_count > MOST_COMPONENTS:
        raise OversizedCardError(f"{spent} characters in {view.total_children_count} components")
    return view


def texts_of(view: discord.ui.LayoutView) -> list[str]:
    """Return the contents of the view's text displays, in order."""
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def text_of(view: discord.ui.LayoutView) -> str:
    """Return all text of a view."""
    return "\n".join(texts_of(view))


def rooms(needs: Sequence[int], total: int) -> list[int]:
    """Share `total` characters: each gets what it needs, and where that is too much, all large ones get the same."""
    shares = [0] * len(needs)
    for done, i in enumerate(sorted(range(len(needs)), key=lambda i: needs[i])):
        shares[i] = min(needs[i], (total - sum(shares)) // (len(needs) - done))
    return shares


def lines_within(lines: Sequence[str], room: int, left: Callable[[int], str]) -> str:
    """Return as many lines as fit into `room` characters; `left` words how many did not, and must fit itself."""
    if sum(length(line) + 1 for line in lines) - 1 <= room:
        return "\n".join(lines)
    fitting: list[str] = []
    spent = length(left(len(lines)))
    for line in lines:
        spent += length(line) + 1
        if spent > room:
            break
        fitting.append(line)
    return "\n".join([*fitting, left(len(lines) - len(fitting))])
