"""Where a block begins and ends: what says little of the question is left out, and what the rest needs is not."""

from __future__ import annotations

import numpy as np
import pytest

from index.answer.blocks import COMPLETED, LEAD, best_block, only_announces
from index.answer.quotes import KEPT
from tests.index.conftest import Library

_FURTHER = 240
"""Characters of a block that is not the first."""

_WATERING = """\
# Greenhouse

Tomatoes grow best behind glass that faces south, where no tree takes the light away from them in the afternoon.

Open the valve for ten minutes each evening.

A greenhouse of twelve square metres holds about forty plants, if the shelves along the back wall are used as well.
The last one that was built has two doors, a rain barrel on each side, and a bench of larch along the whole of one wall.
"""

_STEPS = """\
# Pump

The pump is quiet, so that nobody in the house hears it, though it stands in the cellar right below the bedroom.

1. Unscrew the lid.
2. Rinse the filter.
3. Screw the lid on again.

Spare parts are kept for ten years, and each of them is sent within a week to whoever asks the shop on the quay for it.
The shop was opened by two brothers, and is run by the daughter of the younger one, who has been a plumber all her life.
"""

_CODE = """\
# Timer

The timer is a small box beside the door, with one wheel for the evening and another for the morning, both of brass.

Write the hours into the plan.

```
open: 19:00
close: 19:10
```

Two screws hold the box to the wall, and a cover of clear plastic keeps off the rain that comes in when it is open.
The first timer of this kind was made for the lamps of a theatre, and had a bell in it that rang when the wheel stopped.
"""

_CAPTIONS = """\
# Shelves

Shelves are of oak.

Put the heavy pots below.

Next shelf
"""

_PRONOUN = """\
# Heater

The heater of the greenhouse runs on gas, and the bottle stands outside, behind the north wall, below a roof of its own.

This keeps the frost out down to twelve degrees below zero. Turn it off once the nights are warm.
"""


_LONG_SENTENCE = f"""\
# Soil

{"Turn the heap. " * 20}The heap wants {"some straw and leaves and " * 10}nothing else.
"""


def _block(library: Library, text: str, wanted: str, longest: int = LEAD, kept: float = KEPT) -> str:
    """Return the best block of a document, all the weight being on the sentence that has `wanted` in it."""
    library.write("a.md", text)
    library.build()
    generation = library.shelf.open()
    document = generation.catalogue.document("a.md")
    passages = generation.catalogue.passages(list(range(len(generation.dense))))
    sentences = [sentence for stored in passages for sentence in stored.passage.sentences]
    weights = [1.0 if wanted in document.text[each.start : each.end] else 1e-4 for each in sentences]
    start, end = best_block(document, sentences, np.array(weights, np.float32), longest, kept)
    generation.close()
    return document.text[start:end]


def test_paragraphs_that_say_nothing_of_the_question_are_left_out(library: Library) -> None:
    assert _block(library, _WATERING, "valve") == "Open the valve for ten minutes each evening."


def test_all_that_fits_is_kept_where_that_is_wanted(library: Library) -> None:
    assert _block(library, _WATERING, "valve", kept=1.0).startswith("Tomatoes")


@pytest.mark.parametrize("wanted", ["Unscrew", "Rinse", "again"])
def test_steps_stay_whole_where_the_rest_is_left_out(library: Library, wanted: str) -> None:
    steps = _block(library, _STEPS, wanted)
    assert steps.startswith("1. Unscrew")
    assert steps.endswith("3. Screw the lid on again.")


def test_of_a_list_that_fits_no_later_item_is_quoted_without_those_before(library: Library) -> None:
    hoses = "".join(
        f"- A hose of {colour} rubber, which lasts for three years.\n" for colour in ("red", "green", "blue")
    )
    text = f"# Hoses\n\nWe have these hoses, each of them ten metres long, with brass at both of its ends:\n\n{hoses}"
    block = _block(library, text, "blue", longest=150)
    assert block.startswith("We have these hoses")
    assert block.endswith("three years.")


