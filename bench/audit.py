"""Known vulnerabilities of what `constraints.txt` pins, by pip-audit: `make audit`.

Exit status 1 says that there are some. Where the list of vulnerabilities cannot be had, that is said in one line, and
the exit status is 0: a build must not fail because a network is closed. Arguments go to pip-audit.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_CONSTRAINTS = Path(__file__).resolve().parents[1] / "constraints.txt"
_LONGEST = 200
_SECONDS = 300


def main(arguments: Sequence[str]) -> int:
    """Ask, and tell what is known."""
    if importlib.util.find_spec("pip_audit") is None:
        return _skipped("pip-audit is not installed")
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "audit.json")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(_CONSTRAINTS), "--no-deps", "--disable-pip"]
        command += ["--progress-spinner", "off", "--format", "json", "--output", str(told), *arguments]
        try:
            asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return _skipped(f"no answer within {_SECONDS} s")
        if not told.is_file() or not told.read_text("utf-8").strip():
            return _skipped(_reason(asked.stderr))
        return _told(json.loads(told.read_text("utf-8"))["dependencies"])


def _told(dependencies: Sequence[dict[str, Any]]) -> int:
    found = [(one, vulnerability) for one in dependencies for vulnerability in one.get("vulns", [])]
    for one, vulnerability in found:
        mended = ", ".join(vulnerability["fix_versions"]) or "no version yet"
        print(f"{one['name']} {one['version']}: {vulnerability['id']}, mended in {mended}")
    passed_over = [one for one in dependencies if "skip_reason" in one]
    if len(passed_over) == len(dependencies):
        return _skipped(passed_over[0]["skip_reason"] if passed_over else "there is nothing to look up")
    if passed_over:
        print(f"Not looked up: {', '.join(one['name'] for one in passed_over)}.")
    print(f"{len(found)} known vulnerabilities in {len(dependencies) - len(passed_over)} packages.")
    return int(bool(found))


def _skipped(reason: str) -> int:
    print(f"SKIPPED: known vulnerabilities were not looked up ({reason}).")
    return 0


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:_LONGEST] if lines else "pip-audit said nothing"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
