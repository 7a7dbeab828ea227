"""What lies in `deploy/`, as far as it can be checked without starting it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings, variable
from tests.paths import ROOT

_DEPLOY = ROOT / "deploy"
_UNIT = _DEPLOY / "quoth.service"
_MOST_EXPOSED = 20
"""Tenths of systemd's scale, which ends at 10: its `OK` ends at 4.9."""

_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")


def analyzed(*arguments: str) -> str:
    ended = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)  # noqa: S607
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


@_systemd
def test_the_unit_says_nothing_that_systemd_does_not_know(tmp_path: Path) -> None:
    """With a program that is there: systemd looks for it."""
    unit = tmp_path / _UNIT.name
    unit.write_text(
        re.sub(r"^ExecStart=\S+", f"ExecStart={shutil.which('true')}", _UNIT.read_text(), flags=re.MULTILINE)
    )
    assert analyzed("verify", str(unit)) == ""


@_systemd
def test_the_unit_leaves_little_exposed() -> None:
    output = analyzed("security", "--offline=true", "--no-pager", f"--threshold={_MOST_EXPOSED}", str(_UNIT))
    assert "Overall exposure level" in output


@pytest.mark.parametrize("file", ["quoth.service", "Dockerfile", "compose.yaml"])
def test_every_setting_that_is_named_exists(file: str) -> None:
    known = {variable(field) for field in Settings.model_fields}
    named = set(re.findall(r"QUOTH_\w+", (_DEPLOY / file).read_text()))
    assert named <= known
    secrets = set(re.findall(r"quoth_\w+token", (_DEPLOY / file).read_text()))
    assert {secret.upper() for secret in secrets} <= known


def test_the_image_is_made_from_files_that_are_there_and_let_in() -> None:
    lines = (_DEPLOY / "Dockerfile").read_text().splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    let_in = [line[1:] for line in (_DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line[:1] == "!"]
    assert sorted(copied) == sorted(let_in)
    assert all((ROOT / path).exists() for path in copied)
    assert any(line.startswith("torch==") for line in (ROOT / "constraints.txt").read_text().splitlines())


def test_the_image_is_not_root_and_asks_for_its_health() -> None:
    final = (_DEPLOY / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*$", final, re.MULTILINE)
    check = re.search(r"^HEALTHCHECK .*\\\n    CMD (\[.*\])$", final, re.MULTILINE)
    assert check is not None
    python, flag, code = json.loads(check[1])
    assert (python, flag) == ("python", "-c")
    compile(code, "HEALTHCHECK", "exec")
    port = re.search(r"QUOTH_HEALTH_PORT=(\d+)", final)
    assert port is not None
    assert f"127.0.0.1:{port[1]}/healthz" in code


def test_compose_gives_it_no_more_than_it_needs() -> None:
    composed = yaml.safe_load((_DEPLOY / "compose.yaml").read_text())
    quoth: dict[str, Any] = composed["services"]["quoth"]
    assert quoth["read_only"] is True
    assert quoth["cap_drop"] == ["ALL"]
    assert quoth["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in quoth
    places = dict(mount.rsplit(":", 1) if mount.endswith(":ro") else (mount, "rw") for mount in quoth["volumes"])
    assert [mode for mount, mode in places.items() if mount.endswith("/documents")] == ["ro"]
    assert (_DEPLOY / quoth["build"]["context"] / quoth["build"]["dockerfile"]).resolve() == _DEPLOY / "Dockerfile"
    assert list(composed["secrets"]) == quoth["secrets"] == ["quoth_discord_token"]
    assert set(composed["volumes"]) == {"data"}
