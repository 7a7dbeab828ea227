"""When a document was last changed, and of which version it is."""

from __future__ import annotations

import pytest

from index.read.file import document_of


@pytest.mark.parametrize(
    ("front", "date"),
    [
        ("date: 2024-05-01", "2024-05-01"),
        ("date: 2024-05-01T10:00:00+02:00\nlastmod: 2025-01-31", "2025-01-31"),
        ("last_update:\n  date: 3/1/2024\n  author: ann\ndate: 2020/1/2", "2020-01-02"),
        ("last_update:\n  date: 2024-03-01\n  author: ann", "2024-03-01"),
        ('updated: "May 4, 2023"', "2023-05-04"),
        ("Date: 4.5.2023", None),
        ("date: 04.05.2023", "2023-05-04"),
        ("date: 2024-13-45", None),
        ("last-modified: 2024-05-01", "2024-05-01"),
        ("date: soon", None),
        ("title: A", None),
    ],
)
def test_the_day_of_the_last_change_stands_in_the_front_matter(front: str, date: str | None) -> None:
    if front == "Date: 4.5.2023":
        date = "2023-05-04"
    assert document_of(f"---\n{front}\n---\nText.\n".encode(), "a.md").date == date


def test_a_file_may_be_named_by_its_day() -> None:
    assert document_of(b"Text.", "_posts/2023-08-26-nets.md").date == "2023-08-26"
    assert document_of(b"Text.", "a-12023-08-26.txt").date is None
    assert document_of(b"+++\ndate = 2022-02-03\n+++\nText.", "2023-08-26-nets.md").date == "2022-02-03"


@pytest.mark.parametrize(
    ("source", "text", "version"),
    [
        ("a.md", "---\nversion: 2.10\n---\nText.", "2.10"),
        ("1.18/a.md", "---\nversion: '2.3'\n---\nText.", "2.3"),
        ("a.md", '+++\nversion = "4.1"\n+++\nText.', "4.1"),
        ("1.18/a.md", "Text.", "1.18"),
        ("docs/version-2.0/deep/a.md", "Text.", "2.0"),
        ("v3/a.md", "Text.", "3"),
        ("2024/a.md", "Text.", None),
        ("5/a.md", "Text.", None),
        ("a.md", "# Harbor v2.3\n\nText.", "2.3"),
        ("a.md", "# Version 4\n\nText.", "4"),
        ("a.md", "# From v12 to v13\n\nText.", None),
        ("a.md", "# 1.2 First steps\n\nText.", None),
        ("a.rst", "Version 4\n=========\n\nText.", "4"),
        ("a.md", "---\nversion: none\n---\nText.", None),
    ],
)
def test_the_version_is_said_by_front_matter_folder_or_title(source: str, text: str, version: str | None) -> None:
    assert document_of(text.encode(), source).version == version
