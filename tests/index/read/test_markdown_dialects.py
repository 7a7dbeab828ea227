"""Markdown as the tools that make sites of it write it: what a reader of the site sees is what is read."""

from __future__ import annotations

import time

import pytest

from index.errors import UnreadableError
from index.read.kinds import READERS, kind_of
from index.read.markdown.reader import read_markdown, read_mdx
from index.records import BlockKind, Document

H, P, L, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE


def _read(text: str, *, mdx: bool = False) -> Document:
    draft = (read_mdx if mdx else read_markdown)(text.encode())
    return draft.finished("a.md", draft.title or "A", "0" * 64)


def _blocks(text: str, *, mdx: bool = False) -> list[tuple[BlockKind, int, str]]:
    document = _read(text, mdx=mdx)
    return [(block.kind, block.line, document.text[block.start : block.end]) for block in document.blocks]


def _seen(text: str, *, mdx: bool = False) -> list[str]:
    return [seen for _, _, seen in _blocks(text, mdx=mdx)]


def test_components_give_their_words_and_their_content() -> None:
    assert _blocks(
        'import Box from "@site/Box"\nimport {\n  A,\n  B,\n} from "x";\nexport const year = {\n  now: 2031,\n}\n\n'
        'Opening words.\n\n<Box\n  title="Mind the gap"\n  render={() => <b>x</b>}\n>\n\n    Step back.\n\n</Box>\n\n'
        '<Card heading="Lost keys" icon="key" href="/keys" />\n<Note>Ask at the desk.</Note>\n'
    ) == [
        (P, 10, "Opening words."),
        (P, 12, "Mind the gap"),
        (P, 17, "Step back."),
        (P, 21, "Lost keys"),
        (P, 22, "Ask at the desk."),
    ]


def test_tabs_keep_their_labels() -> None:
    assert _seen(
        "<Tabs values={[{label: 'On a boat', value: 'boat'}, {value: 'raft', label: 'On a raft'}]}>\n"
        '<TabItem value="boat">\n\nRow.\n\n</TabItem>\n<TabItem value="raft">\n\nPole.\n\n</TabItem>\n'
        '<TabItem value="swim" label="Swimming">\n\nStroke.\n\n</TabItem>\n'
        '<TabItem value="walk">\n\nWade.\n\n</TabItem></Tabs>'
    ) == ["On a boat", "Row.", "On a raft", "Pole.", "Swimming", "Stroke.", "walk", "Wade."]
    assert _seen('=== "Bus"\n\n    Line nine.\n\n=== "Tram"\n\n    Line two.\n') == [
        "Bus",
        "Line nine.",
        "Tram",
        "Line two.",
    ]
    assert _seen(":::tabs\n== Bus\nLine nine.\n== Tram\nLine two.\n:::\n") == ["Bus", "Line nine.", "Tram", "Line two."]
    assert _seen('{% tabs %}\n{% tab title="Bus" %}\nLine nine.\n{% endtab %}\n{% endtabs %}\n') == [
        "Bus",
        "Line nine.",
    ]
    assert _seen(
        '{{< tabs >}}\n{{% tab name="Bus" %}}\nLine nine.\n{{% /tab %}}\n{{< tab "Tram" >}}\nTwo.\n{{< /tab >}}'
    ) == [*("Bus", "Line nine.", "Tram", "Two.")]


def test_what_a_component_in_a_sentence_shows_is_marked_where_it_cannot_be_known() -> None:
    assert _seen("Ask <Mentor team={3} /> before <Badge text='noon' /> or <Key>Esc</Key>.\n") == [
        "Ask […] before noon or Esc."
    ]
    assert _seen("At {hour} o'clock, {'not'} {7}{' '}later {/* why? */}than `{x}`.\n", mdx=True) == [
        "At […] o'clock, not 7 later than {x}."
    ]
    assert _seen("At {hour} o'clock.\n") == ["At {hour} o'clock."]
    assert _seen("Press <Icon name='gear' /> now.\n") == ["Press now."]
    assert _seen('Ask the <Tooltip tip="Who steers" headline="Mate">mate</Tooltip>.\n', mdx=True) == ["Ask the mate."]


def test_placeholders_between_angle_brackets_are_seen() -> None:
    assert _seen("Type /mute <member> or /kick <Member>, <b>never</b> <br>both.\n") == [
        "Type /mute <member> or /kick <Member>, never \nboth.".replace(" \n", "\n")
    ]
    assert _seen("A <w-x>custom</w-x> element.\n") == ["A custom element."]


