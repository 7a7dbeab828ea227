"""Documents that look alike: what tells them apart is often said by their names alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.answer.asked import Asked
from index.answer.names import name_of
from index.encode.encoder import Encoder
from index.store.disk.shelf import Shelf
from tests.index.conftest import Library

_SECONDS = {"1.4": 15, "2.0": 30, "2.3": 45, "3.1": 60, "4.0": 90, "4.2": 120, "5.0": 240}


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    """The manual of one program in seven versions, which only the path tells apart."""
    folder = tmp_path_factory.mktemp("versions")
    library = Library(folder / "documents", Shelf(folder / "data"), encoder)
    for version, seconds in _SECONDS.items():
        text = f"# Configuration\n\n## Timeouts\n\nA backend is given {seconds} seconds before a request fails.\n"
        library.write(f"{version}/configuration.md", text)
    library.build()
    return library


@pytest.mark.parametrize("version", _SECONDS)
def test_a_version_that_only_the_path_names_is_found_by_its_number(versions: Library, version: str) -> None:
    answerer = versions.answerer()
    answer = answerer.answer(Asked(f"How many seconds does Harbor {version} wait for a backend?"))
    first = (answer.quotes or answer.closest)[0]
    assert first.source == f"{version}/configuration.md"
    assert str(_SECONDS[version]) in first.text
    answerer.generation.close()


def test_the_sentence_that_repeats_the_name_does_not_outweigh_the_one_that_answers(
    tmp_path: Path, encoder: Encoder
) -> None:
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)
    library.write(
        "guide/kestrel.md",
        "# Kestrel\n\nKestrel is the name of our old ferry.\n\nShe was launched in 1931 and carries ninety people.\n",
    )
    library.build()
    answer = library.ask("When was the Kestrel launched?")
    assert "1931" in (answer.quotes or answer.closest)[0].text


def test_the_section_that_is_called_as_the_question_goes_before_one_that_says_more_of_it(
    tmp_path: Path, encoder: Encoder
) -> None:
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)
    library.write(
        "guide.md",
        "# Feeder\n\n## Slow feeding\n\nThe motor turns at a third of its speed, so that greedy animals eat less.\n\n"
        "## Improved slow feeding\n\nImproved slow feeding is slow feeding in which it pauses every minute.\n",
    )
    library.build()
    for question in ("slow feeding", "What is slow feeding?", "how do i do slow feeding??"):
        assert library.ask(question).quotes[0].section == ("Slow feeding",), question
    assert library.ask("improved slow feeding").quotes[0].section == ("Improved slow feeding",)


def test_a_heading_of_one_word_is_the_question_only_if_that_is_all_that_is_asked(
    tmp_path: Path, encoder: Encoder
) -> None:
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)
    library.write("a.md", "# Harbour\n\n## Tickets\n\nSee the notice at the stop.\n")
    library.write("b.md", "# Ferry\n\n## Fares\n\nA ticket is two euros.\n")
    library.build()
    assert library.ask("How much is a ticket?").quotes[0].text == "A ticket is two euros."
    assert library.ask("tickets?").quotes[0].section == ("Tickets",)


def test_a_name_is_made_of_path_title_and_headings_and_their_parts() -> None:
    name = name_of("manual/2.3/userSettings.md", "Harbor", ("Old timeouts",), "en")
    assert {"manual", "2", "3", "user", "set", "harbor", "timeout"} <= name.stems
    assert "md" not in name.stems
    assert name.is_past
    assert not name_of("manual/2.3/userSettings.md", "Harbor", (), "en").is_past


@pytest.mark.parametrize(
    ("source", "title", "section", "past"),
    [
        ("old/rules.md", "Rules", (), True),
        ("rules-old/fees.md", "Rules", (), True),
        ("how-old.md", "Who may come", (), True),
        ("golden-oldies.md", "Music", (), False),
        ("how-old-to-join.md", "Who may come", (), False),
        ("rules.md", "Old rules", (), True),
        ("rules.md", "Rules (old)", (), True),
        ("faq.md", "FAQ", ("How old must I be?",), False),
        ("release-notes/2.md", "Version 2", (), True),
        ("news.md", "What's new", (), True),
        ("CHANGELOG.md", "Changes", (), True),
        ("archive/2019.md", "2019", (), True),
        ("guide.md", "Guide", ("Deprecated settings",), True),
        ("guide.md", "Guide", ("Releases of doves",), False),
    ],
)
def test_what_is_about_the_past_says_so(source: str, title: str, section: tuple[str, ...], *, past: bool) -> None:
    assert name_of(source, title, section, "en").is_past is past


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    """A handbook in twelve versions, in which a value differs, and a page of release notes."""
    folder = tmp_path_factory.mktemp("harbour")
    library = Library(folder / "documents", Shelf(folder / "data"), encoder)
    text = "# Berths\n\n## Fees\n\nA berth for the night costs {} euros, which are paid at the office before noon.\n"
    for minor in range(1, 13):
        library.write(f"docs/1.{minor}/berths.md", text.format(10 + minor))
    library.write("changelog.md", "# Changelog\n\n## 1.12\n\nThe fee of a berth for the night is 22 euros now.\n")
    for name in ("mooring", "fuel", "showers", "dogs"):
        library.write(f"{name}.md", f"# {name.title()}\n\nThe rules for {name} hang beside the office door.\n")
    library.build()
    return library


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("What does a berth cost for the night?", "docs/1.12/berths.md"),
        ("How do I pay for a berth for the night?", "docs/1.12/berths.md"),
        ("What did a berth cost for the night in 1.3?", "docs/1.3/berths.md"),
        ("What does the changelog say about the fee of a berth?", "changelog.md"),
    ],
)
def test_the_newest_version_leads_unless_another_is_asked_for(harbour: Library, question: str, source: str) -> None:
    answer = harbour.ask(question)
    assert (answer.quotes or answer.closest)[0].source == source


@pytest.mark.parametrize("question", ["How deep is the harbour at low tide?", "How do I moor at low tide?"])
def test_of_many_copies_the_one_changed_last_leads(question: str, tmp_path: Path, encoder: Encoder) -> None:
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)
    text = "# Tides\n\nAt low tide the harbour is four metres deep. Moor at low tide with a long line.\n"
    for number, name in enumerate(("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "oak", "pine", "rowan")):
        library.write(f"{name}/tides.md", f"---\ndate: 20{10 + 7 * number % 10}-05-01\n---\n{text}")
    library.build()
    answer = library.ask(question)
    quotes = answer.quotes or answer.closest
    newest = max(library.shelf.open().catalogue.sources, key=lambda source: source.date or "")
    assert quotes[0].source == newest.source
    assert len({quote.text for quote in quotes}) == len(quotes)
