"""What the bot says is in the catalogue, whole, in every language that it speaks."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
import index
from bot.cards.cut import NOTE_ROOM
from bot.cards.fetched import outcome_of
from bot.cards.layout import text_of
from bot.cards.library_card import fetched_card
from bot.left_out import grouped, lines
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
from bot.localisation.explanation import explained
from bot.localisation.people import Listeners
from bot.localisation.reasons import ALL
from bot.public_errors import public_reason, public_words
from index.errors import ConnectorError, SourceError
from index.library.connectors.state import Failure, State
from index.records import LeftOut
from tests.bot.machine import of_the_machine

OTHERS = [code for code in LANGUAGES if code != "en"]
BOT = Path(bot.__file__).parent
ROOTS = (BOT, *(Path(index.__file__).parent / room for room in ("library", "store")))
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(("say", "mark", "locale_str", "LibraryError", "SourceError", "_translate_errors")),
    "say_count": (1, 2),
}

Id = str | tuple[str, ...]


@cache
def extracted() -> frozenset[Id]:
    """What the code says, as Babel finds it: `make messages` does the same."""
    texts: set[Id] = set()
    for root in ROOTS:
        for _, _, message, _, _ in extract_from_dir(str(root), [("**.py", "python")], keywords=KEYWORDS):
            texts.add(message if isinstance(message, str) else tuple(message))
    return frozenset(texts)


def key(message: Message) -> Id:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@cache
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
    assert there == extracted(), "run `make messages`, and translate what is new in bot/localisation/*.po"


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
    samples = {}
    for code in LANGUAGES:
        with speaking(code):
            samples[code] = (words.days(1), words.days(0), words.days(12345), figure(1234.5, 1))
    assert samples["en"] == ("1 day", "0 days", "12,345 days", "1,234.5")
    assert samples["de"] == ("1 Tag", "0 Tage", "12.345 Tage", "1.234,5")
    assert samples["es"][2] == "12.345 días"
    assert samples["fr"][1] == "0 jour"


def test_amounts_in_german_stand_where_they_need_no_ending() -> None:
    """They are "3 Dokumente" wherever they stand: what is put "mit" or "in" them would want "3 Dokumenten"."""
    amount = r"\{(?:documents|sections|days)\}"
    dative = re.compile(rf"\b(?:aus|bei|binnen|in|mit|nach|seit|von|vor|zu|den letzten) {amount}", re.IGNORECASE)
    texts = [form for message in messages("de") for form in forms(message)]
    assert [text for text in texts if dative.search(text)] == []
    with speaking("de"):
        assert (words.documents(70), words.sections(3)) == ("70 Dokumente", "3 Abschnitte")


INDEX = Path(index.__file__).parent


def form_of(node: ast.AST) -> str:
    """Return a string of the code with `{}` in place of each value; "" for what is none."""
    if isinstance(node, ast.JoinedStr):
        return blank("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def blank(text: str) -> str:
    return re.sub(r"(\{\w*\})+", "{}", text)


def nodes_in(folder: Path, besides: Collection[str] = ()) -> Iterator[ast.AST]:
    for path in sorted(folder.rglob("*.py")):
        if path.name not in besides:
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_names_a_variable_a_file_or_a_command_of_the_machine(code: str) -> None:
    """Whoever reads Discord cannot do anything with one: it says that whoever runs the bot can mend what is wrong."""
    with speaking(code):
        for text in extracted():
            for form in (text,) if isinstance(text, str) else text:
                assert of_the_machine(say(form)) is None, say(form)


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_that_readers_and_connectors_say_names_one_on_discord(code: str) -> None:
    """Neither a reason that is known, nor one that nobody has thought of here."""
    values = re.compile(r"\{\w*\}")
    given = {values.sub("7", form_of(node)) for node in nodes_in(INDEX / "library") if isinstance(node, ast.JoinedStr)}
    given |= {values.sub("7", text) for text in ALL}
    exact = {reason for reason in given if SENTENCE.search(reason) and of_the_machine(reason)}
    assert len(exact) > 25
    with speaking(code):
        for reason in exact:
            assert of_the_machine(public_reason(reason)) is None, reason
            assert of_the_machine(public_words(ConnectorError(reason))) is None, reason
            assert of_the_machine(grouped([LeftOut("a.pdf", reason)])[0].what) is None, reason
            assert of_the_machine(outcome_of(State(error=reason))) is None, reason
    assert all(reason in lines([LeftOut("a.pdf", reason)])[1] for reason in exact), "the terminal says what to do"


def test_reasons_are_those_that_readers_and_connectors_give() -> None:
    given = set(map(form_of, nodes_in(INDEX)))
    assert [reason for reason in ALL if blank(reason) not in given] == []


def test_whatever_a_run_of_a_connector_fails_with_can_be_said() -> None:
    calls = [node for node in nodes_in(INDEX / "library" / "connectors", OF_FILES) if isinstance(node, ast.Call)]
    raised = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in RAISED and call.args]
    reasons = {form_of(call.args[1 if call.func.id == "Skipped" else 0]) for call in raised} - {""}  # type: ignore[attr-defined]
    assert len(reasons) > 40
    assert reasons - {blank(reason) for reason in ALL} == NOT_SAID


RAISED = {"ConnectorError", "PageError", "UnreadableError", "Skipped", "Notice"}
OF_FILES = {"config.py", "editing.py", "kinds.py", "address.py"}
"""What they tell is about a file that is edited in a shell."""

NOT_SAID = {
    "`folder` cannot be {}: give a path in the repository.",
    "There is no connector {}.",
    "{} cannot be written to ({}).",
    "leads to another page",
}
"""What names folders of the machine, is about that file as well, or is told nobody."""


@pytest.mark.parametrize(
    "words", ["AttributeError: 'NoneType' object has no attribute 'tag'", "error: (7, 'no answer from 10.0.0.3; gone')"]
)
def test_what_python_says_of_a_run_that_failed_is_not_told_on_discord(words: str) -> None:
    error = f"It failed ({words}): nothing has changed."
    general = "It failed: nothing has changed. Whoever runs the bot finds the reason in its log."
    assert outcome_of(State(error=error)) == f"failed: {general}"
    assert public_reason(error) == general


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("holds more than 1,000,000 cells: split it into smaller files", "enthält mehr als 1.000.000 Zellen: teile"),
        ("answers with status 404", "antwortet mit Status 404"),
        (
            "https://a.example/ cannot be reached (it does not answer in time): nothing has changed.",
            "https://a.example/ ist nicht erreichbar (antwortet nicht rechtzeitig): es hat sich nichts geändert.",
        ),
        (
            "a.example cannot be read: its robots.txt answers with status 500.",
            "die robots.txt antwortet mit Status 500.",
        ),
        ("https://a.example/x.git cannot be read: there is no repository there.", "dort ist kein Repository."),
        (
            "There is no document to fetch (a.html: is not public (status 403)): nothing has changed.",
            "(a.html: ist nicht öffentlich (Status 403)): es hat sich nichts geändert.",
        ),
        (
            (
                "pages 2, 5 and 40 to 80 hold pictures alone, in which no text can be read; "
                "some lines on page 3 cannot be read with certainty and are marked as illegible"
            ),
            "auf den Seiten 2, 5, 40–80 stehen nur Bilder ohne lesbaren Text; einige Zeilen auf Seite 3 sind nicht",
        ),
        ("says something new", "says something new"),
        ("is {odd}", "is {odd}"),
    ],
)
def test_a_reason_with_values_is_told_in_the_language_that_is_spoken(english: str, german: str) -> None:
    assert explained(english) == english
    with speaking("de"):
        assert german in explained(english)


def test_why_a_file_was_left_out_is_translated() -> None:
    with speaking("de"):
        assert grouped([LeftOut("a.pdf", "holds no text")])[0].what == "a.pdf: enthält keinen Text"
        shown = "shows other files that were not read (put them in the documents folder)"
        (named,) = grouped([LeftOut("a.md", f"{shown}: b.csv (is not there), c (1).md (is empty) and 1,200 more")])
        assert named.what == (
            "a.md: zeigt andere Dateien, die nicht gelesen wurden (lege sie in den Ordner mit den Dokumenten): "
            "b.csv (gibt es nicht), c (1).md (ist leer) und 1.200 weitere"
        )
        (unnamed,) = grouped([LeftOut("a.md", f"{shown}: settings.toml (is not there)")])
        assert unnamed.what.endswith("(lege sie in den Ordner mit den Dokumenten)")
        assert "Bilder" in grouped([LeftOut(f"{n}.png", "`.png` files are not read") for n in range(3)])[0].what


def test_a_locale_that_is_unknown_is_english() -> None:
    languages = [language_of(locale) for locale in ("de", "es-419", "fr", "en-GB", "tlh", "", None)]
    assert languages == ["de", "es", "fr", "en", "en", "en", "en"]
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
        full = "The disk is full: nothing has changed."
        assert public_words(ConnectorError(full)) == "Die Festplatte ist voll: es hat sich nichts geändert."
        assert outcome_of(State(error=full)) == "fehlgeschlagen: Die Festplatte ist voll: es hat sich nichts geändert."
        failed = State(ended="2026-01-01T00:00:00+00:00", failures=(Failure(name="a.html", reason="is empty"),))
        assert "a.html: ist leer" in text_of(fetched_card("Neu", [("docs", failed)], "")).replace("\\", "")


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
        for literal in literals(ast.parse(path.read_text("utf-8"))):
            assert not SENTENCE.search(literal.value) or literal.value in LEFT, (
                f"{path}:{literal.lineno} {literal.value!r}"
            )


LEFT = {"a member", "**Closest passages**"}
"""What is written into documents, and what cards of earlier versions hold: no card shows either in any language."""


def test_nothing_is_said_inside_an_f_string_where_babel_does_not_find_it() -> None:
    for path in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [
                    child
                    for child in ast.walk(node)
                    if isinstance(child, ast.Call) and isinstance(child.func, ast.Name)
                ]
                inside = [call for call in calls if call.func.id in KEYWORDS and isinstance(call.args[0], ast.Constant)]  # type: ignore[attr-defined]
                assert not inside, f"{path}:{node.lineno}"
