"""Word documents as their readers see them, each made here from its own XML."""

from __future__ import annotations

import io
import zipfile

import pytest
from hostile_files import docx, packed

from index.errors import UnreadableError
from index.read.kinds import READERS
from index.read.office.word import read_word
from index.records import BlockKind

H, P, L, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f'xmlns:w="{_MAIN}"'
_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2)
)


def _parts(**parts: str) -> list[tuple[str, str | bytes]]:
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in (*parts, "styles")
    )
    parts = {"styles": "", **parts}
    parts["styles"] = _HEADINGS + parts["styles"]
    files = [(f"word/{name}.xml", f"<w:{name} {_W}>{content}</w:{name}>") for name, content in parts.items()]
    return [
        ("word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'),
        *files,
    ]


def _read(body: str, **parts: str) -> list[tuple[BlockKind, str]]:
    draft = read_word(docx(body, more=_parts(**parts)))
    document = draft.finished("a", draft.title or "A", "0" * 64)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def _r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _p(content: str, properties: str = "") -> str:
    content = content if content.startswith("<") or not content else _r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def _in_list(text: str, number: int, level: int = 0, more: str = "") -> str:
    return _p(text, f'{more}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _level(at: int, text: str, numerals: str = "decimal", more: str = "") -> str:
    start = "" if "w:start " in more else '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{at}">{start}<w:numFmt w:val="{numerals}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def _numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def _style(identity: str, content: str, kind: str = "paragraph", name: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name or identity}"/>{content}</w:style>'


_VANISH = "<w:rPr><w:vanish/></w:rPr>"


@pytest.mark.parametrize(
    ("paragraph", "styles"),
    [
        (_p(_r("secret", "<w:vanish/>")), ""),
        (_p(_r("secret", "<w:specVanish/>")), ""),
        (_p(_r("secret", '<w:rStyle w:val="S"/>')), _style("S", _VANISH, "character")),
        (_p("secret", '<w:pStyle w:val="S"/>'), _style("S", _VANISH)),
        (_p("secret", '<w:pStyle w:val="T"/>'), _style("T", '<w:basedOn w:val="S"/>') + _style("S", _VANISH)),
        (_p("<w:del><w:r><w:delText>secret</w:delText><w:t>secret</w:t></w:r></w:del>"), ""),
        (_p(f"<w:moveFrom>{_r('secret')}</w:moveFrom>"), ""),
        (f"<w:moveFrom>{_p('secret')}</w:moveFrom>", ""),
        (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{_p('secret')}</w:tc></w:tr></w:tbl>", ""),
        (f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{_p('secret')}</w:tc></w:tr></w:tbl>", ""),
        (_p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> XE "secret" </w:instrText>')
         .replace("</w:p>", '<w:fldChar w:fldCharType="end"/></w:r></w:p>'), ""),
        (_p('<w:fldSimple w:instr=" SET Price &quot;secret&quot; "><w:r><w:t>secret</w:t></w:r></w:fldSimple>'), ""),
        (_p('<w:fldSimple w:instr=" ASK Name &quot;Who?&quot; "><w:r><w:t>secret</w:t></w:r></w:fldSimple>'), ""),
    ],
)  # fmt: skip
def test_what_is_hidden_is_not_read(paragraph: str, styles: str) -> None:
    assert _read(_p("before") + paragraph + _p("after"), styles=styles) == [(P, "before"), (P, "after")]


def test_hidden_defaults_hide_all_but_what_is_shown_on_purpose() -> None:
    defaults = f"<w:docDefaults><w:rPrDefault>{_VANISH}</w:rPrDefault></w:docDefaults>"
    body = _p("secret") + _p(_r("open", '<w:vanish w:val="0"/>'))
    assert _read(body, styles=defaults) == [(P, "open")]


def test_hiding_twice_by_styles_shows() -> None:
    styles = _style("S", _VANISH) + _style("C", _VANISH, "character")
    body = _p(_r("open", '<w:rStyle w:val="C"/>'), '<w:pStyle w:val="S"/>')
    assert _read(body, styles=styles) == [(P, "open")]


def test_a_hidden_shape_is_not_read_nor_its_older_form() -> None:
    box = f"<w:txbxContent>{_p('secret')}</w:txbxContent>"
    shape = (
        f'<w:r {_MC} {_WP}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:docPr hidden="1"/>{box}'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert _read(_p(f"{_r('shown')}{shape}")) == [(P, "shown")]
    assert _read(_p(f"{_r('shown')}{shape.replace('hidden=', 'id=')}")) == [(P, "shown"), (P, "secret")]


def test_a_deleted_end_joins_two_paragraphs() -> None:
    body = _p("one ", "<w:rPr><w:del/></w:rPr>") + _p(f"<w:ins>{_r('two')}</w:ins>")
    assert _read(body) == [(P, "one two")]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    assert _read(_p("T", '<w:framePr w:dropCap="drop" w:lines="3"/>') + _p("he hall opens.")) == [
        (P, "The hall opens.")
    ]


def test_a_list_goes_on_after_other_text() -> None:
    body = _in_list("a", 1) + _in_list("b", 1) + _p("between") + _in_list("c", 1)
    numbering = _numbering(_level(0, "%1."))
    assert [text for _, text in _read(body, numbering=numbering)] == ["1. a", "2. b", "between", "3. c"]


def test_lists_of_one_kind_count_on_but_where_they_are_told_to_begin_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = _in_list("a", 1) + _in_list("b", 2) + _in_list("c", 3) + _in_list("d", 3)
    texts = [text for _, text in _read(body, numbering=_numbering(_level(0, "%1)"), nums=nums))]
    assert texts == ["1) a", "2) b", "7) c", "8) d"]


def test_a_list_goes_on_after_one_below_it_that_begins_anew() -> None:
    """Pandoc writes each list as one of its own that begins anew at every level."""
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in range(2)
    )
    nums = "".join(f'<w:num w:numId="{num}"><w:abstractNumId w:val="0"/>{anew}</w:num>' for num in (1, 2, 3))
    body = _in_list("a", 1) + _in_list("x", 2, 1) + _in_list("b", 1) + _in_list("y", 3, 1) + _in_list("c", 1)
    numbering = _numbering(_level(0, "%1.") + _level(1, "%2)"), nums=nums)
    assert [text for _, text in _read(body, numbering=numbering)] == ["1. a", "1) x", "2. b", "1) y", "3. c"]


def test_levels_are_numbered_below_each_other() -> None:
    levels = [
        _level(0, "Art. %1", "upperRoman"),
        _level(1, "%1.%2", "decimal", "<w:isLgl/>"),
        _level(2, "(%3)", "lowerLetter"),
    ]
    body = "".join(_in_list("x", 1, level) for level in (0, 1, 2, 2, 1, 0, 1, 2))
    labels = [text.removesuffix(" x") for _, text in _read(body, numbering=_numbering(*levels))]
    assert labels == ["Art. I", "1.1", "(a)", "(b)", "1.2", "Art. II", "2.1", "(a)"]


def test_a_level_may_count_on_through_the_ones_above() -> None:
    levels = [_level(0, "§ %1"), _level(1, "%2.", more='<w:lvlRestart w:val="0"/>')]
    body = "".join(_in_list("x", 1, level) for level in (0, 1, 1, 0, 1))
    labels = [text.removesuffix(" x") for _, text in _read(body, numbering=_numbering(*levels))]
    assert labels == ["§ 1", "1.", "2.", "§ 2", "3."]


@pytest.mark.parametrize(
    ("numerals", "start", "label"),
    [
        ("decimalZero", 4, "04"), ("upperLetter", 28, "BB"), ("lowerRoman", 14, "xiv"), ("ordinal", 22, "22nd"),
        ("decimalEnclosedCircle", 3, "③"), ("chineseCounting", 21, "二十一"), ("bullet", 1, ""), ("none", 1, ""),
        ("thaiNumbers", 5, "5"), ("cardinalText", 21, "Twenty-one"), ("ordinalText", 12, "Twelfth"),
        ("ordinalText", 40, "Fortieth"), ("ordinalText", 23, "Twenty-third"), ("ordinalText", 100, "100"),
    ],
)  # fmt: skip
def test_numerals(numerals: str, start: int, label: str) -> None:
    level = _level(0, "%1", numerals, f'<w:start w:val="{start}"/><w:rPr><w:lang w:val="en-GB"/></w:rPr>')
    assert _read(_in_list("x", 1), numbering=_numbering(level)) == [(L, f"{label} x".strip())]


@pytest.mark.parametrize("language", ["", '<w:lang w:val="de-DE"/>', '<w:lang w:val="en-US"/><w:lang w:val="fr-FR"/>'])
@pytest.mark.parametrize("numerals", ["cardinalText", "ordinalText"])
def test_number_words_are_figures_where_a_document_is_not_in_english(language: str, numerals: str) -> None:
    numbering = _numbering(_level(0, "Teil %1", numerals))
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{language}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert _read(_in_list("x", 1), numbering=numbering, styles=styles) == [(L, "Teil 1 x")]


def test_headings_keep_their_numbers_and_styles_may_number() -> None:
    levels = [_level(0, "§ %1", more='<w:pStyle w:val="H1"/>'), _level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')]
    styles = _style("H1x", '<w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    styles += _style("H2x", '<w:basedOn w:val="H2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    body = "".join(
        _p(text, f'<w:pStyle w:val="{style}"/>') for text, style in (("A", "H1x"), ("B", "H2x"), ("C", "H1x"))
    )
    body += _p("D", '<w:pStyle w:val="H1x"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    read = _read(body, numbering=_numbering(*levels), styles=styles)
    assert read == [(H, "§ 1 A"), (H, "1.1 B"), (H, "§ 2 C"), (H, "D")]


def test_hidden_paragraphs_do_not_count() -> None:
    body = _in_list("a", 1) + _in_list(_r("b", "<w:vanish/>"), 1, more="<w:rPr><w:vanish/></w:rPr>") + _in_list("c", 1)
    assert [text for _, text in _read(body, numbering=_numbering(_level(0, "%1.")))] == ["1. a", "2. c"]


def _field(instruction: str, result: str | None) -> str:
    parts = ['<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{instruction}</w:instrText>"]
    parts += ['<w:fldChar w:fldCharType="separate"/>', f"<w:t>{result}</w:t>"] if result is not None else []
    return "".join(f"<w:r>{part}</w:r>" for part in (*parts, '<w:fldChar w:fldCharType="end"/>'))


def _form(data: str) -> str:
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>'
    return f'<w:r>{begin}<w:instrText> FORM </w:instrText><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (f'<w:fldSimple w:instr=" DATE ">{_r("4 May")}</w:fldSimple>', "4 May"),
        ('<w:fldSimple w:instr=" DATE "/>', "[field]"),
        (_field(" REF x ", "Part 2"), "Part 2"),
        (_field(" DATE ", None), "[field]"),
        (_field(" DATE ", ""), "[field]"),
        (_field(' XE "hidden" ', None), ""),
        (_field(f" IF {{</w:instrText></w:r>{_field(' REF x ', 'inner')}<w:r><w:instrText>}} ", "outer"), "outer"),
        (_field(" MACROBUTTON Go press here ", None), "press here"),
        (_form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'), "☒"),
        (_form('<w:checkBox><w:default w:val="0"/></w:checkBox>'), "☐"),
        (_form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList>'), "b"),
        (_field(" EQ \\f(1;2) ", None), "[formula]"),
    ],
)
def test_fields_show_their_results(field: str, shown: str) -> None:
    assert _read(_p(f"{_r('On ')}{field}{_r(' it was.')}")) == [(P, " ".join(f"On {shown} it was.".split()))]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("<m:r><m:t>base+2</m:t></m:r>", "base+2"),
        ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "(a+b)/2"),
        ("<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "x^2"),
        ("<m:rad><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>", "√(x)"),
        ("<m:d><m:e><m:r><m:t>n</m:t></m:r></m:e></m:d>", "(n)"),
        ("", "[formula]"),
    ],
)
def test_formulas_stay_in_their_sentences(formula: str, shown: str) -> None:
    body = _p(f"{_r('It is ')}<m:oMath {_M}>{formula}</m:oMath>{_r(' at most.')}")
    assert _read(body) == [(P, f"It is {shown} at most.")]


def test_symbols_raised_digits_and_content_controls_are_read() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{_r('chosen')}</w:sdtContent></w:sdt>"
    raised = _r("10") + _r("5", '<w:vertAlign w:val="superscript"/>')
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:tab/><w:sym w:font="Unheard" w:char="F061"/></w:r>'
    assert _read(_p(f"{raised}{_r(' ')}{symbol}{_r(' ')}{control}")) == [
        (P, "10⁵ \N{GREEK SMALL LETTER ALPHA} [symbol] chosen")
    ]


@pytest.mark.parametrize(("name", "mark"), [("chart:chart", "[chart]"), ("diagram:relIds", "[diagram]")])
def test_what_is_drawn_is_named(name: str, mark: str) -> None:
    space, _, element = name.partition(":")
    drawn = f'<x:{element} xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/{space}"/>'
    assert _read(_p(f"<w:r><w:drawing>{drawn}</w:drawing></w:r>")) == [(P, mark)]


@pytest.mark.parametrize(("name", "mark"), [("chart:chart", "[chart]"), ("diagram:relIds", "[diagram]")])
def test_what_is_drawn_in_a_text_box_is_named_once(name: str, mark: str) -> None:
    space, _, element = name.partition(":")
    drawn = f'<x:{element} xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/{space}"/>'
    box = f"<w:txbxContent>{_p(f'<w:r><w:drawing>{drawn}</w:drawing></w:r>')}</w:txbxContent>"
    assert _read(_p(f"<w:r><w:drawing>{box}</w:drawing></w:r>")) == [(P, mark)]


def test_a_text_box_in_a_text_box_is_read_once() -> None:
    inside = f"<w:r><w:drawing><w:txbxContent>{_p(_r('inner'))}</w:txbxContent></w:drawing></w:r>"
    box = f"<w:r><w:drawing><w:txbxContent>{_p(_r('outer') + inside)}</w:txbxContent></w:drawing></w:r>"
    assert _read(_p(_r("before") + box) + _p(_r("after"))) == [
        (P, text) for text in ("before", "outer", "inner", "after")
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        '<w:drawing><p:docPr xmlns:p="{0}" hidden="1"/>{1}</w:drawing>',
        '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="visibility: hidden">{1}</v:shape></w:pict>',
    ],
)
def test_what_is_hidden_in_a_text_box_does_not_hide_the_box(hidden: str) -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    box = "<w:txbxContent>{}</w:txbxContent>"
    secret = hidden.format(space, box.format(_p(_r("secret"))))
    drawn = f"<w:drawing>{box.format(_p(_r('seen') + f'<w:r>{secret}</w:r>'))}</w:drawing>"
    assert _read(_p(f"<w:r>{drawn}</w:r>")) == [(P, "seen")]


def test_a_chart_is_named_by_its_title() -> None:
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    drawn = f'<c:chart xmlns:c="{chart}" xmlns:r="{_OFFICE}" r:id="chart"/>'
    text = '<a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</a:t>'
    part = f'<c:chart xmlns:c="{chart}"><c:title>{text.format("Guests ")}{text.format("by day")}</c:title></c:chart>'
    files = _parts(chart="")
    files = [(name, f'<c:chartSpace xmlns:c="{chart}">{part}</c:chartSpace>' if "/chart" in name else content)
             for name, content in files]  # fmt: skip
    draft = read_word(docx(_p(f"<w:r><w:drawing>{drawn}</w:drawing></w:r>"), more=files))
    assert draft.finished("a", "A", "0" * 64).text == "[chart: Guests by day]"


def test_letters_of_a_font_of_symbols_are_what_they_look_like() -> None:
    body = _p(_r("\uf061 and \uf0b1", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'))
    assert _read(body) == [(P, "\N{GREEK SMALL LETTER ALPHA} and ±")]


def test_notes_stand_below_what_refers_to_them() -> None:
    note = f'<w:footnote w:id="0" w:type="separator">{_p("---")}</w:footnote>'
    note += f'<w:footnote w:id="5">{_p("Since May.")}</w:footnote>'
    body = _p(f'{_r("Closed")}<w:r><w:footnoteReference w:id="5"/></w:r>') + _p("Next")
    assert _read(body, footnotes=note) == [(P, "Closed[1]"), (P, "[1] Since May."), (P, "Next")]


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_p(text)}</w:tc>"


def test_merged_cells_keep_their_value_in_all_rows_and_columns() -> None:
    rows = [
        _cell("Day", '<w:vMerge w:val="restart"/>') + _cell("Hall", '<w:gridSpan w:val="2"/>'),
        _cell("", "<w:vMerge/>") + _cell("Red") + _cell("Blue"),
        _cell("All year", '<w:gridSpan w:val="3"/>'),
    ]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert _read(table) == [(T, "Day | Hall | Hall"), (T, "Day | Red | Blue"), (T, "All year")]


def test_headings_in_a_table_head_its_columns_or_make_it_a_frame() -> None:
    heading = '<w:pStyle w:val="H2"/>'
    columns = "".join(f"<w:tc>{_p(text, heading)}</w:tc>" for text in ("Day", "Hall"))
    rows = f"<w:tr>{columns}</w:tr><w:tr>{_cell('Monday')}{_cell('Red')}</w:tr>"
    assert _read(f"<w:tbl>{rows}</w:tbl>") == [(T, "Day | Hall"), (T, "Monday | Red")]
    frame = f"<w:tr><w:tc>{_p('Fees', heading)}{_p('None.')}</w:tc>{_cell('More')}</w:tr>"
    assert _read(f"<w:tbl>{frame}</w:tbl>") == [(H, "Fees"), (P, "None."), (P, "More")]


def test_code_is_known_by_its_font_and_headings_by_what_their_style_is_based_on() -> None:
    mono = '<w:rFonts w:ascii="Consolas"/>'
    body = _p("Setup", '<w:pStyle w:val="Own"/>') + _p(_r("a:", mono)) + _p(_r("  b: 1", mono))
    body += _p(_r("Visitors", "<w:b/>")) + _p("They sign.")
    styles = _style("Own", '<w:basedOn w:val="H1"/>')
    assert _read(body, styles=styles) == [(H, "Setup"), (C, "a:\n  b: 1"), (H, "Visitors"), (P, "They sign.")]


def test_a_table_of_contents_is_left_out() -> None:
    styles = _style("Toc", "", name="toc 1")
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        _p("Rules 3", '<w:pStyle w:val="Toc"/>')
        + f"<w:sdt>{gallery}<w:sdtContent>{_p('Contents')}</w:sdtContent></w:sdt>"
    )
    assert _read(body + _p("Text"), styles=styles) == [(P, "Text")]


def test_a_damaged_part_is_named_and_not_read_by_halves() -> None:
    with pytest.raises(UnreadableError, match="is damaged"):
        read_word(docx(_p("one") + "<w:p><w:r>"))
    with pytest.raises(UnreadableError, match="is damaged"):
        _read(_p("one"), styles="<w:style>")


def test_the_strict_form_is_read_as_the_usual_one() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(_p("text")))) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    other = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    draft = read_word(packed([(name, content.replace(_MAIN.encode(), other)) for name, content in parts]))
    assert draft.finished("a", "A", "0" * 64).text == "text"


def _container(*streams: str) -> bytes:
    """Return an old container with these streams in its directory."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + entries


@pytest.mark.parametrize("kind", [".docx", ".docm", ".xlsx", ".pptx", ".ppsx", ".doc"])
def test_a_locked_file_is_said_to_be_locked(kind: str) -> None:
    with pytest.raises(UnreadableError, match=r"^is locked with a password"):
        READERS[kind](_container("EncryptionInfo", "EncryptedPackage"))


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("WordDocument", "old Word document"),
        ("Workbook", "old Excel workbook"),
        ("PowerPoint Document", "save it as .pptx"),
        ("Other", "an old Office format"),
    ],
)
@pytest.mark.parametrize("kind", [".docx", ".xlsx", ".doc", ".xls", ".ppt"])
def test_an_old_format_is_named_under_every_name(kind: str, stream: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        READERS[kind](_container(stream))


@pytest.mark.parametrize("kind", [".docm", ".dotx", ".doc"])
def test_other_names_of_the_format_are_read(kind: str) -> None:
    assert READERS[kind](docx(_p("text"))).finished("a", "A", "0" * 64).text == "text"


def test_a_diagram_is_read_as_the_list_of_its_texts() -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    drawn = f'<d:relIds xmlns:d="{space}" xmlns:r="{_OFFICE}" r:dm="data"/>'
    text = (
        '<d:t><a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:r><a:t>{}</a:t></a:r></a:p></d:t>'
    )
    points = (
        '<d:pt modelId="0" type="doc"/>'
        + "".join(
            f'<d:pt modelId="{at}">{text.format(said)}</d:pt>'
            for at, said in ((1, "Ask"), (2, "Wait"), (3, "Fill it in"))
        )
        + f'<d:pt modelId="4" type="pres">{text.format("Ask")}</d:pt>'
    )
    connected = "".join(
        f'<d:cxn modelId="{9 + at}" srcId="{above}" destId="{below}" srcOrd="{at}"/>'
        for at, (above, below) in enumerate(((0, 1), (0, 2), (1, 3)))
    )
    data = f'<d:dataModel xmlns:d="{space}"><d:ptLst>{points}</d:ptLst><d:cxnLst>{connected}</d:cxnLst></d:dataModel>'
    files = [(name, data if name == "word/data.xml" else content) for name, content in _parts(data="")]
    draft = read_word(docx(_p("Before.") + _p(f"<w:r><w:drawing>{drawn}</w:drawing></w:r>") + _p("After."), more=files))
    document = draft.finished("a", "A", "0" * 64)
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        (P, "Before."),
        (L, "Ask"),
        (L, "Fill it in"),
        (L, "Wait"),
        (P, "After."),
    ]


@pytest.mark.parametrize(
    ("condition", "look", "shown"),
    [
        ("firstRow", 'w:firstRow="1"', ["c | d", "e | f"]),
        ("firstRow", 'w:val="0020"', ["c | d", "e | f"]),
        ("firstRow", 'w:firstRow="0"', ["a | b", "c | d", "e | f"]),
        ("lastCol", 'w:lastColumn="1" w:noHBand="1"', ["a", "c", "e"]),
        ("band2Horz", 'w:firstRow="1" w:noHBand="0"', ["a | b", "c | d"]),
        ("seCell", 'w:lastRow="1" w:lastColumn="1"', ["a | b", "c | d", "e"]),
        ("wholeTable", "", None),
    ],
)
def test_what_the_style_of_a_table_hides_in_some_cells_is_not_read(
    condition: str, look: str, shown: list[str] | None
) -> None:
    hidden = f'<w:tblStylePr w:type="{condition}"><w:rPr><w:vanish/></w:rPr></w:tblStylePr>'
    style = f'<w:style w:type="table" w:styleId="T"><w:name w:val="T"/>{hidden}</w:style>'
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{_p(_r(text))}</w:tc>' for text in row)}</w:tr>" for row in ("ab", "cd", "ef")
    )
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/><w:tblLook {look}/></w:tblPr>{rows}</w:tbl>'
    read = _read(table + _p("After."), styles=style)
    assert [text.rstrip(" |") for kind, text in read if kind is BlockKind.TABLE] == (shown or [])


def test_letters_that_are_drawn_are_read() -> None:
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="Mind the step"/></v:shape>'
    assert _read(_p(f"<w:r><w:pict>{shape}</w:pict></w:r>")) == [(P, "Mind the step")]


def test_code_keeps_its_empty_lines() -> None:
    style = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="Source Code"/></w:style>'
    code = '<w:pStyle w:val="S"/>'
    body = (
        _p("", code) + _p("a:", code) + _p("", code) + _p("b", code) + _p("Text.") + _p("", code) + _p("") + _p("More.")
    )
    assert _read(body, styles=style) == [(C, "a:\n\nb"), (P, "Text."), (P, "More.")]


def test_a_bold_caption_is_no_heading() -> None:
    styles = _style("Cap", "<w:rPr><w:b/></w:rPr>", name="caption")
    caption = _p("Table 1", '<w:pStyle w:val="Cap"/>')
    assert _read(caption + _p("After it."), styles=styles) == [(P, "Table 1"), (P, "After it.")]


_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_GROUP = 'xmlns:g="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'


@pytest.mark.parametrize(
    "group",
    [
        '<w:drawing><g:wgp {0}><g:sp><g:cNvPr hidden="1"/>{1}</g:sp><g:sp><g:cNvPr/>{2}</g:sp></g:wgp></w:drawing>',
        '<w:pict><v:group {0} style="visibility:hidden">{1}</v:group><v:oval {0}>{2}</v:oval></w:pict>',
        '<w:pict><v:shape {0} style="left:0;visibility: hidden">{1}</v:shape><v:shape {0}>{2}</v:shape></w:pict>',
        '<w:pict><v:shape {0} style="visibility:hidden">{1}</v:shape><v:oval {0}>{2}</v:oval></w:pict>',
        '<w:pict><v:rect {0} style="visibility:hidden">{1}</v:rect><v:roundrect {0}>{2}</v:roundrect></w:pict>',
    ],
)
def test_a_hidden_shape_among_others_is_not_read_and_they_are(group: str) -> None:
    boxes = (f"<w:txbxContent>{_p(text)}</w:txbxContent>" for text in ("secret", "seen"))
    drawn = group.format(f"{_VML} {_GROUP}", *boxes)
    assert _read(_p(f"<w:r>{drawn}</w:r>")) == [(P, "seen")]


def _object(program: str) -> str:
    office = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
    return f'<w:r><w:object {office}><o:OLEObject ProgID="{program}"/></w:object></w:r>'


def test_what_other_documents_are_put_in_leaves_a_mark_and_a_picture_leaves_none() -> None:
    body = _p(f"{_r('Fees: ')}{_object('Excel.Sheet.12')}{_object('Paint.Picture')}{_object('PBrush')}")
    assert _read(body + _p('<w:subDoc w:id="1"/>')) == [
        (P, "Fees: [embedded document]"),
        (P, "[embedded document]"),
    ]


def test_numbers_of_two_figures_stay_so_where_others_become_arabic() -> None:
    levels = [_level(0, "Article %1.", "upperRoman"), _level(1, "Section %1.%2", "decimalZero", "<w:isLgl/>")]
    body = "".join(_in_list("x", 1, level) for level in (0, 1, 0, 1, 1))
    labels = [text.removesuffix(" x") for _, text in _read(body, numbering=_numbering(*levels))]
    assert labels == ["Article I.", "Section 1.01", "Article II.", "Section 2.01", "Section 2.02"]


_MARKED = [(P, "[embedded document]")]


def _with_chunk(name: str, content: str | bytes, times: int = 1) -> list[tuple[BlockKind, str]]:
    files = _parts()
    relation = f'<Relationship Id="c" Type="{_OFFICE}/aFChunk" Target="{name}"/></Relationships>'
    files[0] = (files[0][0], str(files[0][1]).replace("</Relationships>", relation))
    body = _p("before") + f'<w:altChunk xmlns:r="{_OFFICE}" r:id="c"/>' * times + _p("after")
    draft = read_word(docx(body, more=[*files, (f"word/{name}", content)]))
    document = draft.finished("a", "A", "0" * 64)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks[1:-1]]


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("a.html", "<h2>Fees</h2><p>Five <b>euros</b>.<p hidden>secret", [(H, "Fees"), (P, "Five euros.")]),
        ("a.htm", "<header>Club</header><nav>Menu</nav><p>Tea.", [(P, "Club"), (P, "Menu"), (P, "Tea.")]),
        ("a.mht", "Content-Type: text/html\n\n<nav>Menu</nav><p>Tea.", [(P, "Menu"), (P, "Tea.")]),
        ("a.rtf", r"{\rtf1 Five {\v secret }euros.\par}", [(P, "Five euros.")]),
        *((name, "Five euros.", _MARKED) for name in ("a.bin", "a.docx", "a.mht", "a.rtf")),
        ("a.html", "", _MARKED), ("a.html", "<script>draw()</script>", _MARKED),
    ],
)  # fmt: skip
def test_files_that_are_put_in_whole_are_read(name: str, content: str, read: list[tuple[BlockKind, str]]) -> None:
    assert _with_chunk(name, content) == read


@pytest.mark.parametrize("name", ["a.rtf", "a.docx"])
def test_a_file_that_is_put_in_and_is_very_large_leaves_a_mark(name: str) -> None:
    text = "Five euros." + " " * 2**24
    assert _with_chunk(name, docx(_p(text)) if name == "a.docx" else rf"{{\rtf1 {text}}}") == _MARKED


def test_each_file_that_is_put_in_is_read_once_and_none_within_it() -> None:
    inner = docx(_p("inner"))
    for _ in range(200):
        relation = f'<Relationship Id="c" Type="{_OFFICE}/aFChunk" Target="a.docx"/>'
        relations = f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'
        chunk = f'<w:altChunk xmlns:r="{_OFFICE}" r:id="c"/>'
        inner = docx(
            _p("outer") + chunk * 2, more=[("word/_rels/document.xml.rels", relations), ("word/a.docx", inner)]
        )
    assert _with_chunk("a.docx", inner, times=3) == [(P, "outer"), *_MARKED * 4]


def _table(*rows: list[str]) -> str:
    cells = ("".join(text if text.startswith("<w:tc>") else _cell(text) for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_table_in_a_cell_is_a_part_of_its_row_and_one_in_a_frame_is_read_for_itself() -> None:
    inner = f"<w:tc>{_table(['Adult', '8'], ['Child', '4'])}{_p('')}</w:tc>"
    rows = [["Area", "Fee"], ["Pool", inner], ["Gym", "10"]]
    assert _read(_table(*rows)) == [(T, "Area | Fee"), (T, "Pool | Adult 8; Child 4"), (T, "Gym | 10")]
    assert _read(_table(["Pool", inner])) == [(P, "Pool"), (T, "Adult | 8"), (T, "Child | 4")]


@pytest.mark.parametrize(("left", "right"), [("Members", "Hours"), ("Swim.|Rest.", "")])
def test_cells_of_several_paragraphs_around_a_table_are_those_of_a_frame(left: str, right: str) -> None:
    said = "".join(_p(text) for text in left.split("|"))
    table = _p(right) + _table(["Mon", "9"], ["Tue", "10"]) + _p("")
    row = [f"<w:tc>{said}</w:tc>", f"<w:tc>{table}</w:tc>"]
    read = _read(_table(["Club", "News"], row, ["Ann", "Page 1"]))
    texts = [(P, text) for text in ("Club", "News", *left.split("|"), right, "Ann", "Page 1") if text]
    assert read == [*texts[:-2], (T, "Mon | 9"), (T, "Tue | 10"), *texts[-2:]]
