"""The characters that a document's text may hold: no control characters but newline and tab, and no half pairs."""

from __future__ import annotations

import re
import unicodedata

# Controls and separators that editors do not count as the end of a line: a space in their place keeps words apart
# and line numbers right.
_SPACES = "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
BREAKS = "\xad\u200b\u2060"
"""Soft hyphens and marks where a line may break or may not: they are in no word that a reader sees."""

_DROPPED = [
    code
    for code in (*range(0x20), *range(0x7F, 0xA0), *map(ord, BREAKS), 0xFEFF, 0xFFFE, 0xFFFF)
    if chr(code) not in f"{_SPACES}\n\t"
]
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_DROPPED),
    **{ord(space): " " for space in _SPACES},
}
_TO_CLEAN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff{BREAKS}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")


def cleaned(text: str) -> str:
    r"""Return the text with its newlines as `\\n`, and without the characters that no document holds."""
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    if _TO_CLEAN.search(text):
        text = text.translate(_TABLE)
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


def shown(name: str) -> str:
    """Return a file name as it can be shown: what is not a character of a text is escaped."""
    return "".join(character if _printable(character) else _escaped(character) for character in name)


def is_plain(name: str) -> bool:
    """Return whether a file name is nothing but characters that can be shown on one line."""
    return all(_printable(character) for character in name)


def _printable(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
