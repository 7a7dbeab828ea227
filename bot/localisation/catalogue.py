"""The catalogue: texts in English and what they are in other languages.

The format is gettext's (`.po`): the English text is its own key, so code reads as it speaks, a text that is not
translated yet is English, translators' programs know the files, and Babel finds what is missing. `make messages` brings
the files up to date; `tests/bot/test_localisation.py` fails while a text is missing in a language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "es", "fr")
"""The languages that the bot speaks."""

FOLDER = Path(__file__).parent

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language() -> str:
    """Return the language that is spoken to whoever is being answered."""
    return _spoken.get()


def language_of(locale: str | None) -> str:
    """Return the language for one of Discord's locales (`es-419`): English where it is none that the bot speaks."""
    code = (locale or ENGLISH).partition("-")[0].lower()
    return code if code in LANGUAGES else ENGLISH


def speak(code: str) -> None:
    """Speak a language for the rest of the current task."""
    _spoken.set(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language while the context is open."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def mark(text: str) -> str:
    """Return `text`, which is said later: this puts it into the catalogue."""
    return text


def say(text: str, /, **values: object) -> str:
    """Return `text` in the language that is spoken, `values` in place of the names in braces."""
    return _filled(_catalogue(_spoken.get()).gettext(text), values)


def say_count(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Return the form for `number` in the language that is spoken; `{n}` in it is the number, as it is written there.

    `singular` and `plural` are the English forms.
    """
    return _filled(_catalogue(_spoken.get()).ngettext(singular, plural, number), {"n": figure(number), **values})


def figure(number: float, digits: int = 0) -> str:
    """Return a number as it is written in the language that is spoken, with so many digits after the point."""
    if _spoken.get() == ENGLISH:
        return f"{number:,.{digits}f}"
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(number, format=pattern, locale=_spoken.get())


def every(text: str) -> tuple[str, ...]:
    """Return `text` in each language: cards are read again, and may have been written in any."""
    return tuple(dict.fromkeys(translated(text, code) or text for code in LANGUAGES))


def translated(text: str, code: str) -> str | None:
    """Return `text` in a language; None where the catalogue does not have it there."""
    translated = _catalogue(code).gettext(text)
    return None if translated == text and not _has(code, text) else translated


def language_name(english: str) -> str:
    """Return the name of a language, such as "German", in the language that is spoken."""
    code = _codes().get(english)
    return _names(_spoken.get()).get(code, english) if code is not None else english


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format(**values) if values else text


def load() -> None:
    """Read all languages: otherwise the first answer in each would wait for that."""
    for code in LANGUAGES:
        _catalogue(code)


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (FOLDER / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _has(code: str, text: str) -> bool:
    catalogue = _catalogue(code)
    return isinstance(catalogue, GNUTranslations) and text in catalogue._catalog  # type: ignore[attr-defined]  # noqa: SLF001 -- the library tells it in no other way


@cache
def _names(code: str) -> Mapping[str, str]:
    from babel import Locale

    return dict(Locale.parse(code).languages)


@cache
def _codes() -> Mapping[str, str]:
    return {name: code for code, name in _names(ENGLISH).items()}
