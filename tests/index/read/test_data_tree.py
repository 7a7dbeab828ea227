"""JSON and YAML: questions with their answers, sections, rows; settings as code."""

from __future__ import annotations

import json

import pytest

from index.errors import UnreadableError
from tests.index.read.blocks import C, H, L, P, T, blocks, document, texts


def test_a_question_is_the_heading_of_its_answer() -> None:
    faq = [
        {
            "Question": "When does the pool open?",
            "Answer": "At seven.\n\nOn Sundays at nine.",
            "tags": ["water", "time"],
        },
        {"q": ["Who may swim?", "May guests swim?"], "a": "<p>Members and <b>their</b> guests.</p>"},
    ]
    assert [(kind, text) for kind, _, text in blocks("a.json", json.dumps(faq))] == [
        (H, "When does the pool open?"),
        (P, "At seven."),
        (P, "On Sundays at nine."),
        (L, "tags: water, time"),
        (H, "Who may swim?"),
        (P, "May guests swim?"),
        (P, "Members and their guests."),
    ]


def test_maps_are_headed_sections_and_their_short_values_lines() -> None:
    data = {
        "title": "The pool",
        "rules": {"lanes": 6, "shower": {"before": "Every swimmer takes a shower before the first swim."}},
        "phone": "555 0100",
    }
    read = document("a.json", json.dumps(data))
    assert read.title == "The pool"
    assert read.text == (
        "The pool\n\nphone: 555 0100\n\nrules\n\nlanes: 6\n\nshower\n\n"
        "before: Every swimmer takes a shower before the first swim."
    )
    assert read.blocks[-1].section == ("rules", "shower")


def test_a_map_from_questions_to_answers_is_a_list_of_questions() -> None:
    assert texts("a.json", json.dumps({"Is the pool heated?": "Yes, to twenty-six degrees all year."})) == [
        "Is the pool heated?",
        "Yes, to twenty-six degrees all year.",
    ]


def test_short_questions_and_answers_are_read_in_whatever_shape_they_are_kept() -> None:
    linked = {
        "@type": "Question",
        "name": "Is it deep?",
        "acceptedAnswer": {"@type": "Answer", "text": "<p>Two metres."},
    }
    page = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [linked]}
    assert texts("a.json", json.dumps(page)) == ["mainEntity", "Is it deep?", "Two metres."]
    assert texts("a.json", json.dumps({"Open?": "Daily.", "Who?": ["Ann", "Bo"]})) == [
        *("Open?", "Daily.", "Who?", "Ann", "Bo"),
    ]
    assert texts("a.json", json.dumps({"intents": [{"patterns": ["Hi", "Hello"], "responses": ["Welcome."]}]})) == [
        *("intents", "Hi", "Hello", "Welcome."),
    ]
    assert texts("a.json", json.dumps([["Question", "Answer"], ["Towels?", "At the desk"]])) == [
        *("Question | Answer", "Question: Towels? | Answer: At the desk"),
    ]


def test_records_in_the_envelope_of_an_interface_are_an_export_and_settings_are_none() -> None:
    assert texts("a.json", json.dumps({"ok": True, "data": {"items": [{"lane": 1, "kind": "slow"}]}})) == [
        *("ok: true", "data", "items", "lane: 1 | kind: slow"),
    ]
    settings = json.dumps({"options": {"paths": [["a", "b"], ["c", "d"]]}})
    assert blocks("a.json", settings) == [(C, 1, settings)]


def test_records_are_rows_with_the_numbers_as_they_are_written() -> None:
    assert blocks("a.json", '[{"item": "Cap", "price": 2.50, "left": null}, {"item": "Towel", "price": 1e3}]') == [
        (T, 1, "item: Cap | price: 2.50"),
        (T, 2, "item: Towel | price: 1e3"),
    ]


def test_settings_are_code() -> None:
    text = '{\n  "port": 8080,\n  "host": "pool"\n}'
    assert blocks("a.json", text) == [(C, 1, text)]
    assert texts("a.json", json.dumps({"k": {str(number): number for number in range(200)}}))[0].startswith('{\n  "k"')
    yaml = "# where it listens\nport: 8080\n\nhost: pool  # its name\n"
    assert blocks("a.yml", yaml) == [(C, 1, "# where it listens\nport: 8080"), (C, 4, "host: pool  # its name")]


