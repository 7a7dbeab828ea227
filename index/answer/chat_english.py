"""English as people type it into a chat, spelled as documents spell it."""

from __future__ import annotations

import re
from types import MappingProxyType

_BEFORE, _AFTER = r"(?<![\w.`/:\\@'\u2019-])", r"(?![\w`/\\@'\u2019-]|\.\w)"
"""Around a word that stands by itself; one beside signs is a name."""

_HEADS = "ai|are|ca|could|did|does|do|had|has|have|is|must|need|should|was|were|wo|would"
_NOT = re.compile(f"{_BEFORE}({_HEADS})nt{_AFTER}", re.IGNORECASE)
_IS = re.compile(f"{_BEFORE}(what|where|who|how|when|why|that|there|here)s{_AFTER}", re.IGNORECASE)

_WORDS = MappingProxyType({
    "im": "I'm", "ive": "I've", "youre": "you're", "youve": "you've", "youll": "you'll", "theyre": "they're",
    "theyve": "they've", "weve": "we've", "yall": "you all", "u": "you", "ur": "your", "pls": "please", "plz": "please",
    "idk": "I don't know", "gonna": "going to", "wanna": "want to", "gotta": "have to", "tryna": "trying to",
    "lemme": "let me", "cuz": "because", "thru": "through", "ppl": "people", "smth": "something",
})  # fmt: skip
"""Spellings that are hardly ever words of their own in small letters: `UR` and `IM` may be names."""

_WORD = re.compile(f"{_BEFORE}({'|'.join(_WORDS)}){_AFTER}")
_WITH = re.compile(r"(?<!\S)w/(o?)(?=\s)")


def written_out(text: str) -> str:
    """Return an English question with its contractions and abbreviations spelled as documents spell them."""
    text = _WITH.sub(lambda match: "without" if match[1] else "with", text)
    return _WORD.sub(lambda match: _WORDS[match[0]], _IS.sub(r"\1's", _NOT.sub(r"\1n't", text)))
