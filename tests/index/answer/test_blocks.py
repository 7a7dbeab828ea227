"""Blocks: steps with their lead-in, code, rows and answers are quoted together, with the words that answer in focus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.blocks import LEAD, best_block
from index.answer.quotes import LONGEST
from index.answer.selection import TOTAL
from index.answer.sentence_quotes import UNCLEAR
from index.encode.encoder import Encoder
from index.records import Answer, BlockKind, Level, Quote, QuoteKind, Sentence
from index.store.disk.shelf import Shelf
from tests.index.conftest import Library, check_quote

_FEEDER = """\
# Feeder manual

## Filling

The hopper holds two kilograms of dry food.

To refill the hopper without spilling:

1. Press the grey button until the lid clicks.
2. Pour the food in slowly, up to the line.
3. Close the lid and wait for the green light.

## Timers

Add a meal to the plan in `meals.toml`:

```toml
[[meal]]
at = "07:30"
grams = 40
```

The feeder reads the plan again every minute.

## Lights

| Light | Meaning |
| --- | --- |
| green | ready |
| amber | hopper nearly empty |
| red, blinking | motor stuck |

## Deprecated: the old remote

Press both buttons of the remote to refill the hopper.
"""

_FAQ = """\
# Questions

**May my cat eat wet food from it?**

No, wet food clogs the screw within a day.

**Why does it beep at night?**

