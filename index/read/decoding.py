"""From bytes to text in whatever encoding they are: what the file says of itself first, then what fits."""

from __future__ import annotations

import codecs
import re

from index.errors import UnreadableError
from index.read.characters import cleaned
from index.read.charset import guessed

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta\b[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
# What a declaration means in practice (WHATWG Encoding Standard): the wider code page that writers really used.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_LATIN = {"ascii", "iso8859-1"}  # never fail, and hold control characters where cp1252 holds quotation marks
_SHIFTS = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"), (b"\x1b(J", "iso2022_jp_2"))
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MOST_CONTROLS = 0.03  # random bytes have at least a tenth; real texts, even damaged ones, hardly any
_HEAD = 4096
_MOST_SPACES = 256
"""More blanks in a row than anybody sees: each pattern that looks for what follows them would go over all of them."""

_MOST_IN_A_TABLE = 4096
"""The same in a line of a table that is drawn with signs, whose columns stand by position: those that programs write
are as wide as their longest cell."""

_OVERSTRUCK = re.compile(r"(?:[^\n\x08]\x08)+(?=[^\n\x08])")
"""What a printer strikes again, or underlines first, as pages of a manual are written: the last of it is seen."""

COLOURS = re.compile(r"\x1b(?:\[[0-9;:?]*[A-Za-z]|\][^\x07\x1b\n]*(?:\x07|\x1b\\))")
"""What tells a terminal a colour, a style, or where a link leads."""

_BLANKS = re.compile(rf"[^\S\n]{{{_MOST_SPACES + 1},}}")
_BLANKS_IN_A_CELL = re.compile(rf"[^\S\n\t]{{{_MOST_SPACES + 1},}}")
_DRAWN = re.compile(r"[^\S\n]{0,99}[|+]")


def decoded(data: bytes, *, keeps_tabs: bool = False) -> str:
    r"""Return the bytes as text with `\\n` line ends, no byte order mark, and no endless rows of blanks.

    Every tab is kept where each parts two cells of a table. Raises `UnreadableError` where they are not text.
    """
    text = _as_printed(_decoded(data))
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableError("is not text: it seems to be a file of another kind under this name")
    text = cleaned(text)
    blanks = _BLANKS_IN_A_CELL if keeps_tabs else _BLANKS
    return "\n".join(_with_fewer(blanks, line) for line in text.split("\n")) if blanks.search(text) else text


def _with_fewer(blanks: re.Pattern[str], line: str) -> str:
    """Return a line with as many blanks in a row as are kept."""
    most = _MOST_IN_A_TABLE if _DRAWN.match(line) else _MOST_SPACES
    return blanks.sub(lambda row: row[0][:most], line)


def _as_printed(text: str) -> str:
    """Return what a terminal or a printer makes of a text that was written for it."""
    if "\x08" in text:
        text = _OVERSTRUCK.sub("", text)
    return COLOURS.sub("", text) if "\x1b" in text else text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for encoding in _sure(data):
        text = _strictly(data, encoding)
        if text is not None:
            return text
    return guessed(data)


def _sure(data: bytes) -> list[str]:
    """Return the encodings that the bytes leave little doubt about, best first."""
    wide = _wide(data)
    if wide:
        return [wide]
    shifted = [encoding for escape, encoding in _SHIFTS if escape in data[:_HEAD]]
    return [*shifted, "utf-8", *_declared(data)]


def _wide(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 where zero bytes stand as they do in text of mostly Latin letters."""
    head = data[:_HEAD]
    if b"\x00" not in head:
        return None
    shares = [head[start::4].count(0) / max(1, len(head[start::4])) for start in range(4)]
    zero = [share > 0.3 for share in shares]  # noqa: PLR2004 # spaces, digits and names alone make that many
    patterns = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    return patterns.get((zero[0], zero[1], zero[2], zero[3]))


def _declared(data: bytes) -> list[str]:
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return []
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return []
    if name.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        return []  # the declaration was read as single bytes: it is wrong
    wider = [_WIDER[name]] if name in _WIDER else []
    return [*wider, name] if name in _LATIN else [name, *wider]


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):  # LookupError: a codec that is not of text, such as base64
        return None
