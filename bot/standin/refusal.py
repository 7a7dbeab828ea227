"""What the stand-in answers when it refuses: Discord's status, code and words."""

from __future__ import annotations

from bot.standin.payload import Json


class Refusal(Exception):  # noqa: N818 - what Discord does is refuse; that is no error of the stand-in's
    """A request that Discord would refuse: becomes an HTTP answer with `status` and `code`."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        """`errors` is the nested detail of a 50035."""
        super().__init__(f"{status} ({code}): {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> Json:
        """Return the answer's JSON."""
        body: Json = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


def unauthorized() -> Refusal:
    """Return the refusal of a wrong token."""
    return Refusal(401, 0, "401: Unauthorized")


def unknown(what: str) -> Refusal:
    """Return the refusal of an id that stands for nothing (any more)."""
    return Refusal(404, _UNKNOWN[what], f"Unknown {what}")


def missing_access() -> Refusal:
    """Return the refusal of a channel or server that the bot cannot see."""
    return Refusal(403, 50001, "Missing Access")


def missing_permissions() -> Refusal:
    """Return the refusal of an act that the bot's roles do not allow."""
    return Refusal(403, 50013, "Missing Permissions")


# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_UNKNOWN = {
    "Application": 10002,
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "User": 10013,
    "Emoji": 10014,
    "Webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
}