def test_html_in_a_component_of_vue_is_no_code() -> None:
    assert _seen('<Chat>\n\t<Line who="ann">\n\t\tHello <Name id="7" />\n\t</Line>\n</Chat>\n\nAfter.\n') == [
        "Hello […]",
        "After.",
    ]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (":::note Wet floor\nSlow.\n:::\n", ["Wet floor", "Slow."]),
        (":::note[Wet *floor*]\nSlow.\n:::\n", ["Wet floor", "Slow."]),
        ('::: {.callout-tip title="Wet floor"}\nSlow.\n:::\n', ["Wet floor", "Slow."]),
        (":::{admonition} Wet floor\n:class: tip\nSlow.\n:::\n", ["Wet floor", "Slow."]),
        ("```{warning}\nSlow.\n```\n", ["Slow."]),
        ("````{note} Outer\n```{tip} Inner\nSlow.\n```\n````\n", ["Outer", "Inner", "Slow."]),
        ("> [!WARNING] Wet floor\n> Slow.\n", ["Wet floor", "Slow."]),
        ("> [!tip]- Wet floor\n> Slow.\n", ["Wet floor", "Slow."]),
        ("> [!CAUTION]\n> Slow.\n", ["Slow."]),
        ('{% hint style="info" %}\nSlow.\n{% endhint %}\n', ["Slow."]),
        ('{{< details "Wet floor" >}}\nSlow.\n{{< /details >}}\n', ["Wet floor", "Slow."]),
        ("/// details | Wet floor\n    type: warning\nSlow.\n///\n", ["Wet floor", "Slow."]),
        (
            '1. Mop.\n\n    !!! tip "Wet floor"\n        Slow.\n\n2. Dry.\n',
            ["1. Mop.", "Wet floor", "Slow.", "2. Dry."],
        ),
        ("::: shop.stock.Till\n    options:\n      members: false\n\nSlow.\n", ["shop.stock.Till", "Slow."]),
        ("::: details Wet floor {open}\nSlow.\n:::\n", ["Wet floor", "Slow."]),
    ],
)
def test_a_title_of_a_box_is_a_block_of_its_own(written: str, seen: list[str]) -> None:
    assert _seen(written) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("See [[House rules|the rules]], [[Map]] and [[Map#Attic]].", "See the rules, Map and Map > Attic."),
        ("It is ==very== cold. ^cold-1", "It is very cold."),
        ("Ring %% twice? %% at night.", "Ring at night."),
        (
            "Press ++ctrl+alt+k++, H~2~O at 10^6^, {++new++} not {--old--}{>>why<<}.",
            "Press Ctrl+Alt+K, H2O at 10⁶, new not .",
        ),
        ("{ref}`the cellar <cellar>`, {kbd}`F2`, {pep}`8`, {doc}`/keys`.", "the cellar, F2, PEP 8, keys."),
        ('Go to [the quay]({{< ref "quay.md" >}}) or [home]({{ site.url }}/a/).{: .x}', "Go to the quay or home."),
        ("[Join](/join){ .md-button } us.", "Join us."),
        (":material-check: Yes :fontawesome-brands-x: :smile:", "✓ Yes :smile:"),
        ("Since June.[^a] Ask @<Ann>.", "Since June.[a] Ask @Ann."),
        ("`[[a|b]]`, `{{ x }}`, `<A />`, \\{\\{ y }}, `++k++`.", "[[a|b]], {{ x }}, <A />, {{ y }}, ++k++."),
        ("Say {user} and {{user}} and {#welcome}.", "Say {user} and {{user}} and {#welcome}."),
        ("[[1]](https://x.example) and a[i][j] == b[0] and c == d.", "[1] and a[i][j] == b[0] and c == d."),
        ("![[plan.png|The plan]] and ![[plan.png]].", "The plan and […]."),
        ("At {{ page.hour }} by {% link bus.md %} bus.", "At […] by […] bus."),
        ('Pay 5<sup>[1](#a)</sup> or 6<sup><a href="#b">2</a></sup>.', "Pay 5¹ or 6²."),
    ],
)
def test_marks_inside_a_line(written: str, seen: str) -> None:
    assert _seen(written) == [seen]


