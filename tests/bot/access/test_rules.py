"""Who may see what: how rules are written, what they close, and to whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings
from bot.access.rules import Audience, Rule, faults, rules_in, seen, shut, written
from bot.env_file import SettingsError
from index.library.library import Library

_RULES = "staff/=role:123,channel:456; europe/north = server:789; staff/board/=role:5"


def test_rules_are_read_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_ACCESS", _RULES)
    rules = settings.load().access
    assert rules[0] == Rule("staff", frozenset({123}), frozenset({456}), frozenset())
    assert [rule.folder for rule in rules] == ["staff", "europe/north", "staff/board"]
    assert rules_in(written(rules)) == rules
    assert settings.load(**settings.load().model_dump()).access == rules


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("staff/", "does not say who may see it"),
        ("staff/=", "does not say who may see it"),
        ("staff/=rle:1", "'rle:1' is no role, channel or server"),
        ("staff/=role:", "'role:' has no id"),
        ("staff/=role:moderators", "'role:moderators' has no id"),
        ("=role:1", "a rule names no folder"),
        ("a/=role:1; ../b=role:2", "'../b' is no path below the documents folder"),
        ("/srv/staff=role:1", "is no path below"),
        ("a\\b=role:1", "is no path below"),
        ("staff/=role:1,", "'' is no role, channel or server"),
    ],
)
def test_what_is_wrong_with_a_rule_is_one_sentence(text: str, complaint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_ACCESS", text)
    with pytest.raises(SettingsError) as error:
        settings.load()
    assert "QUOTH_ACCESS cannot be used" in str(error.value)
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("folder", "source", "closed"),
    [
        ("staff", "staff/plan.md", True),
        ("staff", "staff/deep/er/plan.md", True),
        ("staff", "staffing.md", False),
        ("staff", "other/staff/plan.md", False),
        ("staff", "STAFF/plan.md", True),
        ("caf\u00e9", "cafe\u0301/menu.md", True),
        ("stra\u00dfe", "STRASSE/plan.md", True),
        ("plan.md", "plan.md", True),
        ("plan.md", "plan.md.txt", False),
        ("", "anything.md", True),
    ],
)
def test_a_rule_governs_everything_below_its_folder(folder: str, source: str, closed: bool) -> None:  # noqa: FBT001
    """Also what a file system that ignores capitals would take for the same folder: rather closed once too often."""
    assert Rule(folder).governs(source) is closed


AUDIENCES = {
    "somebody with no role, in another channel": (Audience(1, frozenset({2})), []),
    "whoever reads along in a channel": (Audience(1, frozenset({456})), ["staff/plan.md"]),
    "a thread in that channel": (Audience(1, frozenset({99, 456})), ["staff/plan.md"]),
    "a member of the role alone": (Audience(1, frozenset({2}), frozenset({123})), ["staff/plan.md"]),
    "the inner role without the outer": (Audience(1, frozenset({2}), frozenset({5})), []),
    "both roles": (Audience(1, frozenset(), frozenset({5, 123})), ["staff/board/minutes.md", "staff/plan.md"]),
    "the outer channel and the inner role": (
        Audience(1, frozenset({456}), frozenset({5})),
        ["staff/board/minutes.md", "staff/plan.md"],
    ),
    "the server": (Audience(789, frozenset({2})), ["europe/north/fees.md"]),
    "private messages": (Audience(None, frozenset({7})), []),
    "ids of another kind": (Audience(123, frozenset({123, 789}), frozenset({456, 789})), []),
}


@pytest.mark.parametrize("who", AUDIENCES)
def test_all_rules_that_govern_a_document_must_be_met(who: str) -> None:
    sources = ["europe/north/fees.md", "europe/south.md", "rules.md", "staff/board/minutes.md", "staff/plan.md"]
    audience, more = AUDIENCES[who]
    assert seen(sources, shut(rules_in(_RULES), audience)) == sorted(["europe/south.md", "rules.md", *more])


_CHANNELS = ["discord/5/71/2026-01-02.md", "discord/55/80/9.md", "discord/guide.md", "Discord/5/late.md", "rules.md"]


@pytest.mark.parametrize(
    ("audience", "open_ones"),
    [
        (Audience(5, frozenset({71})), ["discord/5/71/2026-01-02.md", "Discord/5/late.md"]),
        (Audience(55), ["discord/55/80/9.md"]),
        (Audience(6, frozenset({5, 71, 80}), frozenset({5, 55})), []),
        (Audience(None, frozenset({71})), []),
        (Audience(), []),
    ],
)
def test_channels_of_a_server_are_for_its_members_alone_whatever_the_settings_say(
    audience: Audience, open_ones: list[str]
) -> None:
    visible = seen(_CHANNELS, shut((), audience))
    assert sorted(visible) == sorted(["discord/guide.md", "rules.md", *open_ones])
    assert set(seen(_CHANNELS, shut(rules_in("discord/=server:5,server:6"), audience))) <= set(visible)


_PIECES = ("a", "é", "/", ".", "=", ";", ":", ",", " ", "role:1", "server:2", "staff", "\n", "\\")


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_whatever_is_written_is_read_or_explained(text: str) -> None:
    try:
        rules = rules_in(text)
    except ValueError as error:
        explanation = str(error)
    else:
        explanation = "write it as staff/" if rules_in(written(rules)) == rules else ""
    assert "write it as staff/" in explanation


def test_a_rule_that_closes_nothing_and_a_link_around_one_are_told(tmp_path: Path) -> None:
    (tmp_path / "staff").mkdir()
    (tmp_path / "staff" / "plan.md").write_text("# Plan\n")
    rules = rules_in("staff/=role:1; stuff/=role:2")
    assert list(faults((), Library(tmp_path / "nowhere"))) == []
    [unmatched] = faults(rules, Library(tmp_path))
    assert unmatched.startswith("QUOTH_ACCESS names stuff, and no document")
    (tmp_path / "open.md").symlink_to("staff/plan.md")
    (tmp_path / "alias").symlink_to("staff")
    unused = rules_in("alias=role:1")
    assert any(fault.startswith("open.md is a link to staff/plan.md") for fault in faults(rules, Library(tmp_path)))
    assert any(fault.startswith("QUOTH_ACCESS names alias,") for fault in faults(unused, Library(tmp_path)))
