"""What `.env` names, and which of its lines would be left out, such as one on who may see what."""

from __future__ import annotations

import io
import re
import unicodedata

from dotenv.parser import Binding, parse_stream

_OURS = re.compile(r"(?<!\w)QUOTH[\W_]", re.IGNORECASE)
"""How a name begins that is meant for Quoth: after signs that do not belong there, and with another for `_`, too."""
_SETS = re.compile(r"(?<!\w)QUOTH_\w+['\"]?\s*=", re.IGNORECASE)
"""How a line sets a variable of ours, wherever in the line."""

_UNSEEN = ("Cf", "Mn")
"""Unicode's categories of characters that nobody sees, or that change another: a name with them looks like ours."""


def own_part(name: str) -> str | None:
    """Return what follows `QUOTH_` in a variable's name, None where it is not meant for Quoth."""
    begun = _OURS.search(plain := _plain(name))
    return None if begun is None else plain[begun.end() :]


def names_in(text: str) -> list[str]:
    """Return the names that the text of a `.env` sets."""
    return [binding.key for binding in _bindings(text) if binding.key]


def lost_line(text: str) -> int | None:
    """Return the number, from 1, of the first line that sets nothing or holds another setting; None where all is well.

    A value may have several lines, and another program's may quote a setting of ours in one.
    """
    for binding in _bindings(text):
        if _is_lost(binding):
            string, line = binding.original
            return line + string[: len(string) - len(string.lstrip())].count("\n")
    return None


def _bindings(text: str) -> list[Binding]:
    return list(parse_stream(io.StringIO(text)))


def _is_lost(binding: Binding) -> bool:
    is_ours = own_part(binding.key or "") is not None
    if binding.value is None:
        return binding.error or is_ours
    lines = binding.value.splitlines()
    written = binding.original.string.strip()
    if not is_ours and written.partition("=")[2].lstrip().startswith(("'", '"')):
        lines = lines[1:] if "\n" in written else []  # what stands in quotation marks on one line is meant to
    return any(_SETS.search(_plain(line)) for line in lines if not line.lstrip().startswith("#"))


def _plain(text: str) -> str:
    """Return a text in the letters that it looks like, without what nobody sees."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in _UNSEEN)
