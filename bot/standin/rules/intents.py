"""Gateway intents: which events a session hears, and what of a message it may read."""

from __future__ import annotations

from enum import IntFlag

from bot.standin.state.application import Application
from bot.standin.state.message import Message
from bot.standin.state.user import User


class Intent(IntFlag):
    """What a session asks to hear. Values: https://discord.com/developers/docs/events/gateway#gateway-intents."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


def allowed(application: Application) -> Intent:
    """Return the privileged intents that are switched on in the portal."""
    granted = Intent(0)
    for intent, on in (
        (Intent.MESSAGE_CONTENT, application.message_content),
        (Intent.GUILD_MEMBERS, application.members),
        (Intent.GUILD_PRESENCES, application.presences),
    ):
        granted |= intent if on else Intent(0)
    return granted


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


def may_read(bot: User, message: Message) -> bool:
    """Say whether a bot without the message content intent sees what a message says.

    It does where it wrote the message, in direct messages, and where it is mentioned. A role's mention does not count.
    """
    return message.author is bot or message.channel.is_dm or bot.id in message.body.pings.users
