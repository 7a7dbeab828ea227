"""The shell's commands in the words of Discord: messages that both show name those of the shell."""

from __future__ import annotations

import re

_NAMES = {
    "source list": "/source list",
    "source find": "/source find",
    "source show": "/source show",
    "index build": "/index rebuild",
    "index status": "/index status",
    "index rollback": "/index rollback",
    "ask": "/ask",
}
_COMMAND = re.compile(rf"`quoth ({'|'.join(map(re.escape, _NAMES))})`")


def with_slash_commands(text: str) -> str:
    """Return a message with each command of the shell that Discord has as well named as it is there."""
    return _COMMAND.sub(lambda match: f"`{_NAMES[match[1]]}`", text)
