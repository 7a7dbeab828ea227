"""What is seen of a line of AsciiDoc: marks, links, macros and attributes as words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from index.read.aside import Aside
from index.read.html.blocks import seen_blocks
from index.read.html.style import hides_by_class
from index.read.raised import raised
from index.read.struck import struck

BUILT_IN: Mapping[str, str] = {
    "amp": "&",
    "apos": "'",
    "asterisk": "*",
    "backslash": "\\",
    "backtick": "`",
    "blank": "",
    "brvbar": "¦",
    "caret": "^",
    "cpp": "C++",
    "deg": "°",
    "empty": "",
    "endsb": "]",
    "gt": ">",
    "ldquo": "“",
    "lsquo": "‘",  # noqa: RUF001 -- a quotation mark
    "lt": "<",
    "nbsp": "\xa0",
    "plus": "+",
    "quot": '"',
    "rdquo": "”",
    "rsquo": "’",  # noqa: RUF001 -- a quotation mark
    "sp": " ",
    "startsb": "[",
    "tilde": "~",
    "two-colons": "::",
    "two-semicolons": ";;",
    "vbar": "|",
    "wj": "",
    "zwsp": "",
}
"""Attributes that every document has (Asciidoctor, "Character Replacement Attributes Reference")."""

_ATTRIBUTE = re.compile(r"(\\?)\{([\w][\w-]*)\}")
_LITERAL = re.compile(
    r"(?<![\w`])`\+([^`\n]{1,2000}?)\+`(?!\w)|(?<![\w`])`([^`\n]{1,2000}?)`(?![\w`])|``([^\n]{1,2000}?)``"
    r"|\+\+\+?([^\n]{1,2000}?)\+\+\+?|pass:(?P<flags>\w{0,20})\[([^\]\n]{0,2000})\]"
    r"|(?<![\w+\\])\+(?=\S)([^+\n]{0,2000}?\S)\+(?![\w+])"
    r"|\b(?:stem|latexmath|asciimath):\[([^\n]{0,5000}?)(?<!\\)\]|(\$\$[^\n]{1,2000}?\$\$)"
)
_FLAGS = _LITERAL.groupindex["flags"]
_SHOWN_TAGS = frozenset("cvn")
"""Flags of `pass:` that leave the marks of tags as what is seen: special characters, verbatim, normal."""

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LITERAL_LINK = re.compile(r"\blink:\+\+([^\s\[\]]{1,2000}?)\+\+(?=\[)")
_HIDDEN = re.compile(
    r"\(\(\([^()\n]*\)\)\)|indexterm:\[[^\]\n]{0,2000}\]|\[\[[^\[\]\n]*\]\]|anchor:[^\[\n\s]{0,300}\[[^\]\n]{0,2000}\]"
)
_ENTRY = re.compile(r"\[\[\[([^\[\],\n]{1,200})(?:,([^\[\]\n]{1,200}))?\]\]\]")
"""The name of an entry of a bibliography."""

_STYLED = re.compile(r"<[a-z][^<>]*\s(?:hidden|style|class)\b", re.IGNORECASE)
_CROSS = re.compile(r"<<(?=[\w#/.:{])([^<>,\n]+)(?:,([^<>\n]*))?>>")
_XREF = re.compile(r"\bxref:([^\[\s]{1,2000})\[([^\]\n]{0,2000})\]")
_LINK = re.compile(r"(?:\blink:|(?=\b(?:https?|ftp|irc|mailto):))([^\[\]\s<>]{1,2000})\[([^\]\n]{0,2000})\]")
_IMAGE = re.compile(r"\b(?:image|icon)::?([^\[\s]{1,2000})\[([^\]\n]{0,2000})\]")
_KEYS = re.compile(r"\b(?:kbd|btn):\[([^\]\n]{0,2000})\]")
_MENU = re.compile(r"\bmenu:([^\[\n]{1,80})\[([^\]\n]{0,2000})\]")
_NOTE = re.compile(r"\bfootnote(?:ref)?:[\w-]{0,100}\[([^\]\n]{0,5000})\]")
_INDEXED = re.compile(r"\(\(([^()\n]+)\)\)")
_ROLE = re.compile(r"\[[.#%][\w.#%-]*\](?=[#*_`^~])")
_WITH_ROLES = re.compile(r"\[\.([\w.-]+)\]([#*_`^~]{1,2})(?=\S)([^\n]{0,2000}?\S)\2")
_NAMED = re.compile(r"(?<![\w\]])\[(?:[a-z]+[ -]?){1,4}\](?=([#*])\S[^\n]{0,2000}?(?<=\S)\1(?!\w))")
"""A role as older versions have it, without a dot."""

_STRUCK = re.compile(r"\[\.?(?:line-through|strike)\](##?|\*\*?|__?)(?=\S)([^\n]{0,2000}?\S)\1")
_SET_OFF = re.compile("\x01([^\x01\x02]*)\x02")
"""What is struck out, until no other mark is looked for: no text holds such characters."""

_TWICE = re.compile(r"(\*\*|__|##)(?=\S)([^\n]{1,2000}?)\1")
_ONCE = re.compile(r"(?<![\w\\])([*_#])(?=\S)([^\n]{0,2000}?\S)\1(?!\w)")
_RAISED = re.compile(r"([\^~])(\S+?)\1")
_REPLACED = {"(C)": "©", "(R)": "®", "(TM)": "™", "->": "→", "=>": "⇒", "<-": "←", "<=": "⇐"}
_REPLACEMENT = re.compile(r"(?<!\\)(?:\((?:C|R|TM)\)|(?<![-<=])(?:->|=>)(?!>)|(?<!<)(?:<-|<=)(?![->=]))")
_ESCAPED = re.compile(r"\\(?=[*_`#+^~\[{<:(]|[-=]>|https?:|\w+:)")
_MARKS = 4


def seen(text: str, attributes: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return the words of a line or paragraph; `titles` are those of what it may refer to, by name."""
    aside = Aside()
    return aside.back(_unmarked(_kept(text, aside, attributes), aside, attributes, titles))


