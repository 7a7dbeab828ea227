"""HTML and components around Markdown: what is hidden goes, what a page reads as Markdown is read as such."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.read.folder import walk
from index.read.readers import Readers
from index.records import Document
from tests.index.read.blocks import C, H, L, P, T, blocks, texts


def test_what_stands_in_a_hidden_element_is_not_read_though_empty_lines_part_it() -> None:
    written = "Seen.\n\n<div hidden>\n\nThe code is 99.\n\n<div>\n\nDeeper.\n\n</div>\n</div>\n\n"
    written += (
        '<section style="display: none">\n\n- No.\n\n</section> After.\n\n<p hidden="until-found">\nFound.\n</p>\n'
    )
    assert texts("a.md", written) == ["Seen.", "After.", "Found."]


def test_an_element_that_is_never_closed_hides_nothing() -> None:
    assert texts("a.md", "<div hidden>\n\nKept.\n") == ["Kept."]


def test_markdown_in_an_element_is_read_where_the_page_reads_it() -> None:
    written = "<details markdown>\n<summary>Why *us*?</summary>\n\nWe **care**.\n\n</details>\n"
    assert texts("a.md", written) == ["Why us?", "We care."]
    written = '<figure markdown="span">\n  ![A gull](gull.png)\n  <figcaption>On `rock`</figcaption>\n</figure>\n'
    assert texts("a.md", written) == ["A gull", "On rock"]
    assert texts("a.md", "<div>\nStars: **not** strong here.\n</div>\n") == ["Stars: **not** strong here."]


def test_markdown_in_elements_of_mdx_is_read() -> None:
    written = "<details>\n  <summary>Which?</summary>\n  Take **this**:\n\n  - one\n    - two\n</details>\n"
    assert blocks("a.mdx", written) == [(P, 2, "Which?"), (P, 3, "Take this:"), (L, 5, "one"), (L, 6, "two")]
    written = "<table>\n<tr><td>**Oar**</td><td>`4` [each](b.md)</td></tr>\n</table>\n"
    assert blocks("a.mdx", written) == [(T, 2, "Oar | 4 each")]
    written = '<ul>\n<li><Image alt="`<b>` is **b**" /> _There_ is <pre>**this**</pre></li>\n</ul>\n'
    assert texts("a.mdx", written) == ["`<b>` is **b** There is", "**this**"]


def test_fields_say_their_name_and_type() -> None:
    written = '<ParamField path="boat" type="string" required default="raft">\nWhich one.\n</ParamField>\n'
    assert texts("a.mdx", written) == ["boat string required default: raft", "Which one."]
    written = '<ResponseField name="age" type="number" deprecated={true}>\nIn years.\n</ResponseField>\n'
    assert texts("a.mdx", written) == ["age number deprecated", "In years."]


def test_components_on_one_line_do_not_run_into_each_other() -> None:
    assert texts("a.mdx", '<Tabs><Tab title="Oars">Row.</Tab><Tab title="Sail">Wait.</Tab></Tabs>\n') == [
        "Oars",
        "Row.",
        "Sail",
        "Wait.",
    ]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ('<TabItem label="Stars">Vega</TabItem>\n<TabItem label="Moons">Io</TabItem>', "Stars|Vega|Moons|Io"),
        ('<Accordion title="Q1?">A1.</Accordion>\n<Accordion title="Q2?">A2.</Accordion>\nOn.', "Q1?|A1.|Q2?|A2.|On."),
        ('<Step title="1">Row.</Step>\n<Step title="2">`<Step>` **it**.\nOn.</Step>', "1|Row.|2|<Step> it. On."),
        (
            '<Card\n  title="Map"\n  icon="x">See it.</Card>\n<Card title="Log">Read it.</Card>',
            "Map|See it.|Log|Read it.",
        ),
        ('<Feature title="Fast">It is.</Feature>\n<Feature title="Small">Too.</Feature>', "Fast|It is.|Small|Too."),
        ('<Tabs items={["npm", "yarn"]}>\n<Tab>npm i</Tab>\n<Tab>yarn add</Tab>\n</Tabs>', "npm|npm i|yarn|yarn add"),
        ("<Tabs items={['A', 'B']}>\n<Tab>\nOne.\n</Tab>\n<Tab>\nTwo.\n</Tab>\n</Tabs>", "A|One.|B|Two."),
        ('Press <Tooltip title="The key">it</Tooltip> now.', "Press it now."),
        ("See\n<Term title='x'>it</Term> now.", "See x it now."),
        (
            '{{< tab "Mac" >}}Mac text{{< /tab >}}\n{{< tab "Linux" >}}Linux text{{< /tab >}}',
            "Mac|Mac text|Linux|Linux text",
        ),
        (
            '{{% expand "Why?" %}}So.{{% /expand %}}\n{{% expand "How?" %}}Thus\nit is.{{% /expand %}}',
            "Why?|So.|How?|Thus it is.",
        ),
        (
            (
                '{{< tabs items="npm,yarn" >}}\n{{< tab >}}npm i{{< /tab >}}\n'
                "{{< tab >}}\nyarn add\n{{< /tab >}}\n{{< /tabs >}}"
            ),
            "npm|npm i|yarn|yarn add",
        ),
        ('{% tab title="A" %}One.{% endtab %}\n{% tab title="B" %}Two.{% endtab %}', "A|One.|B|Two."),
    ],
)
def test_what_stands_on_one_line_with_its_title_stands_apart_from_it_and_from_the_next(written: str, seen: str) -> None:
    name = "a.mdx" if written.startswith("<") or "<Te" in written or "<Too" in written else "a.md"
    assert "|".join(texts(name, f"{written}\n")).replace("\n", " ") == seen


def test_fences_that_hold_markdown_are_read_as_such() -> None:
    assert texts("a.mdx", "```mdx-code-block\n<Box>\n\nSay *hello*.\n\n</Box>\n```\n") == ["Say hello."]
    assert texts("a.md", '```admonish tip title="Row on"\nIt **helps**.\n```\n') == ["Row on", "It helps."]
    assert texts("a.md", "```ad-warning\ntitle: Cold\ncollapse: open\nTake a *coat*.\n```\n") == [
        "Cold",
        "Take a coat.",
    ]


def test_queries_leave_a_mark_where_their_result_is_seen() -> None:
    assert texts("a.md", "Boats:\n\n```dataview\nLIST FROM #boats\n```\n") == ["Boats:", "[…]"]
    assert texts("a.md", "There are `= this.count` and `== 3`.\n") == ["There are […] and == 3."]


def test_tags_of_microsofts_pages_take_no_more_than_their_line() -> None:
    written = (
        ':::row:::\n    :::column span="2":::\n        Left *side*\n    :::column-end:::\n:::row-end:::\n'
        ':::image type="content" source="a.png" alt-text="A map":::\n\n'
        ':::code language="c" source="a.c" range="1-2":::\n\n'
        "- Still a list\n\n[!code-cs[Main](b.cs?range=3)]\n\n<xref:Boats.Oar> ends it.\n"
    )
    assert blocks("a.md", written) == [
        (P, 3, "Left side"),
        (P, 6, "A map"),
        (P, 8, "[not included: a.c]"),
        (L, 10, "Still a list"),
        (P, 12, "[not included: b.cs]"),
        (P, 14, "Boats.Oar ends it."),
    ]


def test_lines_between_the_parts_of_cards_cells_and_columns_are_not_read() -> None:
    assert texts("a.md", ":::{card} Rope\nHead\n^^^\nBody\n+++\nFoot\n:::\n") == ["Rope", "Head", "Body", "Foot"]
    assert texts("a.md", 'One\n\n+++ {"tags": ["x"]}\n\nTwo\n\n<--->\n\nThree\n') == ["One", "Two", "Three"]


def test_formulas_keep_every_mark() -> None:
    assert blocks("a.md", "$$\na_1 * b_2 * \\{c\\}\n$$\n") == [(C, 2, "a_1 * b_2 * \\{c\\}")]
    assert texts("a.md", "So $\\{a*b*c\\}$ is $$d*e*f$$, for $5 or *$6*.\n") == [
        "So $\\{a*b*c\\}$ is $$d*e*f$$, for $5 or $6."
    ]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("![A gull|200](gull.png) and ![[gull.png]].", "A gull and […]."),
        ("![Quay](/q.png =300x200) here.", "Quay here."),
        ("Wait^[Not *long*.] there.", "Wait [Not long.] there."),
        ("Made on <% tp.date.now() %>.", "Made on […]."),
        ("Call `#!python len(x)` or `#!/bin/sh`.", "Call len(x) or #!/bin/sh."),
        ("{% if a %}Yes{% else %}No{% endif %}", "Yes No"),
        ("{% raw %}{{ a }} and {% b %}{% endraw %} stay.", "{{ a }} and {% b %} stay."),
        ("{::nomarkdown}<b>Bold</b>{:/} and [here]({{ site.base }}{% link a.md %}).", "Bold and here."),
        ("Ask @<0a1b2c3d-0000-1111-2222-333344445555> or @<Ann Lee>.", "Ask @[…] or @Ann Lee."),
        ("{octicon}`check` Sound {fas}`star;sd-x`.", "Sound ."),
    ],
)
def test_marks_inside_a_line(written: str, seen: str) -> None:
    assert texts("a.md", f"{written}\n") == [seen]


def test_values_that_a_page_computes_are_marked() -> None:
    assert texts("a.md", "<script setup>\nconst a = 1\n</script>\n\nAt {{ a + 1 }} now, `{{ a }}`.\n") == [
        "At […] now, {{ a }}."
    ]
    written = '---\nmyst:\n  substitutions:\n    boat: "the **raft**"\n---\n\n{kbd}`A` {{ boat }} by {{ env.name }}.\n'
    assert texts("a.md", written) == ["A the raft by […]."]


def test_switches_of_a_shortcode_are_no_title_and_markup_in_titles_goes() -> None:
    assert texts(
        "a.md", '{{< tabpane text=true >}}\n{{% tab header="The **bus**" %}}\nNine.\n{{% /tab %}}\n{{< /tabpane >}}'
    ) == [
        "The bus",
        "Nine.",
    ]
    assert texts("a.md", "Write it so:\n\n{{</* note */>}}\n") == ["Write it so:", "{{< note >}}"]


def test_diagrams_between_shortcodes_are_code_where_they_are_closed() -> None:
    assert blocks("a.md", "{{< mermaid >}}\na-->b\n{{< /mermaid >}}\n") == [(C, 2, "a-->b")]
    assert blocks("a.md", "{{< chart >}}\n\n# Next\n") == [(H, 3, "Next")]


def test_a_row_keeps_its_empty_first_cell_and_an_empty_row_is_none() -> None:
    assert blocks("a.md", "| | Bus |\n|--|--|\n| Day | 9 |\n| | 10 |\n\n| | |\n|--|--|\n| a | b |\n") == [
        (T, 1, "| Bus"),
        (T, 3, "Day | 9"),
        (T, 4, "| 10"),
        (T, 8, "a | b"),
    ]


def test_components_in_html_give_their_words() -> None:
    assert texts("a.mdx", 'One\n\n<br/>\n<Image alt="A gull" src={a} />\n\nTwo\n') == ["One", "A gull", "Two"]
    written = '<table>\n<tr><td><Badge text="New" /> oar</td><td><Price of="oar" /></td></tr>\n</table>\n'
    assert texts("a.mdx", written) == ["New oar | […]"]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Ring <span style='display:none'>the *loud* bell</span>twice.", ["Ring twice."]),
        ('A <b hidden>[x](y) ![z](z.png) `c`</b> B <i hidden="until-found">C</i>', ["A B C"]),
        ("> Seen.\n> <div hidden>\n>\n> - Gone.\n>\n> </div>\n", ["Seen."]),
        ("1. <div hidden>\n\n   Gone.\n\n   </div>\n2. Seen.\n", ["2. Seen."]),
        ("| A | <span hidden>B</span> |\n|--|--|\n| 1 | 2 <!-- 3 --> |\n", ["A |", "1 | 2"]),
        ("<video controls>Your browser cannot.</video> Seen.", ["Seen."]),
        ("<template>\n\nGone.\n\n</template>\n\nSeen.\n", ["Seen."]),
        ("Seen.\n\n<!-- never closed\n\nGone.\n", ["Seen."]),
    ],
)
def test_what_hidden_elements_hold_is_not_read_wherever_they_stand(written: str, seen: list[str]) -> None:
    assert texts("a.md", written) == seen


def test_elements_that_are_never_closed_cost_little() -> None:
    written = "<div hidden>\n\na\n\n" * 3_000 + "<b hidden> <a '" * 3_000 + "\n\n</p></b>\n"
    started = time.perf_counter()
    assert "a" in texts("a.md", written)
    assert time.perf_counter() - started < 20  # seconds on a busy machine


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("{{< hidden >}}", "{{< /hidden >}}"), ("{{% hide %}}", "{{% /hide %}}"), ("{% comment %}", "{% endcomment %}")],
)
def test_a_part_that_no_page_shows_goes_wherever_it_ends(opened: str, closed: str) -> None:
    assert texts("a.md", f"Seen.\n\n{opened}The code is 99.{closed}\n\nAfter.\n") == ["Seen.", "After."]
    assert texts("a.md", f"Seen {opened}code 99{closed} and on.\n") == ["Seen and on."]
    assert texts("a.md", f"{opened}99{closed} Seen.\n") == ["Seen."]
    assert texts("a.md", f"{opened}\nCode.\n\n99{closed} Seen.\n\nAfter.\n") == ["Seen.", "After."]
    assert texts("a.md", f"{opened} Code.\n\n99\n{closed}\nSeen.\n") == ["Seen."]


def test_what_a_style_sheet_in_the_page_hides_is_not_read() -> None:
    written = (
        "<style>\n.key, #pin { display: none }\n.tab { display: none }\n.tab.on { display: block }\n</style>\n\n"
        'Seen. <span class="key">99</span>\n\n<div class="big key">\n\nThe code is 99.\n\n</div>\n\n'
        '<p id="pin">98</p>\n\n<div class="tab">\n\nTab.\n\n</div>\n'
    )
    assert texts("a.md", written) == ["Seen.", "Tab."]
    shown = '```html\n<style>\n.key { display: none }\n</style>\n```\n\n<div class="key">\n\nSeen.\n\n</div>\n'
    assert texts("a.md", shown)[1:] == ["Seen."]


def test_a_component_or_a_shortcode_that_shows_what_its_page_does_not_say_is_named() -> None:
    assert texts("a.mdx", "Before.\n\n<Prices\n  rows={rows}\n/>\n\n<DocCardList />\n\nAfter.\n") == [
        *("Before.", "[not included: Prices]", "After.")
    ]
    page = 'Before.\n\n{{< feature-state since="1.19" >}}\n\n{{< youtube x >}}\n\n{{% note %}}\nIn it.\n{{% /note %}}\n'
    assert texts("a.md", page) == ["Before.", "[not included: feature-state]", "In it."]


def test_a_note_that_a_page_shows_stays_in_the_section_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# A\n\n## Here\n\n![[b]]\n\nAfter, see ![[b]].\n\n![[gone#Part]]\n", encoding="utf-8"
    )
    (tmp_path / "b.md").write_text("# B\n\nOne.\n\n## C\n\nTwo.\n", encoding="utf-8")
    file = next(file for file in walk(tmp_path).files if file.source == "a.md")
    with Readers() as readers:
        (read,) = readers.read([file])
    assert isinstance(read, Document)
    after = next(block for block in read.blocks if read.text[block.start :].startswith("After"))
    assert after.section == ("Here",)
    assert read.text.startswith("A\n\nHere\n\nB\n\nOne.\n\nC\n\nTwo.\n\nAfter, see [not included: b].")
    assert "gone.md (is not there)" in read.unread[0]


def test_boxes_of_obsidian_show_what_is_begun_and_what_is_given_up() -> None:
    assert texts("a.md", "- [/] Sand.\n- [-] Paint.\n- [x] Sell.\n") == ["◐ Sand.", "☒ Paint.", "☑ Sell."]
