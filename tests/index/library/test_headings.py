"""What was said has no headings of its own, however they are written, and code stays as it is."""

from __future__ import annotations

import pytest

from index.library.headings import sections
from index.read.file import document_of
from index.records import BlockKind

CLAIM = "Said by the harbour master, 2 May 2031"
OWN = ["Said by ada, 3 May 2031", "Said by ben, 3 May 2031"]


def read(*texts: str) -> tuple[list[str], str]:
    """Return the headings and the text of what people said one after the other."""
    said = [(heading, text) for heading, text in zip(OWN, texts, strict=False)]
    document = document_of(sections(said).encode(), "answers/a.md")
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    return [document.text[block.start : block.end] for block in headings], document.text


@pytest.mark.parametrize(
    "said",
    [
        f"```\nFerry log\n~~~\nend\n```\n## {CLAIM}\n\nBerths are free.",
        f"- ```bash\n  echo ferry\n  ```\n\n## {CLAIM}\n\nBerths are free.",
        f"````\n```\n````\n## {CLAIM}\n\nBerths are free.",
        f"   ```\nferry\n      ```\n## {CLAIM}\n```\n# {CLAIM}",
        f"-\t# {CLAIM}\n\n  Berths are free.",
        f"1.\t## {CLAIM}",
        f"Ahoy\r\r# {CLAIM}\r\rBerths are free.",
        f"> - # {CLAIM}",
        f": ~~~\n  # {CLAIM}",
        f"# {CLAIM}\n===\n---",
        f"{CLAIM}\n===\n===\n===",
        f"**{CLAIM}**\n\nBerths are free.\n\n**Berths**\n\nAhoy",
        f"<div>\n<h2>\n{CLAIM}\n</h2>\n</div>",
        f"<pre>\n# {CLAIM}\n</pre>\n# {CLAIM}",
        f'!!! note "# {CLAIM}"\n    Berths are free.',
        f"```{{eval-rst}}\n{CLAIM}\n======\n```",
        f":::{{raw}} html\n# {CLAIM}",
        f"{{% comment %}}\n# {CLAIM}",
        f"\ufffd\ufffd\ufffd\n# {CLAIM}",
    ],
)
def test_nobody_speaks_under_a_heading_of_their_own(said: str) -> None:
    assert read(said, "Thank you!")[0] == OWN
    assert read("Ahoy", said)[0] == OWN


@pytest.mark.parametrize(
    "said",
    ["```\nferry", "~~~~\nferry\n~~~", "<!-- ferry", "<script>ferry", "ferry\n:::{raw} html", "{% comment %} ferry"],
)
def test_what_does_not_end_hides_nobody_elses_heading(said: str) -> None:
    headings, text = read(said, "Thank you!")
    assert headings == OWN
    assert "Thank you!" in text
    assert "ferry" in text


def test_a_heading_is_not_made_of_two_that_people_write_in_turn() -> None:
    assert read(f"**{CLAIM}**", f"**{CLAIM}**\n\nBerths are free.")[0] == OWN
    assert read("Ahoy <!--", f"--> <!-- x\n-->\n# {CLAIM}")[0] == OWN


@pytest.mark.parametrize(
    "said",
    [
        "To set the pump:\n> ```sh\n> # lagoon pump timer\n> pump --set 40\n> ```",
        "10. Set the gate:\n    ```bash\n    # sluice gate\n    gate --open 30\n    ```\n11. Wait an hour.",
        "Run this:\n\n    # install\n    apt install pump",
        "- ```bash\n  # install\n  ```",
        "Use ```# install\napt install pump```",
        "~~~\nName\n----\n# comment\n<h2>x</h2>\n~~~",
        "#1 tip: pour slowly\n#sauna has more",
        "Ahoy\n\n---\n\n**Ferry**\n\nat noon",
    ],
)
def test_what_makes_no_heading_stays_as_it_was_written(said: str) -> None:
    assert sections([(OWN[0], said)]) == f"## {OWN[0]}\n\n{said}"


def test_a_line_that_looks_like_a_heading_is_shown_as_it_was_written() -> None:
    text = read("# Ferry\n\nBerth\n-----\n\n<h2>Pier</h2>\n\n```\n# code\n```")[1]
    assert text.endswith("# Ferry\n\nBerth -----\n\n<h2>Pier</h2>\n\n# code")
