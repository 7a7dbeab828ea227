"""A page that shows other files is read anew when one of them changes, comes or goes."""

from __future__ import annotations

import zipfile

from tests.index.conftest import CATS, Library

PAGE = "# Opening hours\n\n{{#include parts/hours.txt}}\n"


def _text(library: Library, source: str) -> str:
    return library.shelf.open().catalogue.document(source).text


def test_a_changed_part_changes_every_page_that_shows_it(library: Library) -> None:
    library.write("a.md", PAGE)
    library.write("b.md", CATS)
    library.write("parts/hours.txt", "The hall opens at nine.")
    library.write(".quothignore", "parts/\n")
    library.build()
    assert "opens at nine" in _text(library, "a.md")
    assert not library.build().swapped
    library.write("parts/hours.txt", "The hall opens at ten.")
    report = library.build()
    assert (report.changed, report.added, report.removed) == (("a.md",), (), ())
    assert "opens at ten" in _text(library, "a.md")
    library.write("b.md", CATS + "\nMore.\n")
    assert library.build().changed == ("b.md",)
    library.write("parts/hours.txt", "The hall opens at eleven.")  # known still, from the build before the last
    assert library.build().changed == ("a.md",)


def test_a_part_that_comes_or_goes_is_noticed(library: Library) -> None:
    library.write("guide/a.md", PAGE)
    report = library.build()
    assert [left.source for left in report.left_out] == ["guide/a.md"]
    assert "not included" in _text(library, "guide/a.md")
    library.write("parts/hours.txt", "The hall opens at nine.")
    report = library.build()
    assert report.left_out == ()
    assert "opens at nine" in _text(library, "guide/a.md")
    library.write("guide/parts/hours.txt", "The hall opens at noon.")  # nearer than the one that was there
    library.build()
    assert "opens at noon" in _text(library, "guide/a.md")
    (library.documents / "guide/parts/hours.txt").unlink()
    (library.documents / "parts/hours.txt").unlink()
    library.build()
    assert "not included" in _text(library, "guide/a.md")


def test_a_part_in_an_archive_is_compared_too(library: Library) -> None:
    def pack(hours: str) -> None:
        with zipfile.ZipFile(library.documents / "site.zip", "w") as archive:
            archive.writestr("a.md", PAGE)
            archive.writestr("parts/hours.txt", hours)

    pack("The hall opens at nine.")
    library.build()
    assert not library.build().swapped
    pack("The hall opens at ten.")
    assert library.build().changed == ("site.zip/a.md", "site.zip/parts/hours.txt")
    assert "opens at ten" in _text(library, "site.zip/a.md")


def test_a_part_of_a_kind_that_is_not_read_is_not_left_out_where_a_page_shows_it(library: Library) -> None:
    library.write("a.rst", "Hours\n=====\n\n.. include:: hours.inc\n")
    library.write("hours.inc", "The hall opens at nine.")
    library.write("ships.inc", "No page shows it.")
    assert [left.source for left in library.build().left_out] == ["ships.inc"]
    assert [left.source for left in library.build().left_out] == ["ships.inc"]  # nothing was built
    library.write("a.rst", "Hours\n=====\n\nAt nine.\n")
    assert [left.source for left in library.build().left_out] == ["hours.inc", "ships.inc"]
