"""Discord's markup in questions."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.localisation.catalogue import speaking
from bot.manners.markup import named, searchable

ANY, OTHER = "<@412345678901234567>", "<#512345678901234567>"


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        (f"{ANY} how long is the trial?", "how long is the trial?"),
        (f"How long is the trial? (asked {ANY} in {OTHER} <t:1714852800:R>)", "How long is the trial?"),
        ("<:hm:812345678901234567> how long <a:pls:912345678901234567>", "how long"),
        ("how long is the trial :pray:", "how long is the trial"),
        ("how long is the trial 🤔🙏", "how long is the trial"),
        ("Is it free 🙏?", "Is it free?"),
        ("what does 👍 do?", "what does 👍 do?"),
        ("what does std::swap do at 10:30:15", "what does std::swap do at 10:30:15"),
        ("how do I use </ask:812345678901234567>?", "how do I use /ask?"),
        ("👍", "👍"),
        (ANY, ""),
        ("use the (optional) flag", "use the (optional) flag"),
        ("a < b and c > d", "a < b and c > d"),
        ("first line\n\nsecond <t:1714852800> line", "first line\nsecond line"),
    ],
)
def test_what_is_searched_for(asked: str, searched: str) -> None:
    assert searchable(asked) == searched


@pytest.mark.parametrize("text", [" " * 40_000, "how" + " " * 40_000 + "much?", "\n" * 40_000, "🎉 " * 20_000 + "x"])
def test_long_runs_take_a_time_that_grows_with_them(text: str) -> None:
    began = time.perf_counter()
    assert searchable(text) in ("", "how much?", "x")
    assert time.perf_counter() - began < 20  # minutes, where each blank is a place to begin at


def test_ids_are_named_as_far_as_names_are_known() -> None:
    text = named(f"{ANY} {OTHER} <@&612345678901234567> <t:1714852800:F> <:hm:812345678901234567>", None)
    assert text == "@somebody #channel @role 2024-05-04 20:00 UTC :hm:"


def test_what_has_no_name_is_called_by_its_kind_in_the_language_that_is_spoken() -> None:
    said = f"{ANY} {OTHER} <@&612345678901234567> <t:999999999999>"
    with speaking("de"):
        assert named(said, None) == "@jemand #kanal @rolle eine Zeit"
    assert named(said, None) == "@somebody #channel @role a time"


@given(st.text() | st.text(alphabet="<>@#&!:taT/0123456789 ab?()👍"))
def test_no_id_is_left_and_nothing_is_searched_for_that_was_not_said(text: str) -> None:
    left = searchable(text)
    assert not re.search(r"<(@[!&]?|#)\d{15,20}>", left)
    assert len(left) <= len(text)
    assert searchable(left) in (left, searchable(searchable(left)))
    assert isinstance(named(text, None), str)
