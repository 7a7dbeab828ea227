"""What has to be seen to be helped: groups of alternatives, of each of which one must be in what is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]\[]*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])")
_ROLE = re.compile(r":[a-zA-Z:+-]+:`~?([^`<]*?)\s*(?:<[^`>]*>)?`")
_MARKS = re.compile(r"[`*|>#+\u2022-]+|\\(?=\W)|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "\u00a0": " "})  # noqa: RUF001


def holds(must: Iterable[Sequence[str]], texts: Iterable[str]) -> bool:
    """Return whether `texts` together hold one string of every group, markup, case and white space aside."""
    shown = [plain(text) for text in texts]
    return all(any(plain(string) in text for string in group for text in shown) for group in must)


def plain(text: str) -> str:
    """Return a text in lower case without the markup of Markdown and reStructuredText, its blanks single."""
    text = html.unescape(text).translate(_ALIKE)
    text = _ROLE.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", _TAG.sub("", text))))
    return " ".join(_MARKS.sub(" ", text).lower().split())
