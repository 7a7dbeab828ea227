"""Front matter in every form that tools write, well-formed or not: its title is taken and none of it is text."""

from __future__ import annotations

import pytest

from index.errors import UnreadableError
from index.read.file import document_of
from index.read.frontmatter import parted


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("---\ntitle: Spring: the plan\n---\n", "Spring: the plan"),
        ("---\ntitle: @here and @there\nby: @ann\n---\n", "@here and @there"),
        ("---\ntitle: Fees\nby:\n\t- ann\n---\n", "Fees"),
        ('---\ntitle: "Big" day\nabout: It\'s: on\n---\n', '"Big" day'),
        ("---\ntitle: 'Big' \nabout: a: b\n---\n", "Big"),
        ("---\ntitle: Fees\n...\n", "Fees"),
        ("---\nTitle: Fees\nlinkTitle: F\n---\n", "Fees"),
        ("---\ntitle: {{ page.name }}\ntags: [a, b\n---\n", None),
        ('+++\ntitle = "Fees"\n+++\n', "Fees"),
        ("---yaml\ntitle: Fees\n---\n", "Fees"),
        ('---toml\ntitle = "Fees"\n---\n', "Fees"),
        (';;;\n{"title": "Fees"}\n;;;\n', "Fees"),
        ("title: Fees\ndate: 2031-05-04\n---\n", "Fees"),
        ("title: Fees: all\ntags:\n- money\n---\n", "Fees: all"),
        ('{\n  "title": "Fees"\n}\n', "Fees"),
        ("Title: Fees\nAuthor: Ann\n\n", "Fees"),
        ("% Fees\n% Ann\n% May\n\n", "Fees"),
    ],
)
def test_a_title_is_taken_and_no_front_matter_is_text(written: str, title: str | None) -> None:
    front, text = parted(f"{written}The fee is due in May.\n")
    assert front.title == title
    assert text.strip() == "The fee is due in May."
    assert text.count("\n") == written.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "---\nonly words\n---\nmore\n",
        "---\nNote: it rains\nand it pours\n---\nmore\n",
        "Note: it rains.\n\nMore.\n",
        "Note: it rains\nand it pours\n---\nmore\n",
        "Title: it rains\n---\nmore\n",
        "Title: it rains\n",
        '{\n  "a": 1\n}\n\nMore.\n',
        "+++\nnot: toml\n+++\nmore\n",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert parted(text)[1] == text


@pytest.mark.parametrize("name", ["url", "permalink", "slug", "canonical_url"])
def test_only_a_whole_web_address_is_an_address(name: str) -> None:
    assert parted(f"---\n{name}: https://a.example/b\n---\n")[0].url == "https://a.example/b"
    assert parted(f"---\n{name}: /b/\n---\n")[0].url is None


@pytest.mark.parametrize(
    ("written", "setting"),
    [
        ("---\ntitle: Fees\ndraft: true\n---\n", "draft: true"),
        ("---\ndraft: yes\n---\n", "draft: true"),
        ('---\ndraft: "true"\n---\n', "draft: true"),
        ("---\nDraft: True\n---\n", "Draft: true"),
        ("+++\ndraft = true\n+++\n", "draft: true"),
        ("---\npublished: false\n---\n", "published: false"),
        ("---\nexpiryDate: 2021-05-04\n---\n", "expiryDate: 2021-05-04"),
        ("---\nbuild:\n  render: never\n---\n", "build.render: never"),
    ],
)
@pytest.mark.parametrize("name", ["fees.md", "fees.mdx", "fees.rst"])
def test_a_page_that_is_not_published_is_not_read(written: str, setting: str, name: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        document_of(f"{written}The fee is due in May.\n".encode(), name)
    assert str(raised.value) == f"is a draft ({setting}): remove that line to have it read"


@pytest.mark.parametrize(
    "written",
    [
        "draft: false",
        "published: true",
        "published: 2031-05-04",
        "unlisted: true",
        "date: 2931-05-04",
        "status: draft",
        "expiryDate: 2931-05-04",
    ],
)
def test_a_page_that_its_site_shows_is_read(written: str) -> None:
    assert (
        document_of(f"---\n{written}\n---\nThe fee is due in May.\n".encode(), "a.md").text == "The fee is due in May."
    )


@pytest.mark.parametrize(
    "between",
    ["\nPlease note: it is due in May.\n\n", "Before you pay, read this: it is due.\n", "\nNote: it's due: May.\n"],
)
def test_a_sentence_between_two_rules_is_no_front_matter(between: str) -> None:
    assert parted(f"---\n{between}---\n\nMore.\n")[1] == f"---\n{between}---\n\nMore.\n"


@pytest.mark.parametrize(
    "written",
    [
        *("\ndraft: true\n\n", "\npublished: false\nauthor: me\n", "\nsidebar_position: 2\nsidebar_label: Foo\n"),
        *("Date Created: 2023-01-01\nLast Edited: 2023-02-02\n", "Date Created: 2023-01-01\n", "{}\n", "📅: May\n"),
        "\ndescription: Of fees\n",
    ],
)
def test_values_of_a_page_are_front_matter_whatever_they_are_called(written: str) -> None:
    assert parted(f"---\n{written}---\n\nMore.\n")[1].strip() == "More."


def test_a_draft_between_blank_lines_is_not_read() -> None:
    for written in ("---\n\ndraft: true\n\n---\n\nSecret.\n", "---\r\n\r\npublished: false\r\n---\r\n\r\nSecret.\r\n"):
        with pytest.raises(UnreadableError, match="draft"):
            document_of(written.encode(), "a.md")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("title: 'Tis the season: sales\n", "'Tis the season: sales"),
        ('title: "Say \\"hi\\" now"\nabout: a: b\n', 'Say "hi" now'),
    ],
)
def test_quotation_marks_that_belong_to_a_title_stay(written: str, title: str) -> None:
    assert parted(f"---\n{written}---\n\nMore.\n")[0].title == title
