"""Phrases that stand one a line in a text, as patterns.

Words are in lower case and without accents. `[...]` may be there or not, `(a|b)` is one of several, `*` stands for any
words, `WORD` for one, and `NICE` for a word that says how somebody likes something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OPEN = "*"

_NICE = (
    "adorable|amazing|annoying|awesome|bad|beautiful|brilliant|cool|crazy|cute|dope|epic|excellent|fair|fine|fun|funny"
    "|good|gorgeous|great|hilarious|hype|impressive|insane|interesting|lame|lovely|mad|neat|nice|perfect|rude|sad|sick"
    "|sweet|true|ugly|weird|wholesome|wild"
    "|genial|gut|hart|klasse|komisch|krass|lieb|lustig|nett|schade|schlecht|schlimm|schon|spannend|stark|suss|toll"
    "|traurig|witzig"
    "|bien|bonit[oa]|buen[oa]|chul[oa]|divertid[oa]|gracios[oa]|guay|lastima|lind[oa]|maj[oa]|raro|risa|triste"
    "|beau|belle|bete|bizarre|bon|drole|dommage|fort|fou|gentil|joli|marrant|mignon|sympa|geil"
)

_ITEM = re.compile(r"\[[^\]]+\]|\([^)]+\)|\S+")


def lines(*groups: str) -> list[str]:
    """Return the phrases of some groups."""
    return [line for group in groups for line in group.strip().splitlines()]


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of any of some phrases; a blank follows each word."""
    return re.compile("|".join("".join(map(_pattern, _ITEM.findall(phrase))) for phrase in phrases))


def _pattern(item: str) -> str:
    if item == OPEN:
        return r"(?:\S+ )*"
    words = item.strip("[]()").replace("NICE", _NICE).replace("WORD", r"\S+").replace(" *", r"(?: \S+)*")
    return f"(?:(?:{words}) )" + ("?" if item.startswith("[") else "")
