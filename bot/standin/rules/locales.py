"""Localisations of names and descriptions."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.rules.name import NAME_LENGTH, check_name
from bot.standin.rules.problems import Path, Problems

_DESCRIPTION = 100
# https://discord.com/developers/docs/reference#locales
LOCALES = frozenset(
    {"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR"}
    | {"ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"}
)


def check_localizations(problems: Problems, path: Path, named: Json, *, slash: bool) -> None:
    """Check the languages, names and descriptions of a command or an option; `slash` says that names are lower case."""
    for locale, name in (named.get("name_localizations") or {}).items():
        here = (*path, "name_localizations", locale)
        _check_locale(problems, here, locale)
        if slash:
            check_name(problems, here, name)
        else:
            problems.length(here, name, 1, NAME_LENGTH)
    for locale, description in (named.get("description_localizations") or {}).items():
        here = (*path, "description_localizations", locale)
        _check_locale(problems, here, locale)
        problems.length(here, description, 1, _DESCRIPTION)


def _check_locale(problems: Problems, path: Path, locale: str) -> None:
    if locale not in LOCALES:
        problems.add(path, "ENUM_TYPE_COERCE", f'Value "{locale}" is not a valid enum value.')