def test_yaml_keeps_its_lines_and_its_numbers() -> None:
    text = (
        "faq:\n  - question: When does it open?\n    answer: |\n      At seven.\n\n      On Sundays at nine.\n"
        "    price: 7.50\n  - {q: Is it heated?, a: 'Yes'}\n"
    )
    assert blocks("a.yaml", text) == [
        (H, 1, "faq"),
        (H, 2, "When does it open?"),
        (P, 4, "At seven."),
        (P, 6, "On Sundays at nine."),
        (L, 7, "price: 7.50"),
        (H, 8, "Is it heated?"),
        (P, 8, "Yes"),
    ]


def test_json_of_one_value_a_line_is_read_and_a_broken_line_is_named() -> None:
    line = json.dumps({"question": "Is it heated?", "answer": "Yes."})
    assert texts("a.jsonl", f"{line}\n\n{line}\n") == ["Is it heated?", "Yes."] * 2
    assert texts("a.json", f"{line}\n{line}\n") == ["Is it heated?", "Yes."] * 2
    with pytest.raises(UnreadableError, match="is not JSON in line 2"):
        texts("a.jsonl", f"{line}\n{{\n")


def test_what_is_no_json_and_no_yaml_is_read_as_it_stands() -> None:
    assert blocks("a.json", "The pool opens at seven.") == [(P, 1, "The pool opens at seven.")]
    assert blocks("a.json", '{"port": 1} // why') == [(C, 1, '{"port": 1} // why')]
    assert blocks("a.yml", "The pool opens at seven.") == [(P, 1, "The pool opens at seven.")]
    assert blocks("a.yml", "a: {{ pool }}: b") == [(C, 1, "a: {{ pool }}: b")]


def test_an_alias_is_read_where_it_stands_and_one_of_itself_has_an_end() -> None:
    text = (
        "- question: Is it &x open?\n  answer: &a Yes, from seven in the morning on.\n- question: Sure?\n  answer: *a\n"
    )
    assert texts("a.yml", text)[-1] == "Yes, from seven in the morning on."
    assert texts("a.yml", "question: a\nanswer: &a [*a, b]\n") == ["a", "b"]


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000 + "x", "{a: " * 100_000])
def test_nesting_is_named_and_ends_no_process(text: str) -> None:
    with pytest.raises(UnreadableError, match="is nested more deeply than can be read"):
        texts("a.yaml", text)
    with pytest.raises(RecursionError):
        texts("a.json", '{"a": [' * 50_000)


def test_a_billion_aliases_are_refused() -> None:
    rows = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 13))
    with pytest.raises(UnreadableError, match="holds more than 1,000,000 values"):
        texts("a.yaml", f"a0: &a0 [pool]\n{rows}\nquestion: x\n")


def test_the_name_of_the_field_that_holds_a_records_text_is_no_heading() -> None:
    text = "The hall opens at nine. " * 10
    records = [{"title": "Hall", "body": text, "rules of the hall": text}, {"title": "Pool", "content": text}]
    read = document("a.json", json.dumps(records))
    sections = {block.section for block in read.blocks if block.kind is P}
    assert sections == {("Hall",), ("Hall", "rules of the hall"), ("Pool",)}


def test_a_short_record_beside_long_ones_is_a_section_of_its_own() -> None:
    records = [{"title": "Nets", "body": "<p>Mend them <b>early</b>.</p>"}, {"title": "Ropes", "body": "Coil them."}]
    read = document("a.json", json.dumps({"articles": records, "about": "All that is known of the work at the quay."}))
    where = {read.text[block.start : block.end]: block.section for block in read.blocks}
    assert where["Mend them early."] == ("articles", "Nets")
    assert where["body: Coil them."] == ("articles", "Ropes")


def test_records_that_are_none_of_questions_and_answers_are_read() -> None:
    record = {"name": "Nets", "prompt": "Mend it", "private": True}
    assert "Mend it" in " ".join(texts("a.json", json.dumps([record, record])))


