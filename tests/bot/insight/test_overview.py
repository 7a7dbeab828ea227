"""What is asked, asked in vain and disliked, as it is read from the journal."""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from bot import compose, settings
from bot.insight import reading as reading_
from bot.insight import rows, text, wordings
from bot.insight.clustering import clustered
from bot.insight.counting import counted, is_counted
from bot.insight.naming import plain
from bot.insight.overview import Vectorizer, overview, placed
from bot.insight.page import page
from bot.insight.people import count_people, is_asked_by
from bot.insight.places import Places
from bot.insight.reading import JournalUnreadError, opened
from bot.insight.records import Insight, Kind
from bot.insight.totals import totals_of
from bot.privacy.votes import Votes
from index.answer.asked import question_text
from index.encode.encoder import Encoder
from tests.bot.insight.asked import DAY, GROUPS, Asking, key_of, vote, write


def looked_at(
    folder: Path, encoder: Encoder, *, days: int = 30, people: int = 2, places: Places | None = None
) -> Insight:
    now = time.time()
    with opened(folder, now - days * DAY, now) as reading:
        insight = overview(reading, Vectorizer(encoder.fingerprint, encoder.questions), people=people)
        return placed(counted(insight, reading), places)


def in_vain(group: int, people: int, *, days: float = 1.0) -> list[Asking]:
    return [Asking(GROUPS[group][n % len(GROUPS[group])], 10 * group + n, days) for n in range(people)]


def test_questions_that_ask_for_the_same_are_put_together(encoder: Encoder) -> None:
    from sklearn.metrics import adjusted_rand_score  # two seconds, for each process

    asked = [(number, question_text(question)) for number, group in enumerate(GROUPS) for question in group]
    labels, texts = zip(*asked, strict=True)
    clusters = clustered(encoder.questions(texts), texts)
    assert adjusted_rand_score(labels, clusters) >= 0.7


def test_few_questions_are_clusters_too() -> None:
    vector = np.ones((1, 4), np.float32) / 2
    assert clustered(vector[:0], []).tolist() == []
    assert clustered(vector, ["a"]).tolist() == [0]
    assert len(set(clustered(np.repeat(vector, 2, axis=0), ["the", "of"]).tolist())) == 1, "stop words alone"


@pytest.mark.parametrize("with_vectors", [True, False], ids=["encoded when asked", "from before"])
def test_groups_say_how_often_by_how_many_and_how_it_goes(
    tmp_path: Path, encoder: Encoder, *, with_vectors: bool
) -> None:
    asked = [
        *in_vain(0, 5, days=2),
        *in_vain(3, 2, days=25),
        *(Asking(GROUPS[2][0], person, days, answered=True) for person, days in ((1, 3), (2, 12), (3, 20), (3, 28))),
    ]
    write(tmp_path, asked, encoder if with_vectors else None)
    vote(tmp_path, GROUPS[2][0], 1, up=False)
    vote(tmp_path, GROUPS[2][0], 2, up=False)
    insight = looked_at(tmp_path, encoder)
    totals = insight.totals
    assert (totals.asked, totals.answered, totals.refused, totals.liked, totals.disliked) == (11, 4, 7, 0, 2)
    assert sum(day.asked for day in insight.days) == 11
    pool, wifi = insight.groups[Kind.VAIN]
    assert "pool" in pool.name
    assert (pool.open, pool.people, pool.trend, sum(pool.parts)) == (5, 5, "rising", 5)
    assert ("wifi" in wifi.name, wifi.people, wifi.trend) == (True, 2, "falling")
    (cancelled,) = insight.groups[Kind.DISLIKED]
    assert (cancelled.disliked, cancelled.asked, cancelled.people, cancelled.trend) == (2, 4, 3, "steady")
    assert [group.asked for group in insight.groups[Kind.ASKED]] == [5, 4, 2]
    assert insight.unread == 0