def test_lines_that_a_page_does_not_show() -> None:
    assert _seen(
        "[TOC]\n\n# A {: #a .b data-c='d' }\n{: .lead}\n\n* Contents\n{:toc}\n\n%%\nfor Ann\n%%\n\n<!-- gone\n-->\n\n"
        "{/* spell\n:off */}\nText.\n\n[[_TOC_]]\n\n{% comment %}\nsecret\n{% endcomment %}\n\n"
        "(label)=\n## B\n\nMore.\n"
    ) == ["A", "Text.", "B", "More."]


def test_templates_show_what_front_matter_says_or_a_mark() -> None:
    front = "---\ntitle: Tides\nmyst:\n  substitutions:\n    hour: six\nphase: new\n---\n"
    assert _seen(f"{front}High at {{{{ hour }}}}, {{{{ page.phase }}}} moon, {{{{ $frontmatter.gone }}}}.") == [
        "High at six, new moon, […]."
    ]
    assert _seen("{% if open %}\nOpen since {{ year }}.\n{% endif %}\n") == ["Open since […]."]
    assert _seen("{% raw %}\nWrite {{ name }}.\n{% endraw %}\n") == ["Write {{ name }}."]
    assert _seen('Kept for {{< param "days" >}} days.') == ["Kept for […] days."]
    assert _seen("{% for one in all %}\n<p>{{ one.name }}</p>\n{% endfor %}\n") == ["[…]"]


def test_files_that_a_page_includes_are_named() -> None:
    assert _seen(
        '{{#include rules.md}}\n\n--8<-- "rules.md"\n\n<!--@include: ./rules.md-->\n\n{!rules.md!}\n\n'
        '{% include "rules.md" %}\n\n![[Rules]]\n\n```{include} rules.md\n```\n\n--8<--\na.md\nb.md\n--8<--\n'
    ) == [
        f"[not included: {name}]"
        for name in ("rules.md",) * 2 + ("./rules.md", "rules.md", "rules.md", "Rules", "rules.md", "a.md", "b.md")
    ]
    assert _seen('import Rules from "./_rules.mdx"\n\n<Rules />\n') == ["[not included: ./_rules.mdx]"]
    assert _seen("```rust\n{{#include ../x.rs:4:9}}\nlet a = 1;\n```\n") == ["[not included: ../x.rs:4:9]\nlet a = 1;"]


def test_code_keeps_its_title_and_loses_what_is_for_its_tool() -> None:
    assert _blocks('```sh title="run.sh" {2}\na\n# highlight-next-line\nb\n```\n') == [(P, 1, "run.sh"), (C, 2, "a\nb")]
    assert _seen("::: code-group\n```sh [yarn]\nyarn add x\n```\n:::\n") == ["yarn", "yarn add x"]
    assert _seen("```rust\n# use x;\n#[derive(A)]\nlet a = 1;\n```\n") == ["#[derive(A)]\nlet a = 1;"]
    assert _seen("```{code-block} sh\n:caption: Start\nrun\n```\n") == ["Start", "run"]
    assert _seen("{% highlight sh %}\nrun\n{% endhighlight %}\n") == ["run"]
    assert _seen("Text.\n\n    !!! note\n    {{ x }}\n") == ["Text.", "!!! note\n{{ x }}"]


def test_lists_have_the_numbers_and_boxes_that_a_reader_sees() -> None:
    assert _seen("1. a\n1. b\n1. c\n") == ["1. a", "2. b", "3. c"]
    assert _seen("5. a\n9. b\n\n   more\n\ntext\n\n7. c\n") == ["5. a", "6. b", "more", "text", "7. c"]
    assert _seen("0. a\n0. b\n") == ["0. a", "1. b"]
    assert _seen("1. a\n   1. x\n   1. y\n1. b\n") == ["1. a", "1. x", "2. y", "2. b"]
    assert _seen("- [ ] pack\n- [x] pay\n- [y] no box\n") == ["☐ pack", "☑ pay", "[y] no box"]


def test_notes_definitions_and_short_forms() -> None:
    assert _blocks("Ebb[^1]\n:   Falling water.\n\n[^1]: From June.\n\n    Or July.\n\n*[HW]: high water\n") == [
        (P, 1, "Ebb[1]"),
        (P, 2, "Falling water."),
        (P, 4, "[1] From June."),
        (P, 6, "Or July."),
        (P, 8, "HW: high water"),
    ]


