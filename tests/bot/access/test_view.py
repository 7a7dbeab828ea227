"""What audiences see of a generation."""

from __future__ import annotations

import pytest

from bot.access.rules import Audience, Removed, Rules
from bot.access.view import Views
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.store.disk.shelf import Shelf


def test_what_was_removed_is_looked_up_once_for_all_who_ask_at_once(
    encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("views")
    (folder / "documents").mkdir()
    for name in ("ferry", "mill"):
        (folder / f"documents/{name}.md").write_text(f"# The {name}\n\nIt is closed on Mondays.\n", "utf-8")
    shelf = Shelf(folder / "data")
    Builder(shelf, encoder, BuildSettings()).build(folder / "documents", lambda *_: None)
    lookups = 0

    def removed() -> Rules:
        nonlocal lookups
        lookups += 1
        return (Removed(sources=frozenset({"mill.md"})),)

    generation = shelf.open(shelf.current())
    try:
        views = Views((), removed)
        seen = views.of_all(generation, [Audience(), Audience(server=1), Audience(server=2)])
        assert [view.scope for view in seen] == [frozenset({"ferry.md"})] * 3
        assert lookups == 1
        views.of(generation, Audience())
        assert lookups == 2
    finally:
        generation.close()
