"""Fields of a Word document: the results that are shown, and a mark where one has none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.read.missing import FIELD
from index.read.office.formula import UNREADABLE

WITHOUT_RESULT = FIELD
"""What stands in a text for a field that Word has computed nothing for yet."""

_SILENT = frozenset(
    [
        "addin",
        "advance",
        "ask",
        "bookmark",
        "data",
        "formtext",
        "hyperlink",
        "index",
        "next",
        "nextif",
        "print",
        "private",
        "rd",
        "set",
        "skipif",
        "ta",
        "tc",
        "toa",
        "toc",
        "xe",
    ]
)
"""Fields that show nothing of themselves, or nothing where nothing has been filled in."""

_UNSEEN = frozenset(["ask", "data", "next", "nextif", "private", "rd", "set", "skipif", "ta", "tc", "xe"])
"""Those of them whose results are kept for other fields, and not seen where they stand."""

_SHOWN_IN_CODE = frozenset(["macrobutton", "gotobutton"])
_WORDS = re.compile(r'"[^"]*"|\S+')


@dataclass
class _Field:
    instruction: str = ""
    in_result: bool = False
    shown: bool = False
    form: str | None = None

    @property
    def name(self) -> str:
        """What kind of field it is, in lower case."""
        return self.instruction.split(maxsplit=1)[0].lower() if self.instruction.strip() else ""


class Fields:
    """The fields that are open at a place of the text, outermost first: they may reach over paragraphs."""

    def __init__(self) -> None:
        """Begin outside of all fields."""
        self._open: list[_Field] = []

    @property
    def shown(self) -> bool:
        """Whether text at this place is shown, and is no field's instruction."""
        return all(field.in_result and field.name not in _UNSEEN for field in self._open)

    def seen(self) -> None:
        """Note that the fields that are open have a result, be it a hidden one."""
        for field in self._open:
            field.shown = True

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += text

    def begin(self, form: str | None = None) -> None:
        """Open a field; `form` is what a check box or a list to choose from shows."""
        self._open.append(_Field(form=form))

    def separate(self) -> None:
        """Begin the innermost field's result."""
        if self._open:
            self._open[-1].in_result = True

    def end(self) -> str:
        """Close the innermost field; return what is shown for it beside its result."""
        if not self._open:
            return ""
        field = self._open.pop()
        if field.shown or not self.shown:
            return ""
        return without_result(field.instruction) if field.form is None else field.form


def without_result(instruction: str) -> str:
    """Return what a field with this instruction shows where it has no result."""
    words = _WORDS.findall(instruction)
    name = words[0].lower() if words else ""
    if name in _SHOWN_IN_CODE:
        return " ".join(words[2:])
    if name == "eq":
        return UNREADABLE
    if name == "symbol" and len(words) > 1 and words[1].isdecimal() and int(words[1]) < 256:  # noqa: PLR2004 # a byte
        return bytes([int(words[1])]).decode("cp1252", "replace")
    return "" if name in _SILENT else WITHOUT_RESULT