def test_what_a_page_runs_or_hides() -> None:
    assert _seen(
        "```{r}\n#| label: a\nsum(1)\n```\n\nWe have `r nrow(x)` cats.\n\n```{r, echo=FALSE}\nhidden\n```\n"
    ) == [
        "sum(1)",
        "We have […] cats.",
    ]
    assert _seen("{::comment}\nhidden\n{:/comment}\n\nOpen {% comment %} no {% endcomment %}now.\n") == ["Open now."]
    assert _seen("See [](#quay) and [the](/a) [wide]{.big} one.\n") == ["See […] and the wide one."]
    assert _seen("(ebb)=\n# Low tide\n\nSee {ref}`ebb`, [](#ebb).\n") == ["Low tide", "See Low tide, Low tide."]
    assert _seen("<ul>{all.map(x => (<li>{x}</li>))}</ul>\n\n{`a\nb`}\n", mdx=True) == ["[…]", "a\nb"]
    assert _seen("# Quay {#quay}\n\n{{</* tip */>}} {{/* no */}}\n", mdx=True) == ["Quay", "{{< tip >}}"]


def test_tables_of_myst() -> None:
    assert _blocks("```{list-table} Tides\n:header-rows: 1\n\n* - Port\n  - Hour\n* - Ost\n  - 6\n```\n") == [
        (P, 1, "Tides"),
        (T, 4, "Port | Hour"),
        (T, 6, "Ost | 6"),
    ]
    assert _seen('```{csv-table}\n:header: Port, Hour\n"Ost", 6\n```\n') == ["Port | Hour", "Ost | 6"]
    assert _seen("```{csv-table} Tides\n:file: tides.csv\n```\n") == ["Tides", "[not included: tides.csv]"]
    assert _seen("```{versionadded} 2.1\nNight tides.\n```\n") == ["Added in version 2.1: Night tides."]


def test_headings_without_a_space_and_bold_ones() -> None:
    assert _seen("#Rules\nBe kind.\n") == ["Rules", "Be kind."]
    assert _blocks("# Rules\n\n#general is for all\n")[1] == (P, 3, "#general is for all")
    document = _read("# FAQ\n\n**May I bring a dog?**\n\nYes.\n\n**And a cat?**\n\nNo.\n")
    assert [block.section for block in document.blocks if block.kind is P] == [("May I bring a dog?",), ("And a cat?",)]
    assert _blocks("# A\n\n**Never run.**\n\nText.\n\n**Ever.**\n")[1][0] is P


@pytest.mark.parametrize("name", ["a.mdx", "a.mkd", "a.mdown", "a.qmd", "a.Rmd", "README", "LICENSE", "docs/Changelog"])
def test_other_names_of_known_formats(name: str) -> None:
    assert kind_of(name) in READERS


@pytest.mark.parametrize(
    "text",
    [
        "<A b={" * 4000,
        "<A b='" * 4000,
        "{/*\n" * 4000,
        "{{ x " * 4000,
        "{% x " * 4000,
        "%%\n" * 4001,
        ":::{a}\n" * 4000,
        "```{a}\n" * 4000,
        "<A\n" * 4000,
        "<A>\n\t<B\n" * 4000,
        "{a}`" * 4000,
        "export const a = {\n" * 4000,
        "--8<--\n;--8<--\n" * 4001,
        "{ .a " * 4000,
        "{ .a\n" + "...\n" * 4000,
        "==a " * 4000,
    ],
)
def test_what_is_never_closed_costs_little(text: str) -> None:
    started = time.process_time()
    for mdx in (False, True):
        try:
            _read(text, mdx=mdx)
        except (UnreadableError, RecursionError):
            continue
    assert time.process_time() - started < 20  # seconds; what costs the square of the length takes minutes


@pytest.mark.parametrize(
    "hidden",
    [
        "::: hidden\nsecret\n:::\n",
        '::: {.content-hidden when-format="html"}\nsecret\n:::\n',
        '::: {.content-visible when-format="pdf"}\nsecret\n:::\n',
        '::: {.content-visible unless-format="html"}\nsecret\n:::\n',
        "::: notes\nsecret\n\nsecret\n:::\n",
        "```{=latex}\nsecret\n```\n",
        "\\pagebreak\n",
        "Seen <span class='sr-only'>secret</span> <b class=d-none>secret</b> <i aria-hidden=true>secret</i>\n",
        "{{< hidden >}}\nsecret\n{{< /hidden >}}\n",
    ],
)
def test_what_a_site_does_not_show_is_not_read(hidden: str) -> None:
    assert [text for text in _seen(f"Before.\n\n{hidden}\nAfter.\n") if text != "Seen"] == ["Before.", "After."]


