"""A build that loses canaries is kept aside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import compose, settings
from index.evaluation.canaries import FILE_NAME
from tests.bot.conftest import Ended, Quoth

CANARIES = (
    {"question": "When do quiet hours begin?", "source": "rules.md"},
    {"question": "When does the bakery open?", "source": "bakery.txt"},
    {"question": "Who is the mayor of the moon?", "source": "rules.md"},
    {"question": "Where is Kilroy?"},
)


@pytest.fixture
def folders(documents: Path) -> tuple[str, ...]:
    (documents / FILE_NAME).write_text("\n".join(map(json.dumps, CANARIES)))
    return "--documents", str(documents), "--data", str(documents.parent / "data")


def asked(quoth: Quoth, folders: tuple[str, ...]) -> Ended:
    return quoth("ask", *folders, "When does the bakery open?")


def test_a_build_that_loses_one_is_kept_aside_until_it_is_accepted(
    documents: Path, quoth: Quoth, folders: tuple[str, ...]
) -> None:
    first = quoth("index", "build", *folders)
    assert first.status == 0, "there is nothing to lose yet"
    assert "line 4 was not asked" in first.out
    (documents / "bakery.txt").unlink()
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    aside = quoth("index", "build", *folders)
    assert aside.status == 1
    assert "kept aside, because it loses one canary" in aside.out
    assert "lost: When does the bakery open?" in aside.out
    assert "line 4 was not asked: it names no source" in aside.out
    assert "moon" not in aside.out, "which was never answered"
    assert "opens at six" in asked(quoth, folders).out
    loaded = settings.load(documents=documents, data=Path(folders[3]))
    current = compose.shelf(loaded).current()
    report = json.loads(quoth("index", "build", *folders, "--json").out)
    assert (report["generation"], report["swapped"], report["lost"]) == (current, False, ["When does the bakery open?"])
    assert report["aside"] > current
    accepted = quoth("index", "build", *folders, "--accept")
    assert accepted.status == 0
    assert "is in use" in accepted.out
    assert compose.shelf(loaded).current() > current
    assert "opens at six" not in asked(quoth, folders).out
    assert quoth("index", "build", *folders).status == 0, "nothing has changed"


def test_as_many_may_be_lost_as_the_settings_say(
    documents: Path, quoth: Quoth, folders: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    quoth("index", "build", *folders)
    (documents / "bakery.txt").unlink()
    monkeypatch.setenv("QUOTH_CANARIES_LOST", "1")
    built = quoth("index", "build", *folders)
    assert built.status == 0
    assert "lost: When does the bakery open?" in built.out
    assert "is in use" in built.out


def test_what_is_kept_aside_is_not_built_again_by_the_watching_bot_and_is_taken_in_after_a_change(
    documents: Path, quoth: Quoth, folders: tuple[str, ...]
) -> None:
    from bot.rebuilding.refresh import has_news, is_outdated, must_shed, refresh

    quoth("index", "build", *folders)
    text = (documents / "bakery.txt").read_text()
    (documents / "bakery.txt").unlink()
    quoth("index", "build", *folders)
    loaded = settings.load(documents=documents, data=Path(folders[3]))
    model = compose.encoder(loaded)
    used = compose.shelf(loaded).manifest(compose.shelf(loaded).current())
    assert not has_news(loaded, model, used)
    for look in (
        lambda: has_news(loaded, model, used),
        lambda: is_outdated(loaded, model),
        lambda: must_shed(loaded),
    ):
        compose.shelf(loaded).erasures.note("answers/of-which-nothing-is-held.md")
        assert not look()
        assert not compose.shelf(loaded).erasures.pending()
    compose.shelf(loaded).erasures.note("answers/of-which-nothing-is-held.md")
    assert "stays\nin use" in str(refresh(loaded, model, lambda *_: None))
    (documents / "bread.txt").write_text(text)
    assert has_news(loaded, model, used)


def test_what_the_index_answered_is_remembered_for_when_another_model_cannot_ask_it(
    documents: Path, quoth: Quoth, folders: tuple[str, ...], model_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoth("index", "build", *folders)
    (documents / "bakery.txt").unlink()
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    loaded = settings.load(documents=documents, data=Path(folders[3]))
    before = compose.shelf(loaded).current()
    monkeypatch.setenv("QUOTH_MODEL", str(model_copy))
    aside = quoth("index", "build", *folders)
    assert aside.status == 1
    assert "lost: When does the bakery open?" in aside.out
    assert "moon" not in aside.out
    assert compose.shelf(loaded).current() == before
    assert quoth("index", "build", *folders, "--accept").status == 0
    assert compose.shelf(loaded).current() != before
    monkeypatch.delenv("QUOTH_MODEL")
    assert "lost" not in quoth("index", "build", *folders).out, "the one before did not answer it either"


def test_a_canary_whose_document_is_not_there_is_named(documents: Path, quoth: Quoth, folders: tuple[str, ...]) -> None:
    lines = [{"question": "When does the bakery open?", "sources": ["bakery.md", "oven.md"]}, CANARIES[0]]
    (documents / FILE_NAME).write_text("\n".join(map(json.dumps, lines)))
    built = quoth("index", "build", *folders)
    assert built.status == 0
    assert "line 1 cannot be answered: there is no bakery.md or oven.md among the documents" in " ".join(
        built.out.split()
    )
    assert "line 2" not in built.out
