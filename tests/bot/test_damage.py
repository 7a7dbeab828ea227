"""What the command line says of a damaged index: a warning, and an answer from the one before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import Quoth


@pytest.fixture
def damaged(quoth: Quoth, documents: Path, tmp_path: Path) -> Any:
    """`quoth` with two generations, of which the newer one is damaged."""
    data = tmp_path / "data"

    def run(*arguments: str) -> Any:
        return quoth(*arguments, "--documents", str(documents), "--data", str(data))

    run("index", "build")
    bakery = documents / "bakery.txt"
    bakery.write_text(bakery.read_text().replace("six", "seven"))
    run("index", "build")
    newer = data / "generations" / (data / "CURRENT").read_text().split()[0]
    path = newer / "documents.sqlite"
    path.write_bytes(path.read_bytes().replace(b"seven", b"eight"))
    return run


def test_every_command_answers_and_warns_until_a_build_mends_it(damaged: Any) -> None:
    asked = damaged("ask", "When does the bakery open?")
    assert asked.status == 0
    assert "opens at six" in asked.out
    assert "WARNING" in asked.err
    assert "documents.sqlite" in asked.err
    for command in (("source", "list"), ("source", "show", "bakery")):
        listed = damaged(*command)
        assert listed.status == 0
        assert "WARNING" in listed.err
    status = json.loads(damaged("index", "status", "--json").out)
    assert "documents.sqlite" in status["damage"]
    assert status["generation"].startswith("000001-")
    verified = damaged("index", "verify")
    assert verified.status == 1
    assert "documents.sqlite" in verified.err
    checked = [json.loads(line) for line in damaged("doctor", "--json").out.splitlines()]
    assert next(check for check in checked if check["what"] == "index")["state"] == "bad"
    built = damaged("index", "build")
    assert "WARNING" in built.out
    mended = damaged("ask", "When does the bakery open?")
    assert "opens at seven" in mended.out
    assert "WARNING" not in mended.err
