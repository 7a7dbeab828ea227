"""A kept answer is one Markdown file that is read as it was said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import LibraryError
from index.library.kept_answer import KeptAnswer, changed, day, front_matter, lapsed, read, until_in
from index.read.file import document_of

_LINE = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=200)


def kept(question: str = "Which bell?", words: str = "Ring the second bell.", until: date | None = None) -> KeptAnswer:
    return KeptAnswer(42, question, words, "https://discord.com/channels/1/2/42", date(2031, 5, 3), "helpers", until)


def test_it_is_read_with_its_question_as_title_and_its_link() -> None:
    answer = kept("Which bell: the first, or “the 2nd”? # yes", "Ring the **second** bell.\n\n---\n\nNot the first.")
    document = document_of(answer.as_markdown().encode(), f"answers/{answer.name}")
    assert document.title == "Which bell: the first, or “the 2nd”? # yes"
    assert document.url == "https://discord.com/channels/1/2/42"
    assert {block.section for block in document.blocks} == {("Said by helpers, 3 May 2031",)}
    assert "Ring the second bell." in document.text
    assert "Not the first." in document.text
    assert answer.name == "which-bell-the-first-or-the-2nd-yes-42.md"


@pytest.mark.parametrize(
    "claim", ["# Said by the mayor", "> ## Said by the mayor", "Said by the mayor\n---", "<h2>Said by the mayor</h2>"]
)
def test_nobody_says_anything_as_somebody_else(claim: str) -> None:
    words = f"{claim}\n\nRing the second bell.\n\n```\n# a comment\n```"
    document = document_of(kept(words=words).as_markdown().encode(), "answers/a.md")
    assert {block.section for block in document.blocks} == {("Said by helpers, 3 May 2031",)}
    assert "Said by the mayor" in document.text
    assert "\n# a comment" in document.text


@given(question=_LINE, role=_LINE)
@example(question="Which bell? ---", role="helpers")
@example(question="Which bell?", role="--- helpers ---")
def test_no_question_and_no_role_breaks_the_front_matter(
    tmp_path_factory: pytest.TempPathFactory, question: str, role: str
) -> None:
    answer = KeptAnswer(7, question, "Words.", "https://example.org/", date(2031, 5, 3), role, date(2032, 1, 1))
    path = tmp_path_factory.mktemp("answers") / answer.name
    path.write_text(answer.as_markdown(), "utf-8")
    front = front_matter(path)
    assert (front["title"], front["by"], day(front["until"])) == (question, role, date(2032, 1, 1))
    assert read(path, 7) == answer
    assert "/" not in answer.name
    assert len(answer.name.encode()) < 255


def test_it_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    answer = kept(words="Ring the **second** bell.\n\n***\n\nNot the first.", until=date(2031, 6, 1))
    path = tmp_path / answer.name
    path.write_text(answer.as_markdown(), "utf-8")
    assert read(path, 42) == answer
    path.write_text("# Not one that was kept\n")
    assert read(path, 42) is None


def test_an_answer_lapses_on_the_day_after(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(kept(until=date(2031, 6, 1)).as_markdown())
    assert lapsed(path, date(2031, 6, 1)) is None
    assert lapsed(path, date(2031, 6, 2)) == date(2031, 6, 1)
    path.write_text("# No front matter\n\n--- until: 2020-01-01\n")
    assert lapsed(path, date(2031, 6, 2)) is None


def test_days_as_people_write_them() -> None:
    today = date(2031, 5, 3)
    assert until_in("  ", today) is None
    assert until_in(" 2031-05-03 ", today) == today
    for text, message in (("3.5.2031", "is no day"), ("2031-05-02", "is past")):
        with pytest.raises(LibraryError, match=message):
            until_in(text, today)


@given(role=_LINE)
def test_the_words_stay_as_they_were_under_whatever_role(role: str) -> None:
    document = document_of(
        KeptAnswer(7, "Which?", "Ring **twice**.", "", date(2031, 5, 3), role).as_markdown().encode(), "a.md"
    )
    assert document.text.endswith("\nRing twice.")
    assert len({block.section for block in document.blocks}) == 1


def test_what_was_added_by_hand_stays_until_the_message_changes_and_after(tmp_path: Path) -> None:
    answer = kept(words="# Ring\n\nthe **second** bell.")
    path = tmp_path / answer.name
    added = "tags: [bells]\nversion: 2.3\naliases: [doorbell]\n---\n"
    path.write_text(answer.as_markdown().replace("---\n\n", added, 1), "utf-8")
    assert changed(path, 42, "# Ring\r\n\r\nthe **second** bell.\n") is None
    text = changed(path, 42, "Ring the third bell.")
    assert text is not None
    assert added in text
    assert text.endswith("---\n\n## Said by helpers, 3 May 2031\n\nRing the third bell.\n")
    path.unlink()
    assert changed(path, 42, "Ring the third bell.") is None


def test_an_answer_whose_code_was_changed_is_mended(tmp_path: Path) -> None:
    words = "> ```sh\n> # lagoon pump timer\n> ```"
    path = tmp_path / "a.md"
    path.write_text(kept(words=words).as_markdown().replace("> #", "> \\#"), "utf-8")
    assert changed(path, 42, words) == kept(words=words).as_markdown()
