"""Collects what is wrong with a request, and refuses it in the nested form of Discord's code 50035."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.refusal import Refusal

INVALID_FORM_BODY = 50035
Path = tuple[str | int, ...]


class Problems:
    """What is wrong, by where it is wrong."""

    def __init__(self) -> None:
        self._errors: Json = {}

    def add(self, path: Path, code: str, message: str) -> None:
        """Add one problem with the field at `path`."""
        place = self._errors
        for key in path:
            place = place.setdefault(str(key), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def length(self, path: Path, text: object, low: int, high: int) -> bool:
        """Check that `text` is a string of `low` to `high` characters; returns whether it is."""
        if text is None or text == "":
            if low:
                self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
            return not low
        if not isinstance(text, str):
            self.add(path, "BASE_TYPE_STRING", "Must be a string.")
            return False
        if not low <= len(text) <= high:
            self._bad_length(path, low, high, too_long=len(text) > high)
            return False
        return True

    def _bad_length(self, path: Path, low: int, high: int, *, too_long: bool) -> None:
        if low > 0:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
        elif too_long:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")

    def count(self, path: Path, items: object, low: int, high: int) -> bool:
        """Check that `items` is a list of `low` to `high` elements; returns whether it is."""
        if not isinstance(items, list) or not low <= len(items) <= high:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
            return False
        return True

    def refuse(self) -> None:
        """Raise a `Refusal` with 50035 where anything was wrong."""
        if self._errors:
            raise Refusal(400, INVALID_FORM_BODY, "Invalid Form Body", self._errors)


def invalid(path: Path, code: str, message: str) -> Refusal:
    """Return the refusal of one field."""
    problems = Problems()
    problems.add(path, code, message)
    try:
        problems.refuse()
    except Refusal as refusal:
        return refusal
    raise AssertionError("a problem was added, so it was refused")