def test_what_a_site_alone_shows_is_read_and_labels_of_formulas_go() -> None:
    text = (
        '::: {.content-visible when-format="html"}\nFor the web.\n:::\n\n::: {.content-hidden when-format="pdf"}\n'
        "Not in print.\n:::\n\n```{=html}\n<p>Raw.</p>\n```\n\n$$\na + b\n$$ {#eq-sum}\n\n$$\na\n$$ (sum)\n\nEnd.\n"
    )
    assert _seen(text) == ["For the web.", "Not in print.", "Raw.", "a + b", "a", "End."]


def test_lists_that_pandoc_numbers_have_their_numbers() -> None:
    assert _seen("#. Cast off.\n   Slowly.\n#. Row.\n\n    #. Left.\n    #. Right.\n\n#. Land.\n") == [
        "1. Cast off. Slowly.",
        "2. Row.",
        "1. Left.",
        "2. Right.",
        "3. Land.",
    ]
    written = "(@) The tide turns.\n(@moon) The moon pulls.\n\nAs (@moon) and (@sun) say, `(@moon)`.\n\n"
    assert _seen(f"{written}(@sun) The sun, too.\n") == [
        "1. The tide turns.",
        "2. The moon pulls.",
        "As (2) and (3) say, (@moon).",
        "3. The sun, too.",
    ]
    assert _seen("(@ann) mended the nets.\n") == ["(@ann) mended the nets."]
    assert _seen("Take\n#. no list.\n") == ["Take #. no list."]


def test_numbers_in_code_are_those_of_the_list_below() -> None:
    written = "``` yaml\nnets: 3 # (1)!\nrow(2) /* (2)! (3)! */\nsay('(4)!') + 1\n```\n\n1.  Mended.\n2.  Thrice.\n"
    assert _seen(written) == [
        "nets: 3 # (1)\nrow(2) /* (2) (3) */\nsay('(4)!') + 1",
        "1. Mended.",
        "2. Thrice.",
    ]


def test_an_escaped_include_is_shown() -> None:
    assert _seen("Write \\{{#include a.md}}.\n\n```\n\\{{#include a.md}}\n```\n") == [
        "Write {{#include a.md}}.",
        "{{#include a.md}}",
    ]


def test_an_update_has_its_day() -> None:
    written = '{% updates format="full" %}\n{% update date="2026-05-12" %}\n## Nets\n\nThey hold.\n{% endupdate %}\n'
    assert _seen(written) == ["2026-05-12", "Nets", "They hold."]


def test_a_home_page_shows_what_its_front_matter_says() -> None:
    written = (
        "---\nlayout: home\nhero:\n  name: Nets\n  text: For all boats\n  tagline: Hold fast\n"
        "features:\n  - title: Strong\n    details: Holds a ton.\n  - details: Never rots.\n---\n\nMore.\n"
    )
    assert _blocks(written) == [
        (H, 4, "Nets"),
        (P, 5, "For all boats"),
        (P, 6, "Hold fast"),
        (P, 8, "Strong\nHolds a ton."),
        (P, 10, "Never rots."),
        (P, 13, "More."),
    ]
    assert _seen("---\nhero: boat.png\nfeatures: [a, b]\n---\nMore.\n") == ["More."]


def test_short_names_of_emoji_that_say_something_are_shown() -> None:
    assert _seen("| Net | Holds |\n|---|---|\n| old | :x: |\n| new | :white_check_mark: |\n") == [
        "Net | Holds",
        "old | ❌",
        "new | ✅",
    ]
    assert _seen(":warning: Hot :smile: at 10:x:3 `:x:`\n") == ["⚠ Hot :smile: at 10:x:3 :x:"]
    assert _seen(":warning: Hot\n", mdx=True) == [":warning: Hot"]