def test_a_last_remark_that_is_short_is_not_left_out(library: Library) -> None:
    text = f"{_WATERING.split('A greenhouse of', maxsplit=1)[0]}Ask Ada for the key.\n"
    block = _block(library, text, "valve")
    assert block == "Open the valve for ten minutes each evening.\n\nAsk Ada for the key."


def test_a_warning_at_the_end_is_not_left_out(library: Library) -> None:
    warning = "Write the ten numbers down, as they are shown only once, and nobody can give them to you again later on."
    text = f"{_WATERING.split('A greenhouse of', maxsplit=1)[0]}{warning}\n"
    assert _block(library, text, "valve").endswith(warning)


@pytest.mark.parametrize(
    ("text", "announces"),
    [
        ("See the following pages:", True),
        ("Open Settings, and choose Delete. Really sure?", False),
        ("Type /feed\nAnd who wants a hungry pet?", False),
        ("Wer wirbt, fliegt raus. Noch Fragen?", False),
    ],
)
def test_a_block_that_says_something_is_more_than_its_last_question(text: str, *, announces: bool) -> None:
    assert only_announces(text) is announces


def test_a_smiley_announces_nothing(library: Library) -> None:
    text = f"# Hose\n\nRoll the hose up, then you are done :)\n\n{_PRONOUN.splitlines()[2]} {_CODE.splitlines()[2]}\n"
    assert _block(library, text, "Roll") == "Roll the hose up, then you are done :)"


def test_code_stays_with_the_words_before_it(library: Library) -> None:
    block = _block(library, _CODE, "hours")
    assert block == "Write the hours into the plan.\n\nopen: 19:00\nclose: 19:10"


def test_code_is_quoted_with_the_words_before_it(library: Library) -> None:
    assert _block(library, _CODE, "19:10").startswith("Write the hours into the plan.\n\nopen: 19:00")


def test_no_block_ends_in_a_name_of_what_it_does_not_have(library: Library) -> None:
    assert _block(library, _CAPTIONS, "heavy").endswith("Put the heavy pots below.")


def test_a_short_last_line_that_answers_is_quoted(library: Library) -> None:
    text = "# Port\n\nThe valve listens on one port of the greenhouse's network.\n\nPort: 8384\n"
    assert _block(library, text, "8384").endswith("Port: 8384")


def test_no_block_ends_between_a_caption_and_its_code(library: Library) -> None:
    text = f"# Valve\n\n{'Turn the wheel to the left. ' * 7}Then write this:\n\nplan.toml\n\n```\nopen = '19:00'\n```\n"
    assert _block(library, text, "write", _FURTHER).endswith("open = '19:00'")


def test_no_block_ends_in_what_announces_something_that_is_not_there(library: Library) -> None:
    plan = "valve 19:00 open\n" * 80
    text = f"# Hoses\n\nRoll the hose up.\n\nA plan:\n\n```\n{plan}```\n"
    assert _block(library, text, "Roll", longest=_FURTHER) == "Roll the hose up."


@pytest.mark.parametrize("longest", [_FURTHER, LEAD])
def test_what_opens_with_a_pronoun_has_before_it_what_that_points_to(library: Library, longest: int) -> None:
    block = _block(library, _PRONOUN, "frost", longest)
    assert block.startswith("The heater of the greenhouse")
    assert "frost" in block


def test_a_heading_is_not_quoted_for_a_pronoun(library: Library) -> None:
    assert _block(library, "# Heater\n\nIt runs on gas.\n", "gas") == "It runs on gas."


def test_a_sentence_that_is_a_little_too_long_is_not_cut(library: Library) -> None:
    block = _block(library, _LONG_SENTENCE, "straw", _FURTHER)
    assert block.startswith("The heap wants")
    assert block.endswith("nothing else.")
    assert _FURTHER < len(block) <= COMPLETED


def test_a_paragraph_of_which_little_is_missing_is_quoted_to_its_end(library: Library) -> None:
    text = f"# Seeds\n\n{'Turn the pots each week. ' * 8}Sow in March. {'Then wait for rain. ' * 3}\n"
    assert _block(library, text, "Sow", _FURTHER).endswith("Then wait for rain.")
