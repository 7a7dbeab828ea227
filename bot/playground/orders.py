"""What the bot's process is told when it starts: one line on its standard input, out of sight of other processes."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.standin.redirect import Addresses


class Orders(BaseModel):
    """Where the stand-in is and what opens it; whose documents and data; and what is played in.

    `documents` and `data` are the user's own: the index is brought up to date there. The bot answers from
    `played_documents` and `played_data`. `access` is as the settings hold it, `server` is the home server, `channels`
    are where it answers unasked, `helpers` the role, `solved` the tag and `digest` the channel that its settings name.
    `suggests` tells whether it is to find questions for the welcome card. Other settings are in its environment.
    """

    model_config = ConfigDict(frozen=True)

    api: str
    gateway: str
    cdn: str
    token: str
    documents: Path
    data: Path
    played_documents: Path
    played_data: Path
    access: str
    server: int
    channels: tuple[int, ...]
    helpers: int
    solved: int
    digest: int
    suggests: bool
    log_level: str

    @property
    def addresses(self) -> Addresses:
        """Where the stand-in is."""
        return Addresses(self.api, self.gateway, self.cdn)