def test_what_is_not_for_everybody_is_not_read() -> None:
    assert _seen('A\n\n{% if visitor.claims.plan == "pro" %}\nsecret\n{% endif %}\n\nB\n') == ["A", "B"]
    assert _seen("{% if page.x %}\nshown\n{% endif %}\n") == ["shown"]
    for hidden in (
        '<Visibility for="agents">secret</Visibility>',
        '<Visibility for="agents">\n\nsecret\n\n</Visibility>',
        '<div className="hidden">secret</div>',
    ):
        assert _seen(f"A\n\n{hidden}\n\nB\n", mdx=True) == ["A", "B"]
    assert _seen('<Visibility for="humans">\n\nshown\n\n</Visibility>\n', mdx=True) == ["shown"]
    for hidden in ('<Visibility for="agents">secret</Visibility>', '{% if visitor["claims"].x %}secret{% endif %}'):
        assert _seen(f"A {hidden} B\n", mdx=True) == ["A B"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{% if visitor.x %}\nsecret\n{% else %}\nSeen.\n{% endif %}\n\nB", ["Seen.", "B"]),
        ("{% if visitor.x %}secret{% else %}Seen.{% endif %} B", ["Seen. B"]),
        ("{% if visitor.x %}\n{% if a %}\nsecret\n{% endif %}\nsecret\n{% endif %}\n\nB", ["B"]),
        ("{% if a %}\nA\n{% elsif visitor.x %}\nsecret\n{% endif %}\n\nB", ["A", "B"]),
        ("{% if visitor.x %}\n```\nsecret {% endif %}\n```\n{% endif %}\n\nB", ["B"]),
        ("{% if visitor.x %}\nA\n\nB", ["A", "B"]),
        ('<Visibility for="agents">\n\nA\n\nB', ["A", "B"]),
        ("```\n{% if visitor.x %}A{% endif %}\n```", ["{% if visitor.x %}A{% endif %}"]),
        ("`{% if visitor.x %}` A `{% endif %}` B", ["{% if visitor.x %} A {% endif %} B"]),
    ],
)
def test_a_part_for_some_visitors_goes_up_to_its_end(written: str, shown: list[str]) -> None:
    assert _seen(f"{written}\n") == shown


def test_lines_of_code_that_mdbook_hides_are_not_read() -> None:
    assert _seen("```python,hidelines=~\n~secret\n  ~secret\nx = ~1\n```\n") == ["x = ~1"]


def test_code_in_groups_keeps_its_labels() -> None:
    assert _seen("::: code-group\n```ts:line-numbers {1} [nets.ts]\nmend()\n```\n:::\n") == ["nets.ts", "mend()"]
    assert _seen("::: code-group\n```ts [nets.ts] twoslash {1}\nmend()\n```\n:::\n") == ["nets.ts", "mend()"]
    group = '<CodeGroup>\n\n```bash npm\nnpm i\n```\n\n```bash Yarn icon="yarn" lines\nyarn\n```\n\n</CodeGroup>\n'
    assert _seen(f"{group}\n```jsx live\nx\n```\n", mdx=True) == ["npm", "npm i", "Yarn", "yarn", "x"]


def test_labels_without_quotation_marks_and_with_names_are_labels() -> None:
    tabs = "{% tabs woods %}\n{% tab woods Old oak %}\nDry.\n{% endtab %}\n{% endtabs %}\n"
    assert _seen(f"{tabs}\n{{% details Open me %}}\nOiled.\n{{% enddetails %}}\n") == [
        "Old oak",
        "Dry.",
        "Open me",
        "Oiled.",
    ]
    assert _seen("::: tabs#woods\n@tab Oak#oak\nDry.\n@tab C#\nWet.\n:::\n") == ["Oak", "Dry.", "C#", "Wet."]
    assert _seen('{% include film.html id="oak.md" %}\n') == ["[not included: film.html]"]


def test_tabs_of_mdbook_and_trees_of_files_have_their_labels() -> None:
    tabs = '{{#tab name="Oak" }}\n**Dry.**\n{{#endtab }}\n{{#tab name="Yew" }}\nWet.\n{{#endtab }}\n'
    assert _seen(f'{{{{#tabs global="x" }}}}\n{tabs}{{{{#endtabs }}}}\n') == ["Oak", "Dry.", "Yew", "Wet."]
    assert _seen(
        '<Tree>\n  <Tree.Folder name="nets">\n    <Tree.File name="a.md" />\n  </Tree.Folder>\n</Tree>\n', mdx=True
    ) == [
        "nets",
        "a.md",
    ]


def test_code_that_is_added_or_removed_has_the_sign_that_its_page_shows() -> None:
    written = "```ts\nlet a // [!code --]\nlet b // [!code ++]\nlet c // [!code focus]\n```\n"
    assert _seen(written) == ["- let a\n+ let b\nlet c"]