The hopper is nearly empty; it beeps once an hour until it is refilled.
"""

_OPTIONS = "# Options\n\n" + "\n\n".join(
    f"--{name}\n\nSets how the weekly chart of the feeder is drawn: {what}, unless the plan says something else."
    for name, what in (
        ("colour", "in colour"),
        ("grid", "with lines behind it"),
        ("title", "with a title above it"),
        ("bars", "as bars"),
        ("curve", "as one curve"),
        ("legend", "with a legend beside it"),
        ("wide", "as wide as the window"),
        ("tall", "as tall as the window"),
        ("grams", "in grams"),
        ("ounces", "in ounces"),
        ("cats", "one for each cat"),
        ("months", "for a month"),
    )
)

_FOODS = ("pellets", "flakes", "kibble", "shrimps", "rice", "oats", "sunflowers", "millet", "corn", "peanuts", "hemp")

_KINDS = (
    "# Food\n\n## Which kinds of food the feeder takes\n\nThese kinds of food go through the screw:\n\n"
    "| kind | largest piece, and how much the hopper holds of it |\n| --- | --- |\n"
    + "\n".join(f"| {food} | {n + 3} millimetres, and {2000 - 50 * n} grams in all |" for n, food in enumerate(_FOODS))
    + "\n\n## Mixing\n\nThe feeder takes at most three kinds of food at once, and takes food of one kind faster.\n"
)

_TROUBLE = {
    "The lid does not close": "Wipe the rim of the hopper, then press the lid down until it clicks.",
    "The motor hums but nothing falls": "Take out the screw and rinse it under warm water.",
    "The light stays amber": "Fill the hopper to the line; the light turns green within a minute.",
}


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Answerer:
    """What answers from a manual, its FAQ, a long log and three versions of one page."""
    folder = tmp_path_factory.mktemp("manual")
    library = Library(folder / "documents", Shelf(folder / "data"), encoder)
    library.write("feeder.md", _FEEDER)
    library.write("faq.md", _FAQ)
    library.write("options.md", _OPTIONS)
    library.write("food.md", _KINDS)
    contents = "\n".join(f"- {problem}" for problem in _TROUBLE)
    remedies = "\n\n".join(f"## {problem}\n\n{remedy}" for problem, remedy in _TROUBLE.items())
    library.write("trouble.md", f"# Trouble\n\n## Contents\n\n{contents}\n\n{remedies}\n")
    for version, grams in (("1.9", 30), ("1.10", 45), ("1.2", 20)):
        library.write(
            f"{version}/portions.md", f"# Portions\n\nA portion weighs {grams} grams unless a plan says so.\n"
        )
    rows = "\n".join(f"| {number} | sensor {number} reports its drift to the base | ok |" for number in range(400))
    library.write("drift.md", f"# Drift\n\n| number | what | state |\n| --- | --- | --- |\n{rows}\n")
    library.write("code.md", "# Driver\n\n```c\n" + "\n".join(f"step_{n}(motor, {n});" for n in range(300)) + "\n```\n")
    library.build()
    return library.answerer(quotes=4, threshold=0)


def _ask(answerer: Answerer, question: str) -> Answer:
    """Answer, and check what holds for every answer."""
    answer = answerer.answer(Asked(question))
    quotes = answer.quotes + answer.closest
    for quote in quotes:
        check_quote(answerer.generation, quote)
        assert quote.start <= quote.focus[0] < quote.focus[1] <= quote.end
    assert all(len(quote.text) <= LEAD for quote in quotes)
    assert sum(len(quote.text) for quote in quotes) <= TOTAL
    return answer


def _focus(quote: Quote) -> str:
    return quote.text[quote.focus[0] - quote.start : quote.focus[1] - quote.start]


def test_steps_are_quoted_whole_with_what_announces_them(manual: Answerer) -> None:
    lead = _ask(manual, "How do I refill the hopper without spilling food?").quotes[0]
    for said in ("To refill the hopper", "grey button", "Pour the food", "green light"):
        assert said in lead.text
    assert lead.section == ("Filling",)
    assert lead.kind is QuoteKind.LIST


def test_code_is_quoted_with_the_sentence_before_it(manual: Answerer) -> None:
    lead = _ask(manual, "how can i add a meal at half past seven to the plan").quotes[0]
    assert "Add a meal to the plan" in lead.text
    assert 'at = "07:30"' in lead.text


@pytest.mark.parametrize("wanted", ["as bars", "in colour", "with a legend beside it", "in grams", "for a month"])
def test_no_block_parts_a_name_from_what_it_names(manual: Answerer, wanted: str) -> None:
    lead = _ask(manual, f"How do I get the weekly chart drawn {wanted}?").quotes[0]
    assert lead.source == "options.md"
    assert not lead.text.splitlines()[-1].startswith("--")


@pytest.mark.parametrize(("longest", "begins"), [(100, "--colour"), (70, "Sets the")])
def test_what_describes_an_option_is_quoted_with_its_name_if_both_fit(
    library: Library, longest: int, begins: str
) -> None:
    parts = ("--grid", "Draws lines.", "--colour", "Sets the colour of the weekly chart of the feeder, red or blue.")
    library.write("a.md", "# Options\n\n" + "\n\n".join(parts))
    library.build()
    document = library.shelf.open().catalogue.document("a.md")
    starts = [document.text.index(part) for part in parts]
    sentences = [
        Sentence(start, start + len(part), BlockKind.PARAGRAPH) for start, part in zip(starts, parts, strict=True)
    ]
    start, end = best_block(document, sentences, np.array([0, 0, 0, 1], np.float32), longest)
    assert document.text[start:end].startswith(begins)


@pytest.mark.parametrize("problem", _TROUBLE)
def test_a_table_of_contents_is_not_quoted(manual: Answerer, problem: str) -> None:
    quotes = _ask(manual, f"Help, my feeder has a problem: {problem.lower()}, what can I do?").quotes
    assert quotes[0].section == (problem,)
    assert ("Contents",) not in {quote.section for quote in quotes}


def test_what_only_repeats_its_heading_is_not_quoted(tmp_path: Path, encoder: Encoder) -> None:
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)
    library.write("names.md", "# Reference\n\n## Feeding plan objects\n\nPlan\n")
    library.write("use.md", "# Use\n\n## Making one\n\nWrite a feeding plan into `meals.toml` and start the feeder.\n")
    library.build()
    answer = library.ask("how do i use feeding plan objects")
    assert [quote.source for quote in answer.quotes or answer.closest] == ["use.md"]


def test_what_announces_something_that_does_not_follow_is_not_quoted(tmp_path: Path, encoder: Encoder) -> None:
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)
    library.write("more.md", "# Own feeding plans\n\nTo write your own feeding plan, see the following pages:\n")
    library.write("use.md", "# Use\n\n## Making one\n\nWrite a feeding plan into `meals.toml` and start the feeder.\n")
    library.build()
    answer = library.ask("how do i write my own feeding plan")
    assert [quote.source for quote in answer.quotes or answer.closest] == ["use.md"]


@pytest.mark.parametrize(
    ("wanted", "name"), [("as bars", "--bars"), ("in colour", "--colour"), ("for a month", "--months")]
)
def test_the_focus_is_on_one_of_several_options(manual: Answerer, wanted: str, name: str) -> None:
    lead = _ask(manual, f"How do I get the weekly chart drawn {wanted}?").quotes[0]
    assert [line for line in _focus(lead).splitlines() if line.startswith("--")] in ([name], [])
    assert wanted in _focus(lead)


def test_a_fact_is_quoted_as_its_sentence(manual: Answerer) -> None:
    lead = manual.answer(Asked("How many kilograms of dry food does the hopper hold?")).quotes[0]
    assert lead.text == "The hopper holds two kilograms of dry food."
    assert lead.kind in {QuoteKind.SENTENCE, QuoteKind.PARAGRAPH}
    assert lead.focus == (lead.start, lead.end)


_SPEAKER = """\
# Speaker

