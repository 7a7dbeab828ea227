"""The bot's application, as its owner set it up in Discord's developer portal."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.standin.state.user import User


@dataclass(eq=False)
class Application:
    """The application behind the bot: its id is the bot user's id."""

    bot: User
    owner: User
    token: str
    message_content: bool = True  # the three privileged intents, as switched on in the portal
    members: bool = True
    presences: bool = False
    shards: int = 1
    public: bool = True  # anybody may add it, as new applications are
    server_install: bool = True
    user_install: bool = True
    endpoint_url: str | None = None  # where interactions go in place of the gateway
    installed_by: set[int] = field(default_factory=set)  # users who have it on their account

    @property
    def id(self) -> int:
        """The application's id."""
        return self.bot.id

    @property
    def integration_types(self) -> frozenset[int]:
        """Where it can be installed, by Discord's numbers: on a server (0), on an account (1)."""
        return frozenset(([0] if self.server_install else []) + ([1] if self.user_install else []))

    @property
    def flags(self) -> int:
        """The application's flags: the limited form of each privileged intent that is switched on."""
        # https://discord.com/developers/docs/resources/application#application-object-application-flags
        return (self.presences << 13) | (self.members << 15) | (self.message_content << 19)
