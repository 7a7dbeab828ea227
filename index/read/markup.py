"""Which markup the files hold that are called plain text."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.read.decoding import decoded
from index.read.kinds import kind_of
from index.read.plain import is_chat

if TYPE_CHECKING:
    from index.read.files import Files

PLAIN = frozenset([".txt", ".text"])
"""The kinds that are called plain text."""

_MARKDOWN = re.compile(r"\A\s*#{1,2} +\S.*\n[ \t]*\n|\[[^\[\]\n]+\]\(https?://[^\s()]+\)|^```", re.MULTILINE)
"""What plain text does not have: a heading at its head with an empty line below, a link with words, fenced code."""

_DIRECTIVES = (
    "admonition|attention|caution|class|code|code-block|contents|csv-table|currentmodule|danger|deprecated|figure|glossary"
    "|highlight|hint|image|important|include|index|list-table|literalinclude|module|note|only|option|program|raw|seealso"
    "|setting|sidebar|table|tip|toctree|topic|versionadded|versionchanged|warning"
)
_ROLES = (
    "attr|class|command|data|djadmin|doc|envvar|exc|file|func|guilabel|kbd|lookup|menuselection|meth|mod|option|pep|program"
    "|ref|rfc|samp|setting|source|term|tfilter|ticket|ttag"
)
_RST = re.compile(
    rf"^\.\. (?:(?:[a-z]+:)?(?:{_DIRECTIVES})::(?:[ \t]|$)|_[\w. -]+:(?:[ \t]|$))"
    rf"|(?<![\w:`]):(?:[a-z]+:)?(?:{_ROLES}):`[^`\n]+`",
    re.MULTILINE,
)
"""What plain text seldom has: directives and targets of reStructuredText that begin a line, and its usual roles."""

_SIGNS = (b".. ", b":`")
"""What begins any of these: without it a text need not be decoded, which takes long where its encoding is old."""

_TITLE = re.compile(r"^(\S[^\n]{0,200})\n([=\-~^\"'*+#])\2{2,}[ \t]*$", re.MULTILINE)
_MARKS = 3
"""Times that a text must have them, below an underlined title: one or two may be quoted."""

_MOST_BYTES = 1024 * 1024
"""Bytes of a page with markup at most: what is larger is a log or a list."""


def markup_of(data: bytes, source: str, files: Files | None) -> str:
    """Return the kind of what is called plain text: its own, or that of the markup that it holds.

    Without an ending, such as README, it is Markdown where it begins with a heading, or holds a link. Pages of Sphinx
    end in `.txt` on some sites, as their settings say, and in `.rst.txt` where a site shows their sources. A chat stays
    one, whatever is said in it.
    """
    kind, suffix = kind_of(source), PurePosixPath(source).suffix
    is_page = bool(suffix) and files is not None and _names(files.settings.get("source_suffix"), suffix)
    is_page = is_page or source.lower().endswith(".rst.txt")
    may_be = not suffix or is_page or any(mark in data for mark in _SIGNS)
    if len(data) > _MOST_BYTES or not may_be:
        return kind
    text = decoded(data)
    if not suffix and _MARKDOWN.search(text):
        return ".md"
    return ".rst" if (is_page or _is_rst(text)) and not is_chat(text) else kind


def _is_rst(text: str) -> bool:
    return bool(_TITLE.search(text)) and len(list(islice(_RST.finditer(text), _MARKS))) == _MARKS


def _names(suffixes: object, suffix: str) -> bool:
    """Tell whether Sphinx's setting of the endings of pages says that those with this one are reStructuredText."""
    return suffixes == suffix or (isinstance(suffixes, tuple) and suffix in suffixes)
