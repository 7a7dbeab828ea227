"""Limits of modals: https://discord.com/developers/docs/interactions/receiving-and-responding."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.rules.components import check_ids
from bot.standin.rules.interactive import CUSTOM_ID, check_select, check_text_input
from bot.standin.rules.problems import Path, Problems
from bot.standin.rules.tree import SELECTS, Part, walk

_TITLE, _PARTS, _LABEL, _DESCRIPTION = 45, 5, 45, 100
_TOP = frozenset({Part.ACTION_ROW, Part.LABEL, Part.TEXT_DISPLAY})


def check_modal(data: Json) -> None:
    """Refuse (50035) a modal that Discord would not show."""
    problems = Problems()
    problems.length(("title",), data.get("title"), 1, _TITLE)
    problems.length(("custom_id",), data.get("custom_id"), 1, CUSTOM_ID)
    components = data.get("components")
    if problems.count(("components",), components, 1, _PARTS) and isinstance(components, list):
        for path, part in walk(components):
            _check_part(problems, path, part)
        check_ids(problems, components)
    problems.refuse()


def _check_part(problems: Problems, path: Path, part: Json) -> None:
    kind = part.get("type")
    if len(path) == len(("components", 0)) and kind not in _TOP:
        problems.add((*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1, 10, 18).')
    if kind == Part.TEXT_INPUT:
        check_text_input(problems, path, part)
        if "components" in path[2:]:
            problems.length((*path, "label"), part.get("label"), 1, _LABEL)
    elif kind == Part.LABEL:
        problems.length((*path, "label"), part.get("label"), 1, _LABEL)
        problems.length((*path, "description"), part.get("description"), 0, _DESCRIPTION)
    elif kind in SELECTS:
        check_select(problems, path, part)