def test_a_component_of_code_shows_it_or_says_that_it_is_not_here() -> None:
    assert _seen('<Code code={`let a`} lang="ts" title="nets.ts" />\n', mdx=True) == ["nets.ts", "let a"]
    assert _seen('<Code code={nets} lang="ts" title="nets.ts" />\n', mdx=True) == ["nets.ts", "[…]"]


def test_what_docsify_writes_is_read_as_it_shows_it() -> None:
    assert _seen("> [!NOTE|style:flat|label:Mind it]\n> Wet.\n") == ["Mind it", "Wet."]
    assert _seen("{docsify-ignore-all}\n\n# Wood {docsify-ignore}\n") == ["Wood"]
    assert _seen("!> **Mind** it\n\n?> Tip\nmore\n\n## Nets :id=old-nets\n") == ["Mind it", "Tip more", "Nets"]
    assert _seen("[x](nets.md ':include')\n\n[x](nets.md ':ignore')\n") == ["[not included: nets.md]", "x"]
    assert _seen("::include{file=nets.md}\n") == ["[not included: nets.md]"]
    assert _seen("Wait!> x\n") == ["Wait!> x"]


def test_what_logseq_keeps_of_a_block_is_not_read() -> None:
    written = (
        "- One\n  id:: 65f0c3e2-0000\n  collapsed:: true\n\t- TODO Two\n\t  :LOGBOOK:\n"
        "\t  CLOCK: [2031-05-01]\n\t  :END:\n"
        "- {{query (task TODO)}}\n- #+BEGIN_QUOTE\n  Three\n  #+END_QUOTE\n- Four\n"
    )
    assert _seen(written) == ["One", "TODO Two", "[…]", "Three", "Four"]


def test_what_is_for_the_speaker_of_slides_is_not_read() -> None:
    slides = "# A\n\nOne.\n\n???\nsecret\n\n---\n\nTwo.\n\n???\nsecret\n--\n\nThree.\n\n---\n\nFour.\n\n???\n\nsecret\n"
    assert _seen(slides) == ["A", "One.", "Two.", "Three.", "Four."]
    assert _seen("class: center\n\n# A\n\n???\nsecret\n")[-1] == "A"


@pytest.mark.parametrize(
    "around",
    ["Nets\n---\n\n{}", "A\n\n---\n\n{}", "{}\n\n---\n", "---\n\n{}\n\n```yaml\n\n---\n\n```\n", "{}\n\nNets\n---\n"],
)
def test_three_question_marks_outside_slides_hide_nothing(around: str) -> None:
    assert "Seen." in _seen(around.format("What is this?\n\n???\n\nSeen."))


def test_boxes_that_notion_exports_hold_markdown() -> None:
    assert _seen("<aside>\n💡 Mind **it**\n\n</aside>\n\nEnd.\n") == ["💡 Mind it", "End."]


def test_keys_in_shortcodes_are_shown() -> None:
    assert _seen('Use {{< kbd "Ctrl" >}} or {{< kbd Alt-C >}}.\n') == ["Use Ctrl or Alt-C."]


@pytest.mark.parametrize(
    "box",
    [
        ('=== "A"\n\n    1. in\n    2. inner\n', False),
        ("!!! note\n    1. in\n    2. inner\n", False),
        (":::note\n1. in\n2. inner\n:::\n", False),
        ("/// tip | A\n1. in\n2. inner\n///\n", False),
        ("```{note}\n1. in\n2. inner\n```\n", False),
        ('{% tabs %}\n{% tab title="A" %}\n1. in\n2. inner\n{% endtab %}\n{% endtabs %}\n', False),
        ('{{< tabs >}}\n{{% tab "A" %}}\n1. in\n2. inner\n{{% /tab %}}\n{{< /tabs >}}\n', False),
        ('<Tabs>\n<TabItem value="A">\n\n1. in\n2. inner\n\n</TabItem>\n</Tabs>\n', True),
    ],
    ids=str,
)
def test_a_list_in_a_box_and_one_below_it_are_two(box: tuple[str, bool]) -> None:
    source, mdx = box
    assert _seen(f"{source}\n1. out\n2. outer\n", mdx=mdx)[-4:] == ["1. in", "2. inner", "1. out", "2. outer"]


