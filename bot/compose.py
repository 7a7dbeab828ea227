"""The composition root: builds the objects that the settings ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot import tuned
from bot.settings import AUTO, OFF, Settings
from index.build.builder import Builder, BuildSettings, Guard, Verdict
from index.encode import probes
from index.encode.encoder import Encoder
from index.encode.model import DEFAULT_MODEL
from index.errors import DamagedError, IndexUseError, StoreError
from index.library.connectors.config import FILE_NAME as CONNECTORS_FILE
from index.library.connectors.connectors import Connectors
from index.library.library import CANARIES, Library, roots_below
from index.read.ocr.mode import mode_of
from index.read.options import ReadingOptions
from index.store.base import Generation
from index.store.disk.shelf import Shelf as Folder
from index.store.fallback import Accept, Damage, open_sound
from index.store.milvus.address import address_in
from index.store.shelf import Shelf

if TYPE_CHECKING:  # a build answers nothing: what answers is imported by the first who needs it
    from bot.telemetry.labels import Wrote
    from bot.writing.server import ChatServer
    from bot.writing.writer import Writer
    from index.answer.answerer import Answerer
    from index.answer.lessons import Lessons
    from index.answer.reranker import Reranker
    from index.encode.remote import RemoteEncoder
    from index.store.milvus.connection import Connection
    from index.support.support import Support

_NO_EXTRA = (
    "QUOTH_INDEX names Milvus, and what speaks to it is not installed: run `.venv/bin/pip install -e '.[milvus]' "
    "-c constraints.txt`, or unset QUOTH_INDEX."
)


def shelf(settings: Settings) -> Shelf:
    """Return the shelf of generations: in the data folder, or in Milvus if `QUOTH_INDEX` is set."""
    folder = Folder(settings.data)
    return folder if settings.index is None else _in_milvus(settings.index.get_secret_value(), folder)


def _in_milvus(url: str, folder: Folder) -> Shelf:
    try:
        from index.store.milvus.shelf import Shelf as InMilvus
    except ModuleNotFoundError as error:
        raise StoreError(_NO_EXTRA) from error
    return InMilvus(_connected(url), folder)


@lru_cache(maxsize=1)
def _connected(url: str) -> Connection:
    from index.store.milvus.connection import Connection

    return Connection(address_in(url))


def library(settings: Settings) -> Library:
    """Return where documents come from: the documents folder, and what is kept in the data folder beside the index."""
    roots = {**roots_below(settings.data), **connectors(settings).roots()}
    reading = ReadingOptions(mode_of(wanted=settings.ocr), settings.chat_names)
    return Library(settings.documents, roots, reading, settings.data)


def connectors(settings: Settings) -> Connectors:
    """Return the connectors that are set up: in the file that people edit, and in the one that managers' commands do.

    The latter is in the data folder, which the bot may write to wherever it runs.
    """
    kept = settings.data / "library"
    edited = settings.connectors or settings.documents.resolve().parent / CONNECTORS_FILE
    return Connectors([edited, kept / CONNECTORS_FILE], kept, frozenset(settings.web_hosts))


def encoder(settings: Settings) -> Encoder:
    """Return the embedding model (loading takes seconds, and is cached) or the client of a remote encoder."""
    return _loaded(settings.model, settings.device) if settings.encoder_url is None else encoder_client(settings)


def encoder_client(settings: Settings) -> RemoteEncoder:
    """Return the client of the encoder at `QUOTH_ENCODER_URL`, without sending a request."""
    key = settings.encoder_key.get_secret_value() if settings.encoder_key else ""
    return remote_encoder(settings.model, settings.encoder_url or "", settings.encoder_model or settings.model, key)


@lru_cache(maxsize=1)
def _loaded(name: str, device: str) -> Encoder:
    from index.encode.local import load_encoder

    return load_encoder(name, device)


@lru_cache(maxsize=1)
def remote_encoder(name: str, url: str, called: str, key: str) -> RemoteEncoder:
    """Return the encoder on a server, the same one for the same arguments."""
    from index.encode.remote import EmbeddingServer, RemoteEncoder

    return RemoteEncoder.load(name, EmbeddingServer(url, called, key))


def builder(settings: Settings, model: Encoder) -> Builder:
    """Return a builder for the index."""
    return Builder(
        shelf(settings),
        model,
        BuildSettings(
            passage_tokens=settings.passage_tokens,
            read_seconds=settings.read_seconds,
            read_memory_mib=settings.read_memory_mib,
            keep_generations=settings.keep_generations,
        ),
        guard(settings, model),
    )


def guard(settings: Settings, model: Encoder) -> Guard:
    """Return what asks the canaries among the documents of a new generation, and of the one in use."""

    def judge(generation: Generation, folder: Path) -> Verdict:
        if not (folder / CANARIES).is_file():
            return Verdict((), keeps=True)
        from index.evaluation import canaries

        with ExitStack() as opened:
            before, name = None, ""
            with suppress(IndexUseError):
                name = shelf(settings).current()
                before = answerer(settings, model)
                opened.callback(before.generation.close)
            after = _answerer(settings, model, generation)
            remembered = canaries.Memory(settings.data / canaries.MEMORY_NAME), name
            return canaries.verdict(before, after, folder, settings.canaries_lost, remembered)

    return judge


def accepted_by(model: Encoder) -> Accept:
    """Return a check that raises `OtherModelError` for a generation built with another model."""

    def accept(generation: Generation) -> None:
        generation.check_model(model.name, model.fingerprint)
        model.expect(probes.read(generation.manifest.probes))

    return accept


def answerer(settings: Settings, model: Encoder) -> Answerer:
    """Return an answerer for the generation in use; raises `IndexUseError` if it cannot be used."""
    generation = shelf(settings).open()
    accepted_by(model)(generation)
    return _answerer(settings, model, generation)


def sound_answerer(
    settings: Settings,
    model: Encoder,
    generations: Shelf,
    damaged: Mapping[str, DamagedError],
    lessons: Lessons | None = None,
) -> tuple[Answerer, Damage | None]:
    """Return an answerer for the generation in use or, if that is damaged, for the one before.

    `damaged` names generations already known to be damaged; `lessons` are what people have taught. Raises
    `IndexUseError` if none can be used.
    """
    opened = open_sound(generations, accepted_by(model), damaged)
    return _answerer(settings, model, opened.generation, lessons), opened.damage


def _answerer(settings: Settings, model: Encoder, generation: Generation, lessons: Lessons | None = None) -> Answerer:
    from index.answer.answerer import Answerer

    return Answerer(
        generation,
        model,
        quotes=settings.quotes,
        threshold=tuned.in_force(settings),
        reranker=reranker(settings),
        lessons=lessons,
        is_fitted=tuned.is_fitted(settings),
    )


def writer(settings: Settings, counted: Callable[[Wrote], None] = lambda _: None) -> Writer | None:
    """Return what has a language model write, or None where no server is set; `counted` is told of each outcome."""
    if settings.writer_url is None:
        return None
    from bot.writing.budget import Budget
    from bot.writing.writer import Writer

    budget = Budget(settings.writer_daily, settings.writer_daily_server, settings.writer_daily_person)
    return Writer(chat_server(settings), support(), budget, counted)


@lru_cache(maxsize=1)
def support() -> Support:
    """Return what tells whether quotes support a statement; its model is loaded when it is first needed."""
    from index.support.support import Support

    return Support()


def chat_server(settings: Settings) -> ChatServer:
    """Return the client of the server at `QUOTH_WRITER_URL`, without sending a request."""
    from bot.writing.server import ChatServer

    key = settings.writer_key.get_secret_value() if settings.writer_key else ""
    return ChatServer(settings.writer_url or "", settings.writer_model or "", key, settings.writer_seconds)


def reranker(settings: Settings) -> Reranker | None:
    """Return the reranker that the settings ask for, loaded once, or None."""
    wanted = settings.reranker
    if wanted.lower() == AUTO:
        return _pointer(settings.device) if settings.model == DEFAULT_MODEL else None
    return None if wanted.lower() == OFF else _cross_encoder(wanted, settings.device)


@lru_cache(maxsize=1)
def _pointer(device: str) -> Reranker:
    from index.answer.reranker.pointer import Pointer

    return Pointer(device)


@lru_cache(maxsize=1)
def _cross_encoder(name: str, device: str) -> Reranker:
    from index.answer.reranker.cross_encoder import PairReranker

    return PairReranker.load(name, device)
