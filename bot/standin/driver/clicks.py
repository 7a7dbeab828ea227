"""Finds what a person clicks or picks in a message."""

from __future__ import annotations

from collections.abc import Sequence

from bot.standin.driver.errors import ClientRefusesError
from bot.standin.payload import Json
from bot.standin.rules.tree import SELECTS, Part, walk
from bot.standin.state.message import Message


def find_button(message: Message, wanted: str) -> Json:
    """Return the custom_id and the id of a button, found by custom_id or by label (its emoji where it has none)."""
    for part in _parts(message):
        if part["type"] == Part.BUTTON and wanted in {part.get("custom_id"), part.get("label"), _emoji(part)}:
            if part.get("disabled"):
                raise ClientRefusesError(f"The button {wanted!r} is disabled.")
            if not part.get("custom_id"):
                raise ClientRefusesError(f"The button {wanted!r} is a link.")
            return {"custom_id": part["custom_id"], "id": part["id"]}
    raise ClientRefusesError(f"There is no button {wanted!r}.")


def find_select(message: Message, custom_id: str | None) -> Json:
    """Return a select, the first where none is named."""
    for part in _parts(message):
        if part["type"] in SELECTS and custom_id in {None, part["custom_id"]}:
            if part.get("disabled"):
                raise ClientRefusesError("That select is disabled.")
            return part
    raise ClientRefusesError("There is no such select.")


def picked_values(part: Json, wanted: Sequence[str]) -> list[str]:
    """Return the values of what is picked, by value or by label."""
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    if not least <= len(wanted) <= most:
        raise ClientRefusesError(f"{least} to {most} can be picked, not {len(wanted)}.")
    if part["type"] != Part.STRING_SELECT:
        if not all(choice.isdecimal() for choice in wanted):
            raise ClientRefusesError("What is picked there is given by ids.")
        return list(wanted)
    values = {option["label"]: option["value"] for option in part["options"]}
    values |= {option["value"]: option["value"] for option in part["options"]}
    unknown = [choice for choice in wanted if choice not in values]
    if unknown:
        raise ClientRefusesError(f"There is no {unknown[0]!r} to pick.")
    return [values[choice] for choice in wanted]


def _parts(message: Message) -> list[Json]:
    return [part for _, part in walk(message.body.components)]


def _emoji(part: Json) -> str | None:
    return (part.get("emoji") or {}).get("name")
