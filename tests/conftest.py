"""What all tests share."""

from __future__ import annotations

import itertools
import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from index.encode import model
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.read import process
from tests import forked_readers
from tests.milvus_server import Server

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # a shell that starts the tests in the background has them, and what they start, ignore Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)


# the same examples everywhere, however busy the machine; --hypothesis-profile=default tries others
examples.register_profile(
    "same", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("same")

_LONGEST = 60
"""Characters of a parameter in a test's name."""

_TESTS = Path(__file__).parent
_TOGETHER = {
    _TESTS / "bot" / "playground": "playground",
    _TESTS / "index" / "encode": "torch",
    _TESTS / "index" / "answer" / "test_reranking.py": "torch",
    _TESTS / "index" / "test_no_pickle.py": "torch",
}
"""What shares something that takes long to start: the playground's bot and a browser, and torch."""


_APART = _TESTS / "bot" / "wire"
"""A folder whose tests each start a bot of their own, and wait for it longer than they compute."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in a hook of the same name
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep in one process, one after the other, the tests of a file, and those that share something.

    The loop that serves the playground stands still while other tests run, and after a minute its bot takes Discord
    for gone. Tests that share nothing are handed out one by one, after all groups: so no process is left with a long
    file while the others have nothing to do.
    """
    for path, tests in itertools.groupby(items, lambda item: item.path):
        if _APART in path.parents:
            continue
        group = next((name for shared, name in _TOGETHER.items() if shared in (path, *path.parents)), str(path))
        for item in tests:
            item.add_marker(pytest.mark.xdist_group(group))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Call a test after the beginning of a long parameter: each process sends the names of all tests to the first."""
    if not isinstance(val, str | bytes) or len(val) <= _LONGEST:
        return None
    beginning = val[:_LONGEST] if isinstance(val, str) else ascii(val[:_LONGEST])[2:-1]
    return f"{beginning}…"


@pytest.fixture(scope="session", autouse=True)
def reader_server() -> Iterator[str]:
    """What readers are forked off, but in `tests/index/read`: its address."""
    with forked_readers.serving() as address:
        forked_readers.fork_off(address)
        yield address
        process._spawned = forked_readers.SPAWNED


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The packaged model, loaded once."""
    return load_encoder(device="cpu")


@pytest.fixture(scope="session")
def transformer() -> SentenceTransformer:
    """The packaged model as sentence-transformers loads it, which takes ten seconds."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model.locate(model.DEFAULT_MODEL)), device="cpu")


@pytest.fixture(scope="session")
def model_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged model in a folder of its own; its weights are a link, for they are large."""
    packaged = model.locate(model.DEFAULT_MODEL)
    folder = tmp_path_factory.mktemp("model")
    shutil.copytree(packaged, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.safetensors", "*.md"))
    (folder / "model.safetensors").symlink_to(packaged / "model.safetensors")
    return folder


@pytest.fixture(scope="session")
def other_model(model_copy: Path) -> Encoder:
    """Another model: its window is shorter."""
    config = model_copy / "sentence_bert_config.json"
    config.write_text(config.read_text().replace("256", "96"))
    return load_encoder(str(model_copy), "cpu")


@pytest.fixture(scope="session")
def cls_model(model_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """A model whose vector is that of its first token."""
    folder = shutil.copytree(model_copy, tmp_path_factory.mktemp("cls") / "model", symlinks=True)
    (folder / "1_Pooling" / "config.json").write_text(
        json.dumps({"word_embedding_dimension": 384, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False})
    )
    return load_encoder(str(folder), "cpu")


@pytest.fixture(scope="session")
def only_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Milvus Lite server, started once; skips where it is not installed, as on systems that it is not made for."""
    for package in ("pymilvus", "milvus_lite"):
        pytest.importorskip(package, reason=f"{package} is not installed", exc_type=ImportError)
    with Server(tmp_path_factory.mktemp("server") / "data") as running:
        yield running


@pytest.fixture
def server(only_server: Server) -> Iterator[Server]:
    """That server, to be stopped at will: whoever comes next finds it running."""
    yield only_server
    only_server.start()
