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
    """Ask pip-audit, and print the vulnerabilities that it knows."""
    if importlib.util.find_spec("pip_audit") is None:
        return _skipped("pip-audit is not installed")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "audit.json")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(_CONSTRAINTS), "--no-deps", "--disable-pip"]
        command += ["--progress-spinner", "off", "--format", "json", "--output", str(report), *arguments]
        try:
            asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return _skipped(f"no answer within {_SECONDS} s")
        if not report.is_file() or not report.read_text("utf-8").strip():
            return _skipped(_reason(asked.stderr))
        return _report(json.loads(report.read_text("utf-8"))["dependencies"])


def _report(dependencies: Sequence[dict[str, Any]]) -> int:
    vulnerabilities = [
        (package, vulnerability) for package in dependencies for vulnerability in package.get("vulns", [])
    ]
    for package, vulnerability in vulnerabilities:
        mended = ", ".join(vulnerability["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {vulnerability['id']}, mended in {mended}")
    passed_over = [package for package in dependencies if "skip_reason" in package]
    if len(passed_over) == len(dependencies):
        return _skipped(passed_over[0]["skip_reason"] if passed_over else "there is nothing to look up")
    if passed_over:
        print(f"Not looked up: {', '.join(package['name'] for package in passed_over)}.")
    print(f"{len(vulnerabilities)} known vulnerabilities in {len(dependencies) - len(passed_over)} packages.")
    return int(bool(vulnerabilities))


def _skipped(reason: str) -> int:
    print(f"SKIPPED: known vulnerabilities were not looked up ({reason}).")
    return 0


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:_LONGEST] if lines else "pip-audit said nothing"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