def test_what_one_person_asks_is_not_shown_however_often(tmp_path: Path, encoder: Encoder) -> None:
    """Nor what one person wrote and many had answered, nor what fewer asked than the setting says."""
    mine = [Asking(question, 1) for question in GROUPS[1] * 20]
    theirs = [Asking(GROUPS[3][0], person, author=99) for person in range(20, 25)]
    write(tmp_path, [*mine, *theirs, *in_vain(0, 3)], encoder)
    assert [group.people for group in looked_at(tmp_path, encoder).groups[Kind.VAIN]] == [3]
    assert looked_at(tmp_path, encoder, people=4).groups[Kind.VAIN] == ()
    assert looked_at(tmp_path, encoder, people=0).groups[Kind.ASKED][0].people == 3, "never fewer than two"


def test_people_count_once_in_all_wordings_of_a_group_however_many_are_read_at_once(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever had somebody else's words answered asked, and the other wrote."""
    asked = [*in_vain(0, 5), Asking(GROUPS[0][1], 0), Asking(GROUPS[0][2], 7, author=8), Asking(GROUPS[0][3], 7)]
    write(tmp_path, asked, encoder)
    now = time.time()
    for at_once in (500, 2):
        monkeypatch.setattr(reading_, "_AT_ONCE", at_once)
        with opened(tmp_path, now - 30 * DAY, now) as reading:
            keys = [key_of(question) for question in GROUPS[0]]
            assert count_people(reading, keys) == 6, "seven wrote"
            assert [is_asked_by(reading, keys, count) for count in (6, 7)] == [True, False]
            assert count_people(reading, []) == 0


def test_only_groups_that_are_looked_at_are_counted(tmp_path: Path, encoder: Encoder) -> None:
    """Under whatever kind else they are listed, too."""
    write(tmp_path, [asking for group in range(4) for asking in in_vain(group, 5 - group)], encoder)
    everything, now = looked_at(tmp_path, encoder), time.time()
    with opened(tmp_path, now - 30 * DAY, now) as reading:
        found = overview(reading, Vectorizer(encoder.fingerprint, encoder.questions))
        second = {Kind.VAIN: slice(1, 2)}
        assert not is_counted(found, second)
        some = counted(found, reading, second)
    assert is_counted(some, second)
    for kind in (Kind.VAIN, Kind.ASKED):
        assert [group.people for group in some.groups[kind]] == [0, 4, 0, 0]
        assert some.groups[kind][1] == everything.groups[kind][1]


def test_a_person_who_votes_twice_counts_once_and_votes_for_what_is_gone_are_no_matter(
    tmp_path: Path, encoder: Encoder
) -> None:
    write(tmp_path, in_vain(0, 3), encoder)
    votes = Votes(tmp_path / "votes.sqlite")
    for answer in range(100):
        votes.record(answer, 7, up=False, question=key_of(GROUPS[0][0]), quote=None)
        votes.record(1000 + answer, 7, up=False, question=b"unknown!", quote=None)
    votes.close()
    (group,) = looked_at(tmp_path, encoder).groups[Kind.DISLIKED]
    assert group.disliked == 1


def test_a_gap_that_a_build_has_closed_is_open_again_once_it_is_asked_in_vain_again(
    tmp_path: Path, encoder: Encoder
) -> None:
    write(tmp_path, in_vain(0, 4, days=5), encoder)
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as database:
        database.execute("INSERT INTO closed SELECT DISTINCT key, ? FROM questions", (time.time() - 3 * DAY,))
    assert looked_at(tmp_path, encoder).groups[Kind.VAIN] == ()
    write(tmp_path, in_vain(0, 2, days=1), encoder)
    (group,) = looked_at(tmp_path, encoder).groups[Kind.VAIN]
    assert (group.open, group.vain) == (2, 6)


def test_what_was_asked_in_vain_before_the_time_looked_at_does_not_count_in_it(
    tmp_path: Path, encoder: Encoder
) -> None:
    """Nor does it where a build has closed the gap still earlier."""
    write(tmp_path, [*in_vain(0, 4, days=20), *in_vain(0, 3, days=1)], encoder)
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as database:
        database.execute("INSERT INTO closed SELECT DISTINCT key, ? FROM questions", (time.time() - 30 * DAY,))
    (group,) = looked_at(tmp_path, encoder, days=7).groups[Kind.VAIN]
    assert (group.open, group.vain) == (3, 3)


def test_seven_days_of_what_was_said_in_passing_are_seven_of_the_calendar(tmp_path: Path) -> None:
    write(tmp_path, [])
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as database:
        said = [(20_000 - ago, b"server", 10**ago) for ago in range(9)]
        database.executemany("INSERT INTO unasked_counts VALUES (?, ?, ?)", said)
    now = 20_000.5 * DAY
    with opened(tmp_path, now - 7 * DAY, now) as reading:
        assert totals_of(reading, ()).unasked == 1_111_111, "today is one of them"


def test_an_empty_journal_none_and_one_of_an_earlier_version_are_read(tmp_path: Path, encoder: Encoder) -> None:
    assert "Nothing was asked" in text.as_text(looked_at(tmp_path, encoder))
    write(tmp_path, [], encoder)
    assert looked_at(tmp_path, encoder).totals.asked == 0
    write(tmp_path, in_vain(0, 3))
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as database:
        for table in ("vectors", "closed", "tried", "unasked", "unasked_counts", "waiting", "shown", "marks"):
            database.execute(f"DROP TABLE {table}")
        for index in ("questions_by_key", "questions_by_time"):
            database.execute(f"DROP INDEX {index}")
    assert looked_at(tmp_path, encoder).groups[Kind.VAIN][0].open == 3


def test_what_a_clock_that_jumped_wrote_is_left_out(tmp_path: Path, encoder: Encoder) -> None:
    write(tmp_path, [*in_vain(0, 3), *in_vain(1, 3, days=-400), *in_vain(2, 3, days=99_999)], encoder)
    insight = looked_at(tmp_path, encoder)
    assert insight.totals.asked == 3
    assert page(insight)


@pytest.mark.parametrize("name", ["journal", "votes"])
def test_a_file_that_is_no_database_is_named_in_a_sentence(tmp_path: Path, encoder: Encoder, name: str) -> None:
    write(tmp_path, in_vain(0, 3))
    (tmp_path / f"{name}.sqlite").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(JournalUnreadError, match=rf"/{name}\.sqlite cannot be read \(file is not a database"):
        looked_at(tmp_path, encoder)


def test_the_journal_is_only_read(tmp_path: Path, encoder: Encoder) -> None:
    write(tmp_path, in_vain(0, 3), encoder)
    before = (tmp_path / "journal.sqlite").read_bytes()
    with opened(tmp_path, 0, time.time()) as reading, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reading.database.execute("DELETE FROM questions")
    assert (tmp_path / "journal.sqlite").read_bytes() == before


def test_the_nearest_section_is_the_place_to_write_it(tmp_path: Path, documents: Path, encoder: Encoder) -> None:
    loaded = settings.load(documents=documents, data=tmp_path / "data")
    compose.builder(loaded, encoder).build(documents, lambda *_: None)
    asked = ["May my parrot come in?", "are pets such as parrots allowed inside?", "can I bring a parrot as a pet"]
    write(tmp_path, [Asking(question, person) for person, question in enumerate(asked)], encoder)
    with closing(compose.shelf(loaded).open()) as generation:
        (group,) = looked_at(tmp_path, encoder, places=Places(generation)).groups[Kind.VAIN]
        assert str(group.nearest) == "House rules › Pets"
        (unseen,) = looked_at(tmp_path, encoder, places=Places(generation, {"bakery.txt"})).groups[Kind.VAIN]
        assert unseen.nearest is not None
        assert unseen.nearest.source == "bakery.txt"


@pytest.mark.parametrize(
    "private",
    [
        "HTTPS://example.org/ada",
        "www.example.org/ada?token=1",
        "discord.gg/ada",
        "steam://ada",
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "+49/170/1234567",
    ],
)
def test_links_and_numbers_are_cut_however_they_are_written(private: str) -> None:
    cut = plain(f"Is {private} the right one?")
    assert "…" in cut
    assert not any(part in cut for part in ("ada", "3704", "1234567", "example"))
    assert plain("May I bring 2 dogs and/or cats at 10:30, v1.2.3, to room 12b?").count("…") == 0


def test_what_leads_to_a_person_is_not_shown() -> None:
    question = plain("mail me at ada@example.org or +49 170 1234567, see https://example.org/me <@123>")
    assert not any(part in question for part in ("ada@", "1234567", "https", "123"))


class _Checked(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag not in {"meta", "line", "rect", "polyline", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"line", "rect", "polyline"}:
            assert self.open.pop() == tag


def test_text_page_and_table_hold_the_groups_and_nothing_that_runs(tmp_path: Path, encoder: Encoder) -> None:
    bad = '\ufeff＝HYPERLINK("x") <script>alert(1)</script> pool \x1b[31m\x9b31m'  # noqa: RUF001 -- a wide sign
    write(tmp_path, [*in_vain(0, 4), *(Asking(bad, person) for person in range(50, 56))], encoder)
    insight = looked_at(tmp_path, encoder)
    html = page(insight)
    checked = _Checked()
    checked.feed(html)
    assert checked.open == []
    assert checked.addresses == []
    assert "<script" not in html
    assert "asked in vain" in html.lower()
    table = list(csv.DictReader(io.StringIO(written := rows.as_csv(insight))))
    assert {row["list"] for row in table} == {"asked", "vain"}
    assert any(row["example"].startswith("'\ufeff＝HYPERLINK") for row in table)  # noqa: RUF001 -- likewise
    assert all(sign.isprintable() or sign in "\r\n\ufeff" for sign in written)
    assert rows.as_json(insight)["groups"]["vain"][0]["people"] >= 4
    listed = text.gaps_as_markdown(insight)
    assert listed.count("- [ ]") == len(insight.groups[Kind.VAIN])
    assert "\\<script" in listed


def test_rarer_wordings_are_put_to_the_groups_that_they_come_near(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that have a vector, and no more of them than are asked for."""
    often = [Asking(GROUPS[group][0], person) for group in (0, 1) for person in range(4)]
    rare = [Asking(question, 50 + n) for n, question in enumerate((*GROUPS[0][1:3], *GROUPS[5]))]
    write(tmp_path, [*often, *rare], encoder)
    monkeypatch.setattr(wordings, "MOST_WORDINGS", 2)
    now = time.time()
    with opened(tmp_path, now - 30 * DAY, now) as reading:
        vectorizer = Vectorizer(encoder.fingerprint, encoder.questions)
        none, everything = (counted(overview(reading, vectorizer, rarer=rarer), reading) for rarer in (0, None))
    assert (none.groups[Kind.VAIN][0].open, none.unread) == (4, len(rare))
    pool = everything.groups[Kind.VAIN][0]
    assert (pool.open, pool.people, pool.example) == (6, 6, "When is the pool open?")
    assert everything.unread == len(GROUPS[5]), "near to none"


def test_groups_are_named_without_the_stop_words_of_their_language(tmp_path: Path, encoder: Encoder) -> None:
    asked = ["Wann ist das Schwimmbad in der Woche geöffnet?", "wann ist denn das Schwimmbad geöffnet in den Ferien"]
    write(tmp_path, [Asking(question, person) for person, question in enumerate(asked)], encoder)
    now = time.time()
    with opened(tmp_path, now - 30 * DAY, now) as reading:
        vectorizer = Vectorizer(encoder.fingerprint, encoder.questions, languages=("en", "de"))
        (group,) = overview(reading, vectorizer).groups[Kind.VAIN]
    named = set(group.name.split())
    assert named >= {"schwimmbad", "geöffnet"}
    assert not named & {"wann", "ist", "das", "in", "der", "den", "denn"}


def test_the_page_and_the_text_say_what_was_shown_for_a_gap(tmp_path: Path, documents: Path, encoder: Encoder) -> None:
    loaded = settings.load(documents=documents, data=tmp_path / "data")
    compose.builder(loaded, encoder).build(documents, lambda *_: None)
    asked = [Asking(GROUPS[0][n], n, quotes=(("bakery.txt", 0, 10),)) for n in range(3)]
    write(tmp_path, asked, encoder)
    with closing(compose.shelf(loaded).open()) as generation:
        insight = looked_at(tmp_path, encoder, places=Places(generation))
    assert "shown: " in text.as_text(insight)
    assert "Shown most: " in page(insight)
