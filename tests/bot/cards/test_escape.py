"""What is escaped looks like what it was, and does nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.escape import escape, escape_line, escape_said, in_fence
from bot.cards.slash import with_slash_commands
from bot.cards.visible import JOINER, MOST_MARKS, one_line, visible
from bot.localisation.catalogue import FOLDER, LANGUAGES
from bot.localisation.verbatim import unmarked, verbatim

Reader = Callable[[str], Any]

_BITS = st.sampled_from(
    [
        *"\\*_~`|><#-+[]()@:/!&.1 \n\taZé語😀‍",
        *["@everyone", "@here", "<@1>", "<@!12>", "<@&3>", "<#4>", "<t:5:R>", "<:a:6>", "</ask:7>", "<id:guide>"],
        *[
            "https://x.yz",
            "[a](https://b.c)",
            "||s||",
            "```",
            "```py\n",
            "~~",
            "**",
            "__",
            "-# ",
            "### ",
            "1. ",
            ">>> ",
        ],
        *[":smile:", "¯\\_(ツ)_/¯", "discord.gg/abc", "discord.com/invite/x", "\u202e", "\u200b", "\u0300", "\u2028"],
    ]
)
_NASTY = st.one_of(st.lists(_BITS, max_size=30).map("".join), st.text(max_size=80))


def _plain(text: str) -> str:
    return text.replace(JOINER, "")


@settings(max_examples=600)
@given(text=_NASTY)
def test_escaped_text_reads_as_it_was(read: Reader, text: str) -> None:
    shown = read(escape(text))
    assert _plain(shown.text) == visible(text)
    assert shown.nodes == []


@settings(max_examples=300)
@given(text=_NASTY)
def test_a_line_is_one_line_that_reads_as_it_was(read: Reader, text: str) -> None:
    shown = read(escape_line(text))
    assert "\n" not in shown.text
    assert _plain(shown.text).split() == visible(text).split()
    assert shown.nodes == []


@settings(max_examples=300)
@given(code=_NASTY.filter(lambda text: visible(text).strip()))
def test_code_stays_in_its_fence(read: Reader, code: str) -> None:
    shown = read(f"```\n{in_fence(code)}\n```")
    assert [kind for kind, _ in shown.nodes] == ["code"]
    assert _plain(shown.of("code")[0]).strip("\n") == visible(code).strip("\n")


@settings(max_examples=300)
@given(text=_NASTY)
def test_nothing_pings_even_where_backslashes_and_blanks_of_no_width_are_seen_through(text: str) -> None:
    ping = re.compile(r"@(everyone|here)|<@[!&]?\d+>|<#\d+>", re.IGNORECASE)
    assert not ping.search(escape(text))
    assert not ping.search(in_fence(text))
    assert not ping.search(re.sub("[\u200b-\u200f]", "", in_fence(text)))


@settings(max_examples=300)
@given(text=st.text())
def test_only_what_cannot_be_seen_goes(text: str) -> None:
    gone = [character for character in text if character not in visible(text)]
    assert {unicodedata.category(character) for character in gone} <= {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Mn", "Me"}
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "@everyone and @here, <@123456789012345678>, <@&1>, <@!2>, <#3>",
        "snake_case, *stars*, **bold**, __under__, ~~gone~~, ||spoiler||, `code`, ``` fence",
        "# heading\n## two\n### three\n-# small\n> quote\n>>> all of it\n- item\n* item\n+ item\n1. one\n  12. twelve",
        "[click](https://evil.example) and <https://quiet.example> and https://loud.example/a_b_c",
        "C:\\path\\*.txt and \\\\server\\share and \\_",
        "at <t:1700000000:R>, :smile:, <:name:1>, <a:name:1>, </ask:12>, <id:customize>",
        "std::vector<int>::size_type and 12:30:45 and a ::: b",
        "discord.gg/abc, discord.com/invite/abc, DISCORDAPP.com/invite\\abc, https://discord.gg/a",
        "¯\\_(ツ)_/¯",
        "ends with a backslash \\",
        "**\n_\n`",
    ],
)
def test_a_nasty_case_reads_as_it_was(read: Reader, text: str) -> None:
    shown = read(escape(text))
    assert (_plain(shown.text), shown.nodes) == (text, [])


def test_plain_prose_is_not_touched() -> None:
    prose = "The engine (v2) starts at 7:30 - usually. It's 5 > 4 + 1, 100% sure; see page 3."
    assert escape(prose) == prose


def test_an_address_is_copied_as_it_was(read: Reader) -> None:
    assert read(escape("https://example.org/a_(b)?c=*d*")).text == "https://example.org/a_(b)?c=*d*"


def test_what_turns_the_direction_goes_and_natural_right_to_left_text_stays() -> None:
    assert visible("user\u202etxt.exe\u2066x\u2069") == "usertxt.exex"
    assert visible("שלום\u200f, مرحبا") == "שלום\u200f, مرحبا"


def test_zalgo_is_cut_down_and_natural_marks_stay() -> None:
    assert visible("Z" + "\u0351" * 300 + "a") == "Z" + "\u0351" * MOST_MARKS + "a"
    natural = "Việt Nam, สวัสดี, བོད་སྐད་, שָׁלוֹם, 👩🏽‍🚀, ❤️, 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert visible(natural) == natural
    assert visible(unicodedata.normalize("NFD", "Việt")) == unicodedata.normalize("NFD", "Việt")


def test_a_line_is_cut_with_an_ellipsis() -> None:
    assert one_line("one  two\nthree", 8) == "one two…"
    assert one_line("short", 8) == "short"
    assert len(one_line("x" * 5000, 60)) == 60


@pytest.mark.parametrize(
    ("said", "nodes"),
    [
        ("Open `/settings` anew.", [("inline code", "/settings")]),
        ("`/source remove` takes *x*y* away.", [("inline code", "/source remove")]),
        ("I need the permission *Gérer les fils* (*Fäden*).", [("italic", "Gérer les fils"), ("italic", "Fäden")]),
        ("`.xml` files, `rm -rf`, `/[a](https://b.c)`", [("inline code", ".xml")]),
        ("There is '**bold** and _such_' already, 2 * 3 * 4", []),
    ],
)
def test_what_the_bot_says_itself_keeps_its_commands_and_names_and_nothing_else(
    read: Reader, said: str, nodes: list[tuple[str, str]]
) -> None:
    assert read(escape_said(said)).nodes == nodes


@settings(max_examples=300)
@given(text=_NASTY)
def test_nothing_else_can_be_made_of_what_the_bot_says_itself(read: Reader, text: str) -> None:
    assert read(escape_said(f"There is {text} already.")).kinds <= {"inline code", "italic"}
    assert "\n" not in escape_said(text, 40)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_whatever_the_catalogue_has_as_code_is_shown_as_code(code: str) -> None:
    with (FOLDER / f"{code}.po").open("rb") as file:
        texts = [text for message in read_po(file) for said in (message.id, message.string) for text in _forms(said)]
    spans = sorted({span for text in texts for span in re.findall(r"`[^`\n]+`", with_slash_commands(text))})
    assert len(spans) > 20
    lost = [span for span in spans if escape_said(f"Use {span} now.") != f"Use {span} now." and span != "`{kind}`"]
    assert lost == []


def _forms(said: str | tuple[str, ...] | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


@pytest.mark.parametrize("ending", [".excalidraw", ".c++", ".code-workspace", ".7z"])
def test_endings_of_files_are_shown_as_code(read: Reader, ending: str) -> None:
    assert read(escape_said(f"2 `{ending}` files")).nodes == [("inline code", ending)]


@pytest.mark.parametrize(
    "name", ["my *final* draft.pdf", "dir/`.env`.md", "`/ban all` *now*", "*[x](https://y.z)*", "a*b"]
)
def test_what_others_wrote_keeps_its_signs_in_a_sentence(read: Reader, name: str) -> None:
    shown = read(escape_said(f"{verbatim(name)} is in `/index status`, says *Undo*."))
    assert shown.nodes == [("inline code", "/index status"), ("italic", "Undo")]
    assert shown.text.startswith(f"{name} is in ")
    assert unmarked(verbatim(name)) == name


@settings(max_examples=300)
@given(text=_NASTY)
def test_nothing_can_be_made_of_what_others_wrote(read: Reader, text: str) -> None:
    said = f"There is {verbatim(text)} in `/index status`."
    shown = read(escape_said(said))
    assert shown.nodes == [("inline code", "/index status")]
    assert _plain(shown.text) == f"There is {visible(text)} in /index status."
    for most in (9, 20):
        assert read(escape_said(said, most)).nodes == []
