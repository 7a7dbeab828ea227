"""What only whoever runs the bot can do something with: nothing of it is read on Discord."""

from __future__ import annotations

import re

from bot.cards.slash import with_slash_commands
from bot.localisation.catalogue import every

_NAMED = re.compile(
    r"QUOTH_|\bquoth [a-z]+|\.(?:toml|env|sqlite|po|quothignore|canaries\.jsonl)\b|safe\.directory|(?<!\w)--\w"
    r"|\b(?:pip|apt|sudo|docker|systemctl)\b|(?:^|\s)/(?:etc|home|srv|tmp|usr|var)/|\bcanar(?:y|ies)\b"
)
_ALLOWED = re.compile(r"/[\w -]*|\.\w{2,5}|\{\w+\}|[█░]+", re.DOTALL)
"""What may stand as code: a command of Discord's, the ending of a file, a value, a bar."""

_OPTIONS = frozenset(every("private"))


def of_the_machine(text: str) -> str | None:
    """Return the first name in a text that means something on the machine alone; None where there is none."""
    shown = with_slash_commands(text)
    named = _NAMED.search(shown)
    code = (span for span in re.findall(r"`+([^`]+)`+", shown) if not _ALLOWED.fullmatch(span) and span not in _OPTIONS)
    return named[0] if named else next(code, None)