def resolved(text: str, attributes: Mapping[str, str]) -> str:
    """Return the text with the attributes that are known as their values."""

    def value(match: re.Match[str]) -> str:
        name = match[2].lower()
        if match[1]:
            return match[0][1:]
        return attributes.get(name, BUILT_IN.get(name, match[0]))

    return _ATTRIBUTE.sub(value, text)


def _kept(text: str, aside: Aside, attributes: Mapping[str, str]) -> str:
    """Put what is code, a formula or literal aside."""

    def place(match: re.Match[str]) -> str:
        code = match[2] or match[3]
        literal = next((group for at, group in enumerate(match.groups(), 1) if group is not None and at != _FLAGS), "")
        if match[0].startswith(("+++", "pass:")) and _SHOWN_TAGS.isdisjoint(match["flags"] or ""):
            is_styled = _STYLED.search(literal) is not None
            literal = _blocks_of(literal) if is_styled else unescape(_TAG.sub("", literal))
        return aside.put(resolved(code, attributes) if code else literal, match[0])

    return _LITERAL.sub(place, _LITERAL_LINK.sub(r"link:\1", text))


def _unmarked(text: str, aside: Aside, attributes: Mapping[str, str], titles: Mapping[str, str]) -> str:
    text = _ENTRY.sub(lambda match: f"[{match[2] or match[1]}]", resolved(text, attributes))
    text = _HIDDEN.sub("", text)
    text = _CROSS.sub(lambda match: (match[2] or "").strip() or _title(match[1], titles), text)
    text = _XREF.sub(lambda match: _label(match[2]) or _title(match[1], titles), text)
    text = _LINK.sub(lambda match: _label(match[2]) or match[1].removeprefix("mailto:"), text)
    text = _IMAGE.sub(lambda match: _label(match[2].split(",")[0] if '"' not in match[2] else match[2]), text)
    text = _KEYS.sub(r"\1", text)
    text = _MENU.sub(lambda match: " > ".join(filter(None, (match[1], match[2].replace("&gt;", ">")))), text)
    text = _NOTE.sub(lambda match: f" ({match[1]})" if match[1] else "", text)
    text = _INDEXED.sub(r"\1", text)
    text = _WITH_ROLES.sub(lambda match: "" if hides_by_class(match[1].split(".")) else match[0], text)
    text = _NAMED.sub("", _ROLE.sub("", _STRUCK.sub("\x01\\2\x02", text)))
    for _ in range(_MARKS):  # one mark in another
        text, before = _ONCE.sub(r"\2", _TWICE.sub(r"\2", text)), text
        if text == before:
            break
    text = _REPLACEMENT.sub(lambda match: _REPLACED[match[0]], text)
    text = _RAISED.sub(lambda match: _above(match[2], aside) if match[1] == "^" else match[2], text)
    return _ESCAPED.sub("", _SET_OFF.sub(lambda match: struck(match[1]), text))


def _blocks_of(html: str) -> str:
    """Return what is seen of HTML that may hide parts of itself."""
    return " ".join(block.text for block in seen_blocks(html))


def _above(text: str, aside: Aside) -> str:
    """Return what stands above the line: digits as raised ones, in code, too."""
    known = aside.back(text)
    return text if raised(known) == known else raised(known)


def _title(name: str, titles: Mapping[str, str]) -> str:
    return titles.get(name.strip().lstrip("#"), name)


def _label(inside: str) -> str:
    """Return the text in a macro's brackets: what stands before its options, without quotation marks."""
    quoted = re.match(r'\s*"([^"]*)"', inside)
    if quoted:
        return quoted[1]
    positional = re.split(r",\s*[\w-]+=", inside, maxsplit=1)[0]
    return "" if re.match(r"[\w-]+=", positional) else positional.strip().rstrip("^")
