"""Which parts of a table's style hold for a cell: those for the first row, for the last column, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.read.office.word_xml import W, value

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
"""ECMA-376 part 4, 14.4.7: what each bit of `w:tblLook` says."""


class Conditions:
    """The parts of its style that a table makes use of."""

    def __init__(self, table: _Element, rows: int) -> None:
        """Take them from the table's properties; it has so many rows."""
        look = table.find(f"{W}tblPr/{W}tblLook")
        written = value(table, "tblPr/tblLook") or "0"
        bits = int(written, 16) if len(written) <= len("0000") and written.isalnum() and _is_hex(written) else 0
        self._on = {name: _switched(look, name, bits & bit) for name, bit in _BITS.items()}
        self._rows = rows

    def of(self, row: int, column: int, columns: int) -> list[str]:
        """Return the parts that hold for a cell, the strongest first (ECMA-376 part 1, 17.7.6)."""
        down = row - self._on["firstRow"]
        across = column - self._on["firstColumn"]
        holds = {
            "firstRow": self._on["firstRow"] and row == 0,
            "lastRow": self._on["lastRow"] and row == self._rows - 1,
            "firstCol": self._on["firstColumn"] and column == 0,
            "lastCol": self._on["lastColumn"] and column == columns - 1,
            f"band{1 + down % 2}Horz": not self._on["noHBand"] and down >= 0,
            f"band{1 + across % 2}Vert": not self._on["noVBand"] and across >= 0,
            "wholeTable": True,
        }
        return [*_corners(holds), *(name for name, is_on in holds.items() if is_on)]


def _corners(holds: dict[str, bool]) -> list[str]:
    sides = {"n": "firstRow", "s": "lastRow", "w": "firstCol", "e": "lastCol"}
    return [f"{name}Cell" for name in ("nw", "ne", "sw", "se") if all(holds[sides[side]] for side in name)]


def _is_hex(written: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in written)


def _switched(look: _Element | None, name: str, bit: int) -> bool:
    written = None if look is None else look.get(f"{W}{name}")
    return bool(bit) if written is None else written in {"1", "true", "on"}
