"""The short form of `bench/corruption.py`: damage to each file of an index, one at a time."""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import pytest

from index.encode.encoder import Encoder
from tests.paths import ROOT

_BENCH = ROOT / "bench"


def test_damage_is_named_and_no_quote_is_ever_wrong(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two flips in each file, each cut short, longer, missing: verified, and asked all the same."""
    monkeypatch.syspath_prepend(_BENCH)
    corruption = importlib.import_module("corruption")
    tried, tally = corruption.built(tmp_path, encoder), corruption.Tally()
    chosen = random.Random(7)  # noqa: S311 -- which bytes are altered
    for path in tried.files:
        for what, content in corruption.damages(path, 2, chosen):
            corruption.meet(tried, path, what, content, tally)
    assert tally.failures == []
    assert tally.counts["flipped"] == 2 * tally.counts["missing"] == 2 * len(tried.files)
    assert tally.counts["verified: named"] == sum(tally.counts[what] for what in corruption.DONE)
