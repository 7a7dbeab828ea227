"""Whether text in pictures is read, and what is said where it is not."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec

_PACKAGES = ("rapidocr", "onnxruntime")

INSTALL = "install the extra `ocr`: `.venv/bin/pip install -e '.[ocr]' -c constraints.txt`"
"""What to do where the packages are missing."""

NO_EXTRA = "is a picture, which is not read: install the extra by `pip install -e '.[ocr]'`"
"""Why a picture is left out where the extra is missing."""


class Mode(StrEnum):
    """Whether text in pictures is read; `MISSING` is asked for without the packages that it takes."""

    OFF = "off"
    MISSING = "missing"
    ON = "on"


def mode_of(*, wanted: bool) -> Mode:
    """Return the mode for a setting; nothing is imported to find out."""
    if not wanted:
        return Mode.OFF
    return Mode.ON if all(find_spec(name) is not None for name in _PACKAGES) else Mode.MISSING
