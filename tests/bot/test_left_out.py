"""What was left out is told in groups."""

from __future__ import annotations

import pytest

from bot.left_out import grouped, lines, listed
from index.read.files import NOT_READ
from index.records import LeftOut


def _unread(*sources: str) -> list[LeftOut]:
    return [LeftOut(source, f"`.{source.rpartition('.')[2].lower()}` files are not read") for source in sources]


def test_pictures_are_one_line_without_names() -> None:
    shown = lines(_unread("a.png", "b.JPG", "c/d.svg"))
    assert shown[0] == "Left out (3):"
    assert len(shown) == 2
    assert shown[1].startswith("  3 pictures")
    assert "a.png" not in shown[1]


def test_files_of_an_ending_are_a_group_with_what_to_do() -> None:
    shown = lines(_unread("a.doc", "b.doc", "c.doc", "d.doc", "e.doc", "x.rar", "y.rar"))
    assert shown[1:] == [
        "  5 `.doc` files (save as `.docx`): a.doc, b.doc, c.doc and 2 more",
        "  2 `.rar` files (unpack into the folder): x.rar, y.rar",
    ]


def test_a_single_file_is_named_with_its_reason() -> None:
    shown = lines([*_unread("a.ppt", "b.png"), LeftOut("c.pdf", "is locked with a password")])
    assert shown[1:3] == ["  c.pdf: is locked with a password", "  a.ppt: `.ppt` files are not read (save as `.pptx`)"]
    assert shown[3].startswith("  1 picture: b.png")


def test_files_that_could_not_be_read_are_grouped_by_reason() -> None:
    missed = [LeftOut(f"{number}.pdf", "holds no text") for number in range(1200)]
    assert lines(missed) == [
        "Left out (1,200):",
        "  1,200 files, each of which holds no text: 0.pdf, 1.pdf, 2.pdf and 1,197 more",
    ]


def test_files_without_an_ending_and_of_rare_kinds_are_groups() -> None:
    missed = [
        LeftOut(name, "files without an ending such as `.md` are not read") for name in ("Dockerfile", "Vagrantfile")
    ]
    assert lines(missed)[1:] == ["  2 files without an ending (name them `.md` or `.txt`): Dockerfile, Vagrantfile"]
    assert lines(missed[:1])[1:] == ["  Dockerfile: has no ending such as `.md` (name it `.md` or `.txt`)"]
    shown = lines(_unread("a.aa", "a.bb", "a.cc", "a.dd", "a.doc"))
    assert len(shown) == 3
    assert "4 files of other kinds" in shown[2]
    assert shown[2].endswith("a.aa, a.bb, a.cc and 1 more")


def test_every_file_is_counted_in_one_group() -> None:
    missed = [*_unread("a.png", "b.doc", "c.doc", "d.xyz"), LeftOut("e.md", "is empty"), LeftOut("f.md", "is empty")]
    assert len(grouped(missed)) == 4
    assert lines([]) == []
    assert listed(("a", "b")) == "a, b"


def test_pages_that_lack_parts_are_one_group() -> None:
    missed = [LeftOut(f"{name}.md", f"{NOT_READ}: {name}.py (is not there)") for name in ("a", "b")]
    assert lines(missed)[1:] == [f"  2 files, each of which {NOT_READ}: a.md, b.md"]
    assert lines(missed[:1])[1:] == [f"  a.md: {NOT_READ}: a.py (is not there)"]


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("is not a Word document, or is damaged", "open it and save it anew"),
        ("is not JSON in line 12", "mend that line"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_named_with_what_to_do(reason: str, advice: str) -> None:
    (group,) = grouped([LeftOut("a.docx", reason)])
    assert group.what.startswith(f"a.docx: {reason} ({advice}")
    (several,) = grouped([LeftOut("a.docx", reason), LeftOut("b.docx", reason)])
    assert advice in several.what


def test_files_with_pictures_are_one_group_however_many_these_are() -> None:
    counts = ("holds a picture, which is not read: write down beside it what it says",
              "holds 2 pictures, which are not read: write down beside them what they say",
              "holds 1,300 pictures, which are not read: write down beside them what they say")  # fmt: skip
    missed = [LeftOut(f"{number}.docx", reason) for number, reason in enumerate(counts)]
    assert lines(missed)[1:] == [
        (
            "  3 files, each of which holds pictures, which are not read: write down beside them what they say: "
            "0.docx, 1.docx, 2.docx"
        )
    ]
    assert lines(missed[1:2])[1:] == [f"  1.docx: {counts[1]}"]
