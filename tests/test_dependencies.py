"""What is installed is pinned, what is known to be vulnerable is told, and nothing is unpickled."""

from __future__ import annotations

import ast
import importlib.util
import json
import pickle
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.paths import ROOT

_OURS = [
    path
    for part in ("bot", "index", "bench")
    for path in sorted((ROOT / part).rglob("*.py"))
    if "out" not in path.relative_to(ROOT).parts  # what a bench has installed for itself
]


def _pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return {canonicalize_name(name): pin for name, _, pin in (line.partition("==") for line in lines) if pin}


def _named(extra: str | None) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [
        Requirement(line) for line in (project["optional-dependencies"][extra] if extra else project["dependencies"])
    ]


def _below(named: list[Requirement]) -> dict[str, str]:
    """Return the versions of what is installed of these requirements, and of theirs."""
    versions: dict[str, str] = {}
    tried: set[tuple[str, frozenset[str]]] = set()
    waiting = list(named)
    while waiting:
        wanted = waiting.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key in tried or (wanted.marker and not _holds(wanted, {""})):
            continue
        tried.add(key)
        try:
            installed = distribution(wanted.name)
        except PackageNotFoundError:
            continue
        versions[key[0]] = installed.version
        below = [Requirement(line) for line in installed.requires or ()]
        waiting += [
            requirement
            for requirement in below
            if requirement.marker is None or _holds(requirement, {"", *wanted.extras})
        ]
        for requirement in below:
            requirement.marker = None
    return versions


def _holds(wanted: Requirement, extras: set[str]) -> bool:
    return wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras)


@pytest.mark.parametrize("extra", [None, "dev", "supply", "milvus", "mcp", "ocr"])
def test_whatever_is_installed_is_pinned_as_it_is(extra: str | None) -> None:
    versions = _below(_named(extra))
    pins = _pins()
    assert extra or len(versions) > 50
    unpinned = {name: version for name, version in versions.items() if name not in pins and name != "pip"}
    assert unpinned == {}
    public = {name: Version(version).public for name, version in versions.items() if name != "pip"}
    assert {name: version for name, version in public.items() if Version(pins[name]).public != version} == {}


_PICKLING = {"pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "jsonpickle"}
_LOADING = {("torch", "load"), ("torch", "save"), ("pandas", "read_pickle"), ("yaml", "load"), ("yaml", "unsafe_load")}


def test_no_line_of_ours_unpickles() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in _OURS}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call) and _may_unpickle(node)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "import numpy, pickle",
        "from joblib.parallel import load",
        "torch.load(path)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "yaml.load(text, Loader)",
        "AutoModel.from_pretrained(name, trust_remote_code=True)",
    ],
)
def test_a_line_that_may_unpickle_is_found(line: str) -> None:
    nodes = (node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Import | ast.ImportFrom | ast.Call))
    assert any(map(_may_unpickle, nodes))


def _may_unpickle(node: ast.Import | ast.ImportFrom | ast.Call) -> bool:
    if isinstance(node, ast.Import):
        return not _PICKLING.isdisjoint(alias.name.split(".")[0] for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in _PICKLING
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
    called = ast.unparse(node.func)
    return (
        tuple(called.rsplit(".", 1)) in _LOADING
        or given.get("allow_pickle", "False") != "False"
        or given.get("trust_remote_code", "False") != "False"
        or (called in {"np.load", "numpy.load"} and given.get("allow_pickle") != "False")
    )


def test_models_are_loaded_from_safetensors_alone() -> None:
    calls = [
        node
        for path in sorted((ROOT / "index").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("SentenceTransformer", "CrossEncoder")
    ]
    assert len(calls) == 2
    for call in calls:
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert given["model_kwargs"] == "{'use_safetensors': True}"
        assert given["trust_remote_code"] == "False"


class _Vulnerable(BaseHTTPRequestHandler):
    """Knows of one vulnerability, in click; speaks as OSV does."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = {"id": "TEST-1", "published": "2026-01-01T00:00:00Z", "details": "", "aliases": [], "affected": []}
        reply = {"vulns": [known]} if asked["package"]["name"] == "click" else {}
        body = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name in the standard library
        pass


@pytest.fixture
def known() -> Iterator[str]:
    """The address of a list of vulnerabilities."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Vulnerable)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    thread.join()
    server.server_close()


def _audit(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "bench/audit.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


_AUDITED = pytest.mark.skipif(importlib.util.find_spec("pip_audit") is None, reason="pip-audit is not installed")


@_AUDITED
def test_a_known_vulnerability_is_told_and_fails(known: str) -> None:
    status, output = _audit("--vulnerability-service", "osv", "--osv-url", known)
    assert status == 1
    assert f"click {_pins()['click']}: TEST-1, mended in no version yet\n" in output


@_AUDITED
def test_without_a_network_it_says_that_it_was_skipped_and_does_not_fail() -> None:
    status, output = _audit("--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:1/v1/query")
    assert status == 0
    assert output.startswith("SKIPPED: known vulnerabilities were not looked up (")
    assert output.count("\n") == 1


class _Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.mark,)


def test_a_bomb_goes_off_where_it_is_unpickled(tmp_path: Path) -> None:
    """What the other tests rely on."""
    mark = tmp_path / "mark"
    pickle.loads(pickle.dumps(_Bomb(mark)))  # noqa: S301 -- this is the bomb
    assert mark.exists()
    mark.unlink()
    np.save(tmp_path / "a.npy", np.array([_Bomb(mark)], dtype=object))
    np.load(tmp_path / "a.npy", allow_pickle=True)
    assert mark.exists()
