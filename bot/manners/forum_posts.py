"""Forum posts whose authors are still writing, and those in which others have answered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import discord

QUIET = 2.5
"""Seconds after which an author is taken to have stopped writing: people send a question in several messages."""

_REMEMBERED = 2_000


@dataclass(slots=True)
class ForumPost:
    """What its author has written since the last answer, and whether the bot is to be silent (None: not known).

    `has_card` is whether the author has had something of the bot's there, with the buttons for a post. `is_counted` is
    whether it is counted among what nobody put to the bot and nothing was found for: once, however much they write.
    """

    written: list[discord.Message] = field(default_factory=list)
    is_silenced: bool | None = None
    has_card: bool = False
    is_counted: bool = False
    timer: asyncio.TimerHandle | None = None

    def stop_waiting(self) -> None:
        """Stop waiting for the author to stop."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class ForumPosts:
    """The latest posts, by the id of their thread."""

    def __init__(self) -> None:
        self._posts: OrderedDict[int, ForumPost] = OrderedDict()

    def of(self, thread: int) -> ForumPost:
        """Return a post, as far as it is known."""
        if thread not in self._posts:
            self._posts[thread] = ForumPost()
            if len(self._posts) > _REMEMBERED:
                self._posts.popitem(last=False)[1].stop_waiting()
        return self._posts[thread]

    def take(self, message: discord.Message, when_quiet: Callable[[ForumPost], None]) -> None:
        """Take what a post's author wrote or changed; `when_quiet` is called with the post once they have stopped."""
        post = self.of(message.channel.id)
        if message.id == message.channel.id and message.edited_at is None:  # nobody can have answered before
            post.is_silenced = False
        post.written = [*(other for other in post.written if other.id != message.id), message]
        post.written.sort(key=lambda message: message.id)
        post.stop_waiting()
        post.timer = asyncio.get_running_loop().call_later(QUIET, when_quiet, post)

    def drop(self, message: int) -> None:
        """Drop a message that was deleted from what its author has written."""
        for post in self._posts.values():
            if any(known.id == message for known in post.written):
                post.written = [known for known in post.written if known.id != message]
                return

    def silence(self, thread: int) -> None:
        """Be silent in a post from now on."""
        post = self.of(thread)
        post.is_silenced = True
        post.stop_waiting()

    def close(self) -> None:
        """Stop waiting for authors: the bot is being stopped."""
        for post in self._posts.values():
            post.stop_waiting()
