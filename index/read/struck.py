"""Text that its author struck out, between marks as Markdown has them: nobody takes it for what still holds."""

from __future__ import annotations

import re

STRUCK = "~~"
"""Stands before and after what is struck out, as in Discord's Markdown and in pandoc's plain text."""

_BETWEEN = re.compile(r"(?<=[.!?。！？])(\s+)(?=\S)")  # noqa: RUF001 # ends of sentences in Chinese and Japanese, too


def struck(text: str) -> str:
    """Return a text between the marks, each of its sentences for itself, as each may be quoted; blanks stay outside."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner[0])
    marked = _BETWEEN.sub(rf"{STRUCK}\1{STRUCK}", inner)
    return f"{text[:start]}{STRUCK}{marked}{STRUCK}{text[start + len(inner) :]}"


def going_on(before: str, text: str) -> tuple[str, str]:
    """Return two struck texts that follow each other, without the marks between them if nothing else is there."""
    if before.endswith(STRUCK) and text.startswith(STRUCK) and len(before) > len(STRUCK):
        return before.removesuffix(STRUCK), text.removeprefix(STRUCK)
    return before, text
