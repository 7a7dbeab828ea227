"""The message that shows a rebuild, for as long as that takes."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import discord

from bot.responses import NOBODY, edit, post
from bot.retry import FAILED, reason_of, retry

BETWEEN_EDITS = 2.0
"""Seconds between two edits of the bar at the least."""

_TOKEN_OVER = frozenset({10015, 50027})
"""Discord's codes for an interaction's token that is over: unknown webhook, invalid webhook token."""

_PLACES = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.Thread)

_log = logging.getLogger(__name__)


class ProgressMessage:
    """The answer to a command, which is edited as an ordinary message once the interaction's token is over.

    A message that somebody deletes is not put up again for the progress, but once more for what came of it.
    """

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        """Show what comes as the answer to `interaction`, which has been deferred."""
        self._interaction = interaction
        self._shown: int | None = None
        self._token_is_over = False
        self._gone = False
        self._last = 0.0

    async def show(self, view: discord.ui.LayoutView) -> None:
        """Show how far it is; a message that has gone does not end anything."""
        if self._gone:
            return
        self._last = time.monotonic()
        try:
            await self._edit(view)
        except discord.NotFound:
            self._gone = True
        except FAILED as error:
            _log.warning("progress could not be shown", extra={"reason": reason_of(error)})

    async def finish(self, view: discord.ui.LayoutView) -> None:
        """Show what came of it, in a new message where the other has gone."""
        await asyncio.sleep(max(self._last + BETWEEN_EDITS - time.monotonic(), 0))
        await self.show(view)
        channel = self._interaction.channel
        if self._gone and isinstance(channel, discord.abc.Messageable):
            try:
                await post(channel, view, self._interaction.id)
            except FAILED as error:
                _log.warning("an outcome could not be shown", extra={"reason": reason_of(error)})

    async def _edit(self, view: discord.ui.LayoutView) -> None:
        if not self._token_is_over and not self._interaction.is_expired():
            try:
                edited = await edit(self._interaction, view)
            except discord.HTTPException as error:
                if error.code not in _TOKEN_OVER:
                    raise
                self._token_is_over = True
            else:
                self._shown = edited.id
                return
        channel = self._interaction.channel
        if self._shown is not None and isinstance(channel, _PLACES):
            message = channel.get_partial_message(self._shown)
            await retry(lambda: message.edit(view=view, allowed_mentions=NOBODY))
