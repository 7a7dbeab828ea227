"""Limits of a message's components: https://discord.com/developers/docs/components/reference."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bot.standin.payload import Json
from bot.standin.rules.interactive import check_button, check_select, check_text_input
from bot.standin.rules.problems import Path, Problems
from bot.standin.rules.tree import SELECTS, Part, media, walk

_ROWS, _PARTS, _TEXT = 5, 40, 4000
_BUTTONS, _GALLERY, _SECTION_TEXTS = 5, 10, 3
_ATTACHED = "attachment://"

_IN_CONTAINER = frozenset(
    {Part.ACTION_ROW, Part.TEXT_DISPLAY, Part.SECTION, Part.MEDIA_GALLERY, Part.SEPARATOR, Part.FILE}
)
_TOP = _IN_CONTAINER | {Part.CONTAINER}
_CHILDREN: dict[int, frozenset[Part]] = {
    Part.ACTION_ROW: frozenset({Part.BUTTON}) | SELECTS,
    Part.SECTION: frozenset({Part.TEXT_DISPLAY}),
    Part.CONTAINER: _IN_CONTAINER,
}


def check_components(problems: Problems, components: list[Json], *, v2: bool, files: Collection[str]) -> None:
    """Check a message's components; `v2` is its flag IS_COMPONENTS_V2, `files` the names of what is attached."""
    if not v2:
        problems.count(("components",), components, 0, _ROWS)
    _check_kinds(problems, components, ("components",), _TOP if v2 else frozenset({Part.ACTION_ROW}))
    for path, part in walk(components):
        check = _CHECKS.get(part.get("type", 0))
        if check:
            check(problems, path, part)
        _check_files(problems, path, part, files)
    check_ids(problems, components)
    _check_totals(problems, components)


def check_ids(problems: Problems, components: list[Json]) -> None:
    """Check that no custom_id and no id stands twice."""
    for key, code, message in (
        ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"),
        ("id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"),
    ):
        seen: set[object] = set()
        for path, part in walk(components):
            value = part.get(key)
            if value and value in seen:
                problems.add((*path, key), code, message)
            seen.add(value)


def _check_totals(problems: Problems, components: list[Json]) -> None:
    parts = [part for _, part in walk(components)]
    if len(parts) > _PARTS:
        message = f"The total number of components cannot exceed {_PARTS}"
        problems.add(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    length = sum(len(str(part.get("content") or "")) for part in parts if part.get("type") == Part.TEXT_DISPLAY)
    if length > _TEXT:
        message = f"The total displayable text size cannot exceed {_TEXT} characters"
        problems.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def _check_kinds(problems: Problems, components: list[Json], path: Path, allowed: frozenset[Part]) -> None:
    for index, component in enumerate(components):
        kind = component.get("type")
        here = (*path, index)
        if kind not in allowed:
            choices = ", ".join(str(int(part)) for part in sorted(allowed))
            problems.add((*here, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({choices},).')
        inside = component.get("components")
        if isinstance(inside, list):
            _check_kinds(problems, inside, (*here, "components"), _CHILDREN.get(kind or 0, frozenset()))


def _check_row(problems: Problems, path: Path, part: Json) -> None:
    inside = part.get("components") or []
    if not problems.count((*path, "components"), inside, 1, _BUTTONS):
        return
    if len(inside) > 1 and any(child.get("type") in SELECTS for child in inside):
        message = "The specified component exceeds the maximum width"
        problems.add((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _check_section(problems: Problems, path: Path, part: Json) -> None:
    problems.count((*path, "components"), part.get("components"), 1, _SECTION_TEXTS)
    accessory = part.get("accessory")
    if not isinstance(accessory, dict) or accessory.get("type") not in {Part.BUTTON, Part.THUMBNAIL}:
        problems.add((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")


def _check_text(problems: Problems, path: Path, part: Json) -> None:
    content = part.get("content")
    blank = isinstance(content, str) and not content.strip()
    problems.length((*path, "content"), None if blank else content, 1, _TEXT)


def _check_gallery(problems: Problems, path: Path, part: Json) -> None:
    problems.count((*path, "items"), part.get("items"), 1, _GALLERY)


def _check_container(problems: Problems, path: Path, part: Json) -> None:
    problems.count((*path, "components"), part.get("components"), 1, _PARTS)


def _check_separator(problems: Problems, path: Path, part: Json) -> None:
    if part.get("spacing") not in {None, 1, 2}:
        problems.add((*path, "spacing"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2).")


def _check_files(problems: Problems, path: Path, part: Json, files: Collection[str]) -> None:
    for item in media(part):
        url = str(item.get("url", ""))
        if url.startswith(_ATTACHED) and url.removeprefix(_ATTACHED) not in files:
            code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
            problems.add((*path, "media", "url"), code, f"The referenced attachment '{url}' was not found")
        elif not url.startswith((_ATTACHED, "http://", "https://")):
            problems.add((*path, "media", "url"), "URL_TYPE_INVALID_SCHEME", f"Scheme of '{url}' is not supported.")


_Check = Callable[[Problems, Path, Json], None]
_CHECKS: dict[int, _Check] = {
    Part.ACTION_ROW: _check_row,
    Part.BUTTON: check_button,
    Part.TEXT_INPUT: check_text_input,
    Part.SECTION: _check_section,
    Part.TEXT_DISPLAY: _check_text,
    Part.MEDIA_GALLERY: _check_gallery,
    Part.SEPARATOR: _check_separator,
    Part.CONTAINER: _check_container,
    **dict.fromkeys(SELECTS, check_select),
}
