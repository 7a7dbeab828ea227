"""What the documents say is held to the code: paths, functions, links, settings, commands and values."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from bot.answering.follow import EVERY
from bot.cli.main import quoth
from bot.health.checks import PATIENCE
from bot.preferences.effective import FIXED_BY
from bot.settings import Settings, variable
from index.answer.choosing import PASSAGES, PASSAGES_AFTER
from index.answer.confidence import Strictness, fitted_threshold
from index.answer.quotes import KEPT, LONGEST
from index.answer.reranking import READ
from index.answer.sentence_quotes import CLEAR, UNCLEAR, WHOLE
from index.build.builder import BuildSettings
from index.library.connectors.config import Common
from index.library.connectors.git.connector import GitOptions
from index.library.connectors.web.connector import WebOptions
from index.read.archive import MOST_UNPACKED
from index.read.contents import MOST_BYTES
from index.read.draft import MOST_BLOCKS, MOST_CHARACTERS
from index.read.kinds import READERS
from index.read.members import ARCHIVE
from tests.paths import ROOT

_PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "seeds/**/*.md", "bench/*.md", "index/**/*.md")
    for path in ROOT.glob(pattern)
)
_TEXTS = [*_PAGES, ROOT / ".env.example", ROOT / "pyproject.toml", *sorted((ROOT / "deploy").iterdir())]
_CODE = [path for part in ("bot", "index") for path in sorted((ROOT / part).rglob("*.py"))]

_MADE_LATER = {"bench/out/", "deploy/token"}
"""What is announced, what a bench makes, and what whoever deploys writes."""

_MIB = 2**20


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _field(name: str) -> object:
    """Return the default of a setting as the documents write it."""
    default = Settings.model_fields[name].default
    return f"{default:g}" if isinstance(default, float) else default


# Paths and functions

_PATH = re.compile(r"(?<![\w./-])((?:bot|index|tests|bench|docs|deploy|seeds)/[\w./*-]*\w[\w*]*/?)(?::([A-Za-z_.]+))?")


def _paths(text: str) -> Iterator[tuple[str, str | None]]:
    for match in _PATH.finditer(text):
        if match[1] not in _MADE_LATER and not match[1].startswith("bench/out/"):
            yield match[1], match[2]


def test_every_path_that_is_named_exists() -> None:
    named = {(_name(path), name) for path in (*_TEXTS, *_CODE) for name, _ in _paths(path.read_text("utf-8"))}
    missing = {name for name in {name for _, name in named} if not list(ROOT.glob(name))}
    assert {(where, name) for where, name in named if name in missing} == set()


@cache
def _definitions(path: str) -> frozenset[str]:
    """Return the functions, classes, methods and constants of a module, methods with their class."""
    if not (ROOT / path).exists():
        return frozenset()
    names = set()
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        if isinstance(node, ast.AnnAssign | ast.Assign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            methods = (method for method in node.body if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef))
            names |= {f"{node.name}.{method.name}" for method in methods}
    return frozenset(names)


@pytest.mark.parametrize("path", _PAGES, ids=_name)
def test_every_function_that_is_named_is_in_its_file(path: Path) -> None:
    named = {(file, what) for file, what in _paths(path.read_text("utf-8")) if what and file.endswith(".py")}
    assert {(file, what) for file, what in named if what not in _definitions(file)} == set()


def test_the_first_page_of_the_architecture_names_a_function_at_every_step() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    steps = re.findall(r"^\| \d+\. .*$", text, re.MULTILINE)
    assert len(steps) > 20
    assert [step for step in steps if not any(what for _, what in _paths(step))] == []


def test_every_room_is_in_the_architecture() -> None:
    named = {name for name, _ in _paths((ROOT / "ARCHITECTURE.md").read_text("utf-8"))}
    rooms = {
        f"{_name(path.parent)}/" for path in ROOT.glob("[bi]*/*/__init__.py") if path.parts[-3] in ("bot", "index")
    }
    modules = {_name(path) for part in ("bot", "index") for path in (ROOT / part).glob("[a-z]*.py")}
    assert (rooms | modules) - named == set()


# Links

_LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", _PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in _anchors(target), link


# Settings


@pytest.mark.parametrize("path", _TEXTS, ids=_name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {variable(field) for field in Settings.model_fields}
    named = set(re.findall(r"\bQUOTH_[A-Z_]*[A-Z]\b", path.read_text("utf-8")))
    assert named - known == set()


def test_the_table_of_settings_has_all_of_them_with_their_defaults() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(QUOTH_\w+)` \|.*\| ([^|]*) \|$", text, re.MULTILINE))
    assert rows.keys() == {variable(field) for field in Settings.model_fields}
    wrong = {
        field: rows[variable(field)]
        for field, setting in Settings.model_fields.items()
        if setting.default not in (None, ()) and rows[variable(field)] != f"`{_spelt(setting.default)}`"
    }
    assert wrong == {}


def test_the_example_has_every_setting_with_its_default() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    lines = dict(re.findall(r"^(?:# )?(QUOTH_\w+)=(.*)$", text, re.MULTILINE))
    expected = {
        variable(field): "" if setting.default in (None, ()) else _spelt(setting.default)
        for field, setting in Settings.model_fields.items()
    }
    assert lines == expected


def _spelt(default: object) -> str:
    """Return a default as a variable holds it."""
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_the_page_for_discord_says_what_fixes_each_setting_of_a_server() -> None:
    section = (ROOT / "docs" / "discord.md").read_text("utf-8").partition("## What managers can set\n")[2]
    table = "".join(re.findall(r"^\|.*\n", section.partition("\n## ")[0], re.MULTILINE))
    named = re.findall(r"`(QUOTH_\w+)`(?=[^|]*\|$)", table, re.MULTILINE)
    assert sorted(named) == sorted(variable(field) for fields in FIXED_BY.values() for field in fields)


def test_every_option_of_a_connector_is_in_its_page() -> None:
    text = (ROOT / "docs" / "connectors.md").read_text("utf-8")
    options = {name for kind in (Common, WebOptions, GitOptions) for name in kind.model_fields}
    assert {name for name in options if not re.search(rf"`{name}\b", text)} == set()


def test_every_database_in_the_data_folder_is_among_what_to_back_up() -> None:
    section = (ROOT / "docs" / "deploying.md").read_text("utf-8").partition("## What to back up\n")[2]
    files = {
        name
        for path in _CODE
        if "bot" in path.parts
        for name in re.findall(r'"(\w+\.sqlite)"', path.read_text("utf-8"))
    }
    assert len(files) > 5
    assert {name for name in files if f"`{name}`" not in section.partition("\n## ")[0]} == set()


# Commands


def _spans(text: str) -> Iterator[str]:
    """Yield what stands in a page as code: spans, and lines of blocks."""
    blocks = re.findall(r"^ *```[a-z]*\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    yield from (line.strip() for block in blocks for line in block.splitlines())
    yield from re.findall(r"`([^`\n]+(?:\n[^`\n]+)?)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def _known(words: list[str]) -> bool:
    """Tell whether words after `quoth` are a command and options that it has."""
    command: click.Command = quoth
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return False
        command = command.commands[words.pop(0)]
    options = {option for parameter in command.params for option in parameter.opts} | {"--help", "--version"}
    return {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("page", _PAGES, ids=_name)
def test_every_command_of_the_terminal_exists(page: Path) -> None:
    for span in _spans(page.read_text("utf-8")):
        command = re.match(r"(?:.*\| |QUOTH_\w+=\S+ )?quoth ([^|#>;]+)", " ".join(span.split()))
        if command is not None:
            assert _known(command[1].split()), span


@cache
def _commands_of_discord() -> frozenset[str]:
    """Return the names of the application commands, groups and subcommands."""
    names = set()
    for path in (ROOT / "bot" / "handlers").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "name" and "locale_str(" in ast.unparse(node.value):
                names |= set(re.findall(r"locale_str\('([^']+)'\)", ast.unparse(node.value)))
    return frozenset(names)


@pytest.mark.parametrize("page", _PAGES, ids=_name)
def test_every_command_of_discord_exists(page: Path) -> None:
    known = _commands_of_discord() | {"new", "quit", "healthz", "metrics"}
    for span in _spans(page.read_text("utf-8")):
        if command := re.fullmatch(r"/([a-z-]+)(?: ([a-z-]+))?(?: \|.*)?", span):
            assert {word for word in command.groups() if word} <= known | {"source"}, span


# Values

_SAID = [
    ("seeds/guides/privacy.md", f"each question that you ask for {_field('journal_days')} days"),
    ("seeds/guides/asking.md", f"Wait {_field('cooldown_seconds')} seconds between two questions"),
    ("seeds/guides/asking.md", f"at most {LONGEST} characters"),
    ("seeds/guides/how-an-answer-is-chosen.md", f"pieces of about {_field('passage_tokens')} tokens"),
    ("seeds/guides/how-an-answer-is-chosen.md", f"of at most {LONGEST} characters"),
    ("seeds/guides/how-an-answer-is-chosen.md", f"quoted with it, up to {WHOLE} characters"),
    ("seeds/guides/how-an-answer-is-chosen.md", f"up to {UNCLEAR} characters around it"),
    (
        "seeds/guides/how-an-answer-is-chosen.md",
        f"a confidence of {fitted_threshold(Strictness.BALANCED):.0%}".replace("%", " %"),
    ),
    ("seeds/guides/sources.md", f"more than {MOST_BYTES // _MIB} MiB"),
    ("SECURITY.md", f"more than {MOST_UNPACKED // _MIB} MiB"),
    ("SECURITY.md", f"up to {MOST_CHARACTERS // 10**6} million characters"),
    ("docs/documents.md", f"{MOST_BYTES // _MIB} MiB"),
    ("docs/documents.md", f"{MOST_CHARACTERS // 10**6} million characters"),
    ("docs/documents.md", f"{MOST_BLOCKS:,} paragraphs"),
    ("docs/many-machines.md", f"every {EVERY:g} seconds"),
    ("ARCHITECTURE.md", f"within {LONGEST} characters"),
    ("ARCHITECTURE.md", f"up to {UNCLEAR} characters if its probability is below {CLEAR}"),
    ("ARCHITECTURE.md", f"no longer than {WHOLE} characters"),
    ("ARCHITECTURE.md", f"keeps {KEPT:.0%}".replace("%", " %")),
    ("ARCHITECTURE.md", f"Up to {BuildSettings().exact_up_to:,} passages"),
    ("ARCHITECTURE.md", f"at most {_field('passage_tokens')} tokens"),
    ("bench/RESULTS.md", f"at the threshold ({fitted_threshold(Strictness.BALANCED)})"),
]

_IN_WORDS = {2.5: "two and a half", 3: "three", 4: "four", 6: "six", 10: "ten"}


@pytest.mark.parametrize(("page", "said"), _SAID)
def test_values_are_those_of_the_code(page: str, said: str) -> None:
    assert said in " ".join((ROOT / page).read_text("utf-8").split())


@pytest.mark.parametrize(
    ("page", "number", "said"),
    [
        ("seeds/guides/asking.md", _field("quotes"), "up to {} quotes"),
        ("seeds/guides/rebuilding.md", _field("keep_generations"), "the last {} are kept"),
        ("seeds/guides/how-an-answer-is-chosen.md", PASSAGES, "The {} passages that do best"),
        ("seeds/guides/how-an-answer-is-chosen.md", READ, "The {} passages with the best sentences"),
        ("docs/deploying.md", PATIENCE.heartbeats, "silent for {} heartbeats"),
        ("ARCHITECTURE.md", PASSAGES_AFTER, "Instead {} passages go on"),
    ],
)
def test_numbers_in_words_are_those_of_the_code(page: str, number: float, said: str) -> None:
    assert said.format(_IN_WORDS[number]) in " ".join((ROOT / page).read_text("utf-8").split())


def test_the_guide_for_members_says_of_each_colour_what_the_table_says() -> None:
    asking, chosen = (
        (ROOT / "seeds" / "guides" / name).read_text("utf-8") for name in ("asking.md", "how-an-answer-is-chosen.md")
    )
    shares = dict(re.findall(r"\| (green|blue|amber) \| [^|]+ \| (\d+ of \d+) \|", chosen))
    assert len(shares) == 3
    for colour, share in shares.items():
        assert re.search(rf"An?\s{colour}\scard[^.]+{share}", " ".join(asking.split()))


@pytest.mark.parametrize("page", sorted((ROOT / "seeds" / "guides").iterdir()), ids=_name)
def test_members_are_quoted_no_setting_and_no_command_of_the_terminal(page: Path) -> None:
    assert re.findall(r"QUOTH_\w+|`quoth [^`]+`|\.venv|`make \w+`|\.env\b", page.read_text("utf-8")) == []


def test_every_kind_of_file_that_is_read_is_in_the_guide_and_no_other() -> None:
    text = (ROOT / "seeds" / "guides" / "sources.md").read_text("utf-8")
    section = text.partition("## Which files Quoth reads\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(\.\w+)`", section)) == {*READERS, ARCHIVE}


def test_the_page_for_contributors_says_how_to_run_what_there_is() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"`make (\w+)`", text))
    assert targets
    assert {target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(re.findall(r"\.\[(\w+)\]", text)) <= extras.keys()