def test_a_box_in_a_list_and_a_condition_leave_the_list_one() -> None:
    assert _seen("1. one\n\n    !!! note\n        1. in\n\n1. two\n") == ["1. one", "1. in", "2. two"]
    assert _seen("1. one\n{% if x %}\n1. two\n{% endif %}\n1. three\n") == ["1. one", "2. two", "3. three"]


def test_references_to_code_fragments_and_formulas_in_code_marks() -> None:
    text = "[Ropes][sea.Rope], [`sea.Rope`][], [sea.knot][] and a[b.c][d.e], [x][]."
    assert _seen(f"{text}\n\n::: sea.Rope\n")[0] == "Ropes, sea.Rope, sea.knot and a[b.c][d.e], [x][]."
    assert _seen("Type [Ctrl][Shift.Left] keys") == ["Type [Ctrl][Shift.Left] keys"]
    assert _seen("A <>knot</> of $`x_2`$.", mdx=True) == ["A knot of $x_2$."]
    assert _seen("<>Tar it.\n\n</>1. Coil it.\n") == ["Tar it.", "1. Coil it."]
    assert _seen('{{< tree >}}\n    {{< leaf name="a.md" >}}\n{{< /tree >}}\n') == ["[not included: leaf]"]


def test_boxes_keep_their_words_whatever_they_are_called() -> None:
    assert _seen('???+ note "Ports and \\"names\\""\n    Open.\n') == ['Ports and "names"', "Open."]
    assert _seen("::: raw\n<div>Kept.</div>\n:::\n") == ["Kept."]
    assert _seen("Sail.\n\n::: raw html\n<b>x</b>\n:::\n") == ["Sail.", "x"]
    assert _seen("```{raw} html\n<b>x</b>\n```\n\n:::{raw} latex\nsecret\n:::\n") == ["x"]


def test_parameters_of_gitbook_have_their_names() -> None:
    text = '{% swagger-parameter in="query" name="limit" type="int" %}\nHow many.\n{% endswagger-parameter %}\n'
    assert _seen(text) == ["limit", "How many."]


def test_labels_of_tabs_keep_their_words() -> None:
    tabs = "{% tabs %}\n{% tab Mac OS %}\nDry.\n{% endtab %}\n{% endtabs %}\n"
    assert _seen(tabs) == ["Mac OS", "Dry."]
    assert _seen("== C#10\n\nNew.\n\n@tab Issue#12\n\nOld.\n") == ["C#10", "New.", "Issue#12", "Old."]


@pytest.mark.parametrize(
    "text",
    [
        "Use `{--` to begin.\n\nMiddle.\n\nUse `--}` to end.",
        "- `{>>` begins a comment.\n\n- Middle.\n\n- `<<}` ends it.",
        "    {-- first\n\n    Middle.\n\n    --}",
        "<pre>\n{-- first\n\nMiddle.\n\n--}\n</pre>",
        "\\{--\n\nMiddle.\n\n--}",
        "{--\n\nMiddle.\n\n\\--}",
        "{-- of\n\nMiddle.\n\n```\n--}\n```",
        "{-- of\n\nMiddle.\n\n    --}",
        "{-- of\n\nMiddle.\n\nUse `--}` here.",
        "$$\n{--x\n\nMiddle.\n\n--}\n$$",
    ],
)
def test_marks_of_edits_that_are_shown_take_nothing_out(text: str) -> None:
    assert "Middle." in " ".join(_seen(f"{text}\n\nEnd.\n"))


def test_what_was_put_in_over_paragraphs_stays_without_its_marks() -> None:
    assert _seen("{++ New.\n\nToo. ++}\n\n{--\n\nOld.\n\n--}\n\nEnd.\n") == ["New.", "Too.", "End."]


def test_conditions_of_liquid_in_code_are_shown_and_their_loops_end_by_themselves() -> None:
    never = "{% if false %}Shown.{% endif %}"
    assert _seen(f"Like so:\n\n    {never}\n") == ["Like so:", never]
    assert "Shown." in " ".join(_seen(f"<pre>\n{never}\n</pre>\n"))
    loop = "{% for a in b %}x{% else %}secret{% endfor %}"
    assert _seen(f"{{% if false %}}{loop}{{% endif %}}\n\nEnd.\n") == ["End."]
    assert _seen(f"{{% if false %}}{loop}{{% else %}}Seen.{{% endif %}}\n") == ["Seen."]
