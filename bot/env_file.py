"""What the environment and `.env` name, and which of its lines would be left out, such as one on who may see what."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dotenv.parser import Binding, parse_stream
from rapidfuzz import process

from index.errors import QuothError

PREFIX = "QUOTH_"

_OURS = re.compile(r"(?<!\w)QUOTH[\W_]", re.IGNORECASE)
"""How a name begins that is meant for Quoth: after signs that do not belong there, and with another for `_`, too."""
_SETS = re.compile(r"(?<!\w)QUOTH_\w+['\"]?\s*=", re.IGNORECASE)
"""How a line sets a variable of ours, wherever in the line."""

_UNSEEN = ("Cf", "Mn")
"""Unicode's categories of characters that nobody sees, or that change another: a name with them looks like ours."""


class SettingsError(QuothError):
    """A setting is misspelt, or its value cannot be used."""


def check_names(env_file: Path, known: Collection[str]) -> None:
    """Raise `SettingsError` where the environment or a `.env` names a variable of ours that is none of those known."""
    for where, names in (("the environment", os.environ), (str(env_file), _names_set_by(env_file))):
        for name in names:
            part = own_part(name)
            if part is not None and name.upper() not in known:
                shown = name if name.isprintable() else ascii(name)
                raise SettingsError(f"There is no setting {shown} (in {where}): did you mean {_nearest(part, known)}?")


def _nearest(part: str, known: Iterable[str]) -> str:
    """Return the known variable most like `part`; the prefix, which all have, makes none of them more alike."""
    words = {variable: variable.removeprefix(PREFIX).replace("_", " ") for variable in sorted(known)}
    return str(process.extractOne(re.sub(r"[\W_]", " ", part.upper()), words)[2])


def _names_set_by(env_file: Path) -> list[str]:
    """Return the names that a file sets; a line that would be left out, such as one on who may see what, is told."""
    text = _text_of(env_file)
    line = lost_line(text)
    if line is not None:
        raise SettingsError(
            f"Line {line} of {env_file} cannot be read: write it as NAME=value, each setting on a line of its own, and "
            "end what a quotation mark begins."
        )
    return names_in(text)


def _text_of(env_file: Path) -> str:
    """Return what a file holds; a folder of that name, such as one of Python's virtual environments, is passed over."""
    with reading(env_file):
        return env_file.read_text("utf-8") if env_file.is_file() else ""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say in a sentence what keeps settings from being read from a file; raises `SettingsError`."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text: save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(
            f"{error.filename or path} cannot be read ({error.strerror}): give Quoth the right to read it."
        ) from error


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