## Sound

The chirp of the speaker is set in `sound.toml`.

Everything has to be unplugged for a minute afterwards.

## Parts

The speaker has a membrane of paper.
"""

_LONG = (
    "The feeder was first shown at the fair in Ostermark, where nobody bought one, and a year later it was sold in "
    "all of the shops along the river Velm. Its first buyers were farmers who kept cats against the mice in their "
    "barns, and who liked that it needs no wires. Which of the many colours it came in at that time sold best is not "
    "known any more. The screw was carved from beech by the carpenter Tilda Morn. Later ones were cast, turned and "
    "polished by machines, with the exception of those for the museum, which are still made by hand."
)


def test_what_is_asked_for_is_quoted_with_the_short_paragraphs_around_it(library: Library) -> None:
    library.write("speaker.md", _SPEAKER)
    library.build()
    answer = library.ask("Which file is the chirp of the speaker set in?")
    lead, *further = answer.quotes
    assert lead.text.startswith("The chirp of the speaker is set")
    assert lead.text.endswith("unplugged for a minute afterwards.")
    assert lead.text[lead.focus[0] - lead.start : lead.focus[1] - lead.start].startswith("The chirp of the speaker")
    assert not any(quote.text in lead.text for quote in further)


def test_what_only_announces_something_longer_is_not_quoted_last(library: Library) -> None:
    tunes = "\n".join(f"tune-{number} = {number}" for number in range(80))
    library.write("speaker.md", _SPEAKER.replace("## Parts", f"The other tunes are:\n\n```\n{tunes}\n```\n\n## Parts"))
    library.build()
    lead = library.ask("Which file is the chirp of the speaker set in?").quotes[0]
    assert lead.text.endswith("unplugged for a minute afterwards.")


def test_a_clear_sentence_of_a_long_paragraph_is_quoted_by_itself(library: Library) -> None:
    library.write("history.md", f"# History\n\n{_LONG}\n")
    library.build()
    lead = library.ask("Who carved the screw of the feeder?").quotes[0]
    assert "Tilda Morn" in lead.text
    assert len(lead.text) < len(_LONG) / 2


def test_where_several_sentences_may_answer_the_first_is_quoted_with_what_is_around_it(library: Library) -> None:
    for name, place in (("summer", "behind the stove"), ("autumn", "below the stairs"), ("winter", "on the wardrobe")):
        library.write(f"{name}.md", f"# {name.capitalize()}\n\nIn {name} the cat sleeps {place}. {_LONG}\n")
    library.build()
    lead = library.ask("Where does the cat sleep?").quotes[0]
    focus = lead.text[lead.focus[0] - lead.start : lead.focus[1] - lead.start]
    assert "the cat sleeps" in focus
    assert len(focus) <= LONGEST < len(lead.text) <= UNCLEAR


_POST = """\
So I moved into a new flat last week and my cat is not happy about it.

The feeder stands next to the fridge now, its motor stutters, and a red light keeps blinking.
My neighbour says it is the power line, my sister says it is the moon.

