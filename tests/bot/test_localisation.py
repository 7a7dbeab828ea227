"""What the bot says is in the catalogue, whole, in every language that it speaks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
import index
from bot.cards.cut import NOTE_ROOM
from bot.left_out import grouped
from bot.localisation import words
from bot.localisation.catalogue import (
    FOLDER,
    LANGUAGES,
    every,
    figure,
    language_name,
    language_of,
    say,
    say_count,
    speaking,
)
from bot.localisation.people import Listeners
from bot.localisation.reasons import REASONS
from bot.public_errors import public_words
from index.errors import SourceError
from index.records import LeftOut

OTHERS = [code for code in LANGUAGES if code != "en"]
BOT = Path(bot.__file__).parent
ROOTS = (BOT, *(Path(index.__file__).parent / room for room in ("library", "store")))
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(("say", "mark", "locale_str", "LibraryError", "SourceError", "_told")),
    "say_count": (1, 2),
}

Id = str | tuple[str, ...]


def said() -> set[Id]:
    """What the code says, as Babel finds it: `make messages` does the same."""
    found: set[Id] = set()
    for root in ROOTS:
        for _, _, message, _, _ in extract_from_dir(str(root), [("**.py", "python")], keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else tuple(message))
    return found


def key(message: Message) -> Id:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def catalogue(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def messages(code: str) -> list[Message]:
    return [message for message in catalogue(code) if message.id]


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_there_and_no_other(code: str) -> None:
    there = {key(message) for message in messages(code)}
    assert there == said(), "run `make messages`, and translate what is new in bot/localisation/*.po"


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_with_the_same_placeholders(code: str) -> None:
    for message in messages(code):
        assert not message.fuzzy
        english = message.id if isinstance(message.id, str) else message.id[-1]
        assert all(form.strip() for form in forms(message)), english
        for form in forms(message):
            assert placeholders(form) == placeholders(english), english
            assert form.count("**") == english.count("**"), english
            assert form.startswith("-# ") == english.startswith("-# "), english


@pytest.mark.parametrize("code", OTHERS)
def test_commands_that_a_text_names_are_named_as_discord_shows_them(code: str) -> None:
    names = {key(message): forms(message)[0] for message in messages(code)}
    for english, text in names.items():
        for command in re.findall(r"`/([a-z-]+(?: [a-z]+)?)`", english if isinstance(english, str) else ""):
            assert f"`/{' '.join(names[part] for part in command.split())}`" in text, text


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_note_on_what_was_cut_has_room_in_every_language(code: str) -> None:
    with speaking(code):
        more = say("Context")
        note = say_count(
            "-# … ({n} character more: {more})", "-# … ({n} characters more: {more})", 10_000_000, more=more
        )
    assert len(note) <= NOTE_ROOM


def test_numbers_and_plurals_are_those_of_the_language() -> None:
    told = {}
    for code in LANGUAGES:
        with speaking(code):
            told[code] = (words.days(1), words.days(0), words.days(12345), figure(1234.5, 1))
    assert told["en"] == ("1 day", "0 days", "12,345 days", "1,234.5")
    assert told["de"] == ("1 Tag", "0 Tage", "12.345 Tage", "1.234,5")
    assert told["es"][2] == "12.345 días"
    assert told["fr"][1] == "0 jour"


def test_reasons_why_a_file_was_left_out_are_those_that_readers_give_and_are_translated() -> None:
    read = " ".join(path.read_text("utf-8") for path in Path(index.__file__).parent.rglob("*.py"))
    assert [reason for reason in REASONS if f'"{reason}"' not in read] == []
    with speaking("de"):
        assert grouped([LeftOut("a.pdf", "holds no text")])[0].what == "a.pdf: enthält keinen Text"
        assert "Bilder" in grouped([LeftOut(f"{n}.png", "`.png` files are not read") for n in range(3)])[0].what


def test_a_locale_that_is_unknown_is_english() -> None:
    told = [language_of(one) for one in ("de", "es-419", "fr", "en-GB", "tlh", "", None)]
    assert told == ["de", "es", "fr", "en", "en", "en", "en"]
    with speaking(language_of("tlh")):
        assert say("More") == "More"


def test_a_person_is_spoken_to_in_the_language_of_their_last_command_else_in_that_of_the_server() -> None:
    listeners = Listeners()
    assert listeners.of_message(1, "de") == "de"
    assert listeners.of_message(1, None) == "en"
    assert listeners.of_interaction(1, "fr") == "fr"
    assert listeners.of_message(1, "de") == "fr"
    assert listeners.of_interaction(1, "ja") == "en"
    assert listeners.of_interaction(2, "fr", ("de", "es")) == "de"


def test_an_error_of_the_index_is_told_in_the_language_that_is_spoken() -> None:
    error = SourceError("{source} has no section '{name}'.", source="a.md", name="{Food}")
    assert str(error) == "a.md has no section '{Food}'."
    with speaking("de"):
        assert public_words(error) == "a.md hat keinen Abschnitt „{Food}“."


def test_what_cards_begin_with_is_known_in_every_language_and_languages_by_their_names() -> None:
    assert "-# Gefragt: " in every("-# Asked: ")
    assert len(every("-# Asked: ")) == len(LANGUAGES)
    with speaking("de"):
        assert language_name("French") == "Französisch"
        assert language_name("Gibberish") == "Gibberish"


SENTENCE = re.compile(r"[A-Za-z]{2,}[,:]? [a-z]{2,}")


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module that nothing puts into the catalogue; docstrings and what is logged are none."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        elif isinstance(node, ast.Call) and _is_exempt(node):
            skipped.update(id(inside) for inside in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


def _is_exempt(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Attribute):
        owner = function.value.id if isinstance(function.value, ast.Name) else ""
        return owner in {"_log", "re"} or function.attr in {"split", "execute", "executescript"}
    name = function.id if isinstance(function, ast.Name) else ""
    return name in KEYWORDS or name in {"command", "OversizedCardError", "ValueError", "TypeVar"}


@pytest.mark.parametrize("room", ["cards", "handlers"])
def test_no_text_is_left_in_the_code_of_cards_and_handlers(room: str) -> None:
    for path in sorted(set((BOT / room).rglob("*.py")) - {BOT / "cards" / "slash.py"}):  # the shell's commands
        for found in literals(ast.parse(path.read_text("utf-8"))):
            assert not SENTENCE.search(found.value) or found.value in LEFT, f"{path}:{found.lineno} {found.value!r}"


LEFT = {"a member", "**Closest passages**"}
"""What is written into documents, and what cards of earlier versions hold: no card shows either in any language."""


def test_nothing_is_said_inside_an_f_string_where_babel_does_not_find_it() -> None:
    for path in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
                inside = [one for one in calls if one.func.id in KEYWORDS and isinstance(one.args[0], ast.Constant)]  # type: ignore[attr-defined]
                assert not inside, f"{path}:{node.lineno}"
