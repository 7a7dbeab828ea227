"""A title out of a file's own properties, where it is one that a person gave."""

from __future__ import annotations

import re

_USELESS = re.compile(
    r"untitled(?: (?:document|page|presentation|spreadsheet|site))?[\s\d._-]*"
    r"|\((?:anonymous|unspecified|untitled|none)\)|\W*"
    r"|(?:unknown|title|document|slide|presentation|powerpoint presentation|no title)?[\s\d._-]*"
    r"|(?:dokument|documento|folie|diapositive|diapositiva|präsentation|présentation|presentación)[\s\d._-]*"
    r"|powerpoint-präsentation|présentation powerpoint|presentación de powerpoint"
    r"|(?:about|blob|data|file|https?):\S*"
    r"|microsoft (?:word|powerpoint|excel) - .*"
    r"|\S+\.[a-z]{2,8}"
    r"|.*\.(?:docx?|dotx?|dvi|indd|odt|pdf|ps|pptx?|qxd|rtf|tex|txt|xlsx?)",
    re.IGNORECASE,
)


def sensible_title(value: str | None) -> str | None:
    """Return the title on one line, or None where it is blank, a program's default or a file name."""
    title = " ".join((value or "").replace("\x00", "").split())
    return None if _USELESS.fullmatch(title) else title
