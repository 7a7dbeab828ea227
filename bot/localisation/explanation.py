"""Says on Discord why something is left out or fails: in the language that is spoken, with nothing of the machine."""

from __future__ import annotations

import re
from functools import cache

from bot.localisation.catalogue import ENGLISH, figure, language, mark, say
from bot.localisation.reasons import ALL, PUBLIC_REASONS
from bot.localisation.verbatim import verbatim
from index.read.files import NOT_READ

_OF_THE_MACHINE = re.compile(r"QUOTH_|\.(?:toml|env|sqlite)\b")
_CODE = re.compile(r"`([^`]*)`")
_OF_DISCORD = re.compile(r"/.*|\.\w+|quoth source .*", re.DOTALL)
GENERALLY = mark("Whoever runs the bot finds the reason in its log.")

_OF_PARTS = re.compile(rf"{re.escape(NOT_READ)}: (?P<parts>.+?)(?: and (?P<more>[\d,]+) more)?", re.DOTALL)
_WHY = re.compile(r"\(([^()]+)\)(?=, |$)")
_NAME = re.compile(r"\\\{(\w+)\\\}")
_FORMS = {"n": r"[\d.,]+", "pages": r"\d[\d, andto]*", "url": r"\S+", "host": r"\S+", "status": r"\d+"}


def names_machine(message: str) -> bool:
    """Tell whether a message names a variable, a file or a command of the machine that the bot runs on."""
    spans = (span for span in _CODE.findall(message) if not _OF_DISCORD.fullmatch(span))
    return _OF_THE_MACHINE.search(message) is not None or next(spans, None) is not None


def is_known(reason: str) -> bool:
    """Tell whether a reason is one that is told in words of its own on Discord.

    `explained` knows more of them, some of which fit anything that begins with an address.
    """
    return any(pattern.fullmatch(reason) for text, pattern in _patterns() if text in PUBLIC_REASONS)


def explained(reason: str) -> str:
    """Return a reason as it is told on Discord, in the language that is spoken.

    What it names is `verbatim`. One that is not known is told as it is, or, where it names something of the machine,
    in general words.
    """
    for text, pattern in _patterns():
        if match := pattern.fullmatch(reason):
            return say(
                PUBLIC_REASONS.get(text, text),
                **{name: _value(name, value) for name, value in match.groupdict().items()},
            )
    several = reason.split("; ")
    if len(several) > 1:
        return "; ".join(map(explained, several))
    if of_parts := _OF_PARTS.fullmatch(reason):
        return _of_parts(of_parts["parts"], of_parts["more"])
    return say(GENERALLY) if names_machine(reason) else reason


def _of_parts(parts: str, more: str | None) -> str:
    """Return which parts of a page were not read, and why; not their names where these are of the machine."""
    if names_machine(parts):
        return say(NOT_READ)
    named = _WHY.sub(lambda match: f"({explained(match[1])})", parts)
    count = int(more.replace(",", "")) if more else 0
    named = say("{named} and {n} more", named=named, n=figure(count)) if more else named
    return say("{what}: {named}", what=say(NOT_READ), named=named)


def _value(name: str, value: str) -> str:
    if name == "reason":
        return explained(value)
    if name == "pages" and language() != ENGLISH:
        return value.replace(" and ", ", ").replace(" to ", "–")
    plain = value.replace(",", "")
    return figure(int(plain)) if name == "n" and plain.isdecimal() else verbatim(value)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((text, _pattern(text)) for text in ALL)


def _pattern(text: str) -> re.Pattern[str]:
    """Return what finds the values in a reason: `{name}` stands for anything, or for what its name says."""

    def group(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}>{_FORMS.get(match[1], '.+?')})"

    return re.compile(_NAME.sub(group, re.escape(text)), re.DOTALL)