def test_questions_that_are_kept_back_are_not_read() -> None:
    asked = {"questions": ["Why?", "How?"], "answers": ["secret"], "private": True}
    assert "secret" not in " ".join(texts("a.json", json.dumps([asked, asked, {"name": "Nets"}])))
    fields = ({"hidden": True}, {"is_draft": "yes"}, {"published": False}, {"status": "draft"}, {"isDeleted": True})
    more = ({"trashed": True}, {"status": "trashed"}, {"deletedAt": "2031-05-04"}, {"archived": 1})
    for field in (*fields, *more):
        asked = [{"question": "Open?", "answer": "At nine."}, {"question": "secret?", "answer": "secret", **field}]
        assert texts("a.json", json.dumps(asked)) == ["Open?", "At nine."]
    shown = {"question": "Open?", "answer": "At nine.", "published": True, "hidden": False, "deletedAt": None}
    assert texts("a.json", json.dumps([shown]))[:2] == ["Open?", "At nine."]
    settings = [{"name": "door", "hidden": True, "text": "The back door is for those who carry something heavy."}]
    assert any("back door" in text for text in texts("a.json", json.dumps(settings)))


@pytest.mark.parametrize(
    "field",
    [
        *({"status": word} for word in ("disabled", "inactive", "deleted", "archived")),
        *({"state": "disabled"}, {"enabled": False}, {"archived_at": "never"}),
        *({"deletedAt": word} for word in ("0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "-", "n/a", "0")),
    ],
)
def test_a_question_is_read_whatever_it_is_about(field: dict[str, object]) -> None:
    asked = [{"question": "Is it closed?", "answer": "Ask at the desk.", **field}]
    assert texts("a.json", json.dumps(asked))[:2] == ["Is it closed?", "Ask at the desk."]


@pytest.mark.parametrize(
    "question", ["How do I center a <div>?", "What does <br> do?", "Is <a> or <b> better?", "<b> or <i>?"]
)
def test_tags_that_are_asked_about_are_read(question: str) -> None:
    assert texts("a.json", json.dumps([{"question": question, "answer": "Like so."}])) == [question, "Like so."]


def test_a_question_is_read_without_its_markup() -> None:
    asked = [{"question": "<p>Is it <b>free</b>?</p>", "answer": "<p>It <i>is</i>.</p>"}]
    assert texts("a.json", json.dumps(asked)) == ["Is it free?", "It is."]


def test_a_group_of_questions_is_headed_by_its_name() -> None:
    asked = [{"question": "Who coils ropes?", "answer": "The mate does."}]
    groups = [
        {"category": "Ropes", "items": asked},
        {"category": "Nets", "items": [{"question": "Who?", "answer": "I."}]},
    ]
    read = document("a.json", json.dumps(groups))
    where = {read.text[block.start : block.end]: block.section for block in read.blocks}
    assert where["The mate does."] == ("Ropes", "items", "Who coils ropes?")
    assert where["I."] == ("Nets", "items", "Who?")


@pytest.mark.parametrize(
    ("field", "is_kept"),
    [
        ({"hidden": True}, True),
        ({"is_draft": "yes"}, True),
        ({"published": False}, True),
        ({"visible": False}, False),
        ({"active": "no"}, False),
        ({"status": "Archived"}, False),
        ({"state": "disabled"}, False),
    ],
)
def test_questions_that_are_kept_back_are_known_by_their_question_mark_and_in_maps(
    field: dict[str, object],
    is_kept: bool,  # noqa: FBT001 # a case
) -> None:
    kept = {"q": "secret?", "a": "secret", **field}
    asked = {"faq": {"Nets": [{"q": "Open?", "a": "At nine."}, kept]}, "named": {"one": kept}}
    assert any("secret" in text for text in texts("a.json", json.dumps(asked))) != is_kept
    assert "At nine." in texts("a.json", json.dumps(asked))
    if is_kept:
        with pytest.raises(UnreadableError):
            document("a.yaml", json.dumps(kept))
    prices = [{"q": "1", "a": "At nine the boats go out, and at ten they come back.", **field}]
    assert any("boats" in text for text in texts("a.json", json.dumps(prices)))