Who else has a cat that hates noise?
"""


def test_a_message_whose_one_question_says_too_little_is_answered_as_a_whole(manual: Answerer) -> None:
    answer = _ask(manual, _POST)
    assert answer.answered
    assert "motor stuck" in answer.quotes[0].text


def test_of_a_message_with_a_clear_question_that_question_alone_is_answered(manual: Answerer) -> None:
    story = "I moved last week and my cat is not happy about it. The red lamp is pretty though."
    alone = _ask(manual, "How many kilograms of dry food does the hopper hold?")
    told = _ask(manual, f"{story} How many kilograms of dry food does the hopper hold? Thanks!")
    assert told.quotes == alone.quotes


def test_below_a_heading_that_is_the_question_the_whole_table_is_quoted(manual: Answerer) -> None:
    lead = _ask(manual, "Which kinds of food does the feeder take?").quotes[0]
    assert lead.text.startswith("These kinds of food go through the screw:")
    assert all(f"{food} | " in lead.text for food in _FOODS)
    assert lead.section == ("Which kinds of food the feeder takes",)


def test_a_sentence_that_announces_a_list_is_quoted_with_all_of_it(tmp_path: Path, encoder: Encoder) -> None:
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)
    animals = ("cats", "hedgehogs", "small dogs", "tortoises", "hens", "a goat")
    items = "\n".join(f"- {animal}, if somebody watches" for animal in animals)
    library.write("yard.md", f"# Yard\n\n## Guests\n\nThe animals that may eat in the yard are these:\n\n{items}\n")
    library.build()
    lead = library.ask("Which animals may eat in the yard?").quotes[0]
    assert lead.text.startswith("The animals that may eat")
    assert all(animal in lead.text for animal in animals)


def test_a_sentence_that_announces_longer_code_is_quoted_with_its_first_lines(library: Library) -> None:
    lines = "\n".join(f"speed_{number}: number {number} of all the speeds of the feeder" for number in range(120))
    library.write("speeds.md", f"# Speeds\n\n## File\n\nThe whole file looks like this:\n\n```\n{lines}\n```\n")
    library.build()
    lead = library.ask("What does the whole file look like?").quotes[0]
    assert lead.text.startswith("The whole file looks like this:\n\nspeed_0: ")
    assert lead.text.endswith("of the feeder")
    assert len(lead.text) <= LEAD


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("May my cat eat wet food from it?", "clogs the screw"),
        ("Why does it beep at night?", "nearly empty"),
        ("Which reason is there when it beeps at night?", "nearly empty"),
    ],
)
def test_a_question_in_the_documents_is_quoted_with_its_answer(manual: Answerer, question: str, said: str) -> None:
    assert said in _ask(manual, question).quotes[0].text


def test_of_the_versions_of_a_page_the_newest_is_quoted_and_the_others_are_named(manual: Answerer) -> None:
    answer = _ask(manual, "I want to know how many grams a portion weighs")
    versions = [quote.source for quote in answer.quotes if quote.source.endswith("portions.md")]
    assert versions == ["1.10/portions.md"]
    assert {"1.2/portions.md", "1.9/portions.md"} <= {place.source for place in answer.related}


def test_the_version_that_is_asked_for_is_quoted(manual: Answerer) -> None:
    answer = _ask(manual, "I want to know how many grams a portion weighs in 1.9")
    assert answer.quotes[0].source == "1.9/portions.md"


def test_what_is_deprecated_stands_behind_unless_it_is_asked_for(manual: Answerer) -> None:
    sections = [quote.section for quote in _ask(manual, "Help, how do I refill the hopper?").quotes]
    assert sections[0] == ("Filling",)
    asked_for = _ask(manual, "How did I refill the hopper with the old deprecated remote?").quotes[0]
    assert asked_for.section == ("Deprecated: the old remote",)


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("My sensor 377 does not report its drift any more", "drift.md"),
        ("what do I do after step_250(motor)", "code.md"),
    ],
)
def test_an_endless_table_or_program_gives_a_piece_of_it(manual: Answerer, question: str, source: str) -> None:
    assert source in {quote.source for quote in _ask(manual, question).quotes}


@pytest.mark.parametrize("question", ["", "🙏🙏", "<:wave:123456789012345678>", "error " * 4000, "hi all\nthanks!"])
def test_an_odd_message_is_no_trouble(manual: Answerer, question: str) -> None:
    answer = _ask(manual, question)
    assert answer.question == question
    assert answer.level in Level


def test_three_sections_of_one_page_are_quoted_before_another_page(library: Library) -> None:
    ways = ("by hand", "with the scoop", "from the sack", "through the chute")
    text = "\n\n".join(
        f"## Filling {way}\n\nTo fill the hopper {way}, open its lid, pour, and close the lid again." for way in ways
    )
    library.write("feeder.md", f"# Feeder\n\n{text}\n")
    library.write("care.md", "# Care\n\nWash the hopper with warm water once a month, and dry it before you fill it.\n")
    library.build()
    answer = library.answerer(quotes=4).answer(Asked("How do I fill the hopper of my feeder?"))
    assert [quote.source for quote in answer.quotes or answer.closest] == ["feeder.md"] * 3 + ["care.md"]
